import { UI_LANGUAGES, type UiLanguage } from '../../../shared/domain/language.ts';
import { useOffice } from '../../app/office-context.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import styles from './language-choice.module.css';

/** Each language names itself. */
const OWN_NAME: Readonly<Record<UiLanguage, string>> = { kk: 'Қазақша', ru: 'Русский', en: 'English' };

export function LanguageChoice() {
  const { t, language } = useTexts();
  const { changeSettings } = useOffice();
  return (
    <div className={styles.choice} role="group" aria-label={t('settings.language')}>
      {UI_LANGUAGES.map((id) => (
        <button key={id} type="button" lang={id} aria-pressed={id === language} onClick={() => changeSettings({ language: id })}>
          {OWN_NAME[id]}
        </button>
      ))}
    </div>
  );
}
