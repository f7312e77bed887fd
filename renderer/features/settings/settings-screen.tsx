import { Button, Radio, Switch } from '@mantine/core';
import type { Settings } from '../../../shared/contract/index.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useOffice } from '../../app/office-context.tsx';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { PrinterSettings } from '../printing/printer-settings.tsx';
import { ResetTraining } from '../training/reset-training.tsx';
import { useSession } from '../../app/session-context.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { ScannerSettings } from './scanner-settings.tsx';
import { TEXT_SIZES } from './text-sizes.ts';
import styles from './settings-screen.module.css';

function Choice<K extends 'theme' | 'density'>({
  name,
  label,
  options,
}: {
  readonly name: K;
  readonly label: TextKey;
  readonly options: readonly (readonly [Settings[K], TextKey])[];
}) {
  const { t } = useTexts();
  const { settings, changeSettings } = useOffice();
  return (
    <Radio.Group className={styles.row} label={t(label)} value={settings[name]} onChange={(value) => changeSettings({ [name]: value })}>
      <div className={styles.options}>
        {options.map(([value, text]) => (
          <Radio key={value} value={value} label={t(text)} />
        ))}
      </div>
    </Radio.Group>
  );
}

/** How the window looks and listens, for this person; every change holds at once. */
export function SettingsScreen() {
  const { t } = useTexts();
  const { office, settings, changeSettings } = useOffice();
  const { activeRole } = useSession();
  const { open } = useNavigation();
  return (
    <section className={styles.screen} aria-label={t('nav.settings')} data-pane>
      <h1>{t('nav.settings')}</h1>
      <div className={styles.row}>
        <p className={styles.label}>{t('settings.language')}</p>
        <LanguageChoice />
      </div>
      <Choice
        name="theme"
        label="settings.theme"
        options={[
          ['light', 'settings.themeLight'],
          ['dark', 'settings.themeDark'],
          ['system', 'settings.themeSystem'],
        ]}
      />
      <Switch
        className={styles.row}
        label={t('settings.contrast')}
        checked={settings.contrast}
        onChange={(event) => changeSettings({ contrast: event.currentTarget.checked })}
      />
      <Choice
        name="density"
        label="settings.density"
        options={[
          ['compact', 'settings.densityCompact'],
          ['normal', 'settings.densityNormal'],
          ['large', 'settings.densityLarge'],
        ]}
      />
      <Radio.Group
        className={styles.row}
        label={t('settings.textSize')}
        value={String(settings.textSizePercent)}
        onChange={(value) => changeSettings({ textSizePercent: Number(value) })}
      >
        <div className={styles.options}>
          {TEXT_SIZES.map((size) => (
            <Radio key={size} value={String(size)} label={`${size}%`} />
          ))}
        </div>
      </Radio.Group>
      <Switch
        className={styles.row}
        label={t('settings.singleKeys')}
        description={t('settings.singleKeysHelp')}
        checked={settings.singleKeys}
        onChange={(event) => changeSettings({ singleKeys: event.currentTarget.checked })}
      />
      <PrinterSettings />
      {(activeRole === 'secretary' || activeRole === 'office-head') && <ScannerSettings />}
      <div className={styles.row}>
        <Button variant="default" onClick={() => open({ screen: 'self-check' })}>
          {t('selfCheck.open')}
        </Button>
      </div>
      {office.mode === 'training' && (
        <div className={styles.row}>
          <ResetTraining />
        </div>
      )}
      <p className={styles.version}>
        {t('app.name')} · {t('app.version')} {office.version} · {office.courtCode}
      </p>
    </section>
  );
}
