import type { ContentView } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import { sayArticle } from './say-article.ts';
import styles from './content-items.module.css';

const SHAPE: Readonly<Record<Exclude<ContentView['state'], 'not-asked'>, StatusShape>> = { there: 'ok', missing: 'warn', person: 'info' };

/** What the law asks of a filing of this kind, item by item; what the program cannot see is left to whoever reads. */
export function ContentItems({ items }: { readonly items: readonly ContentView[] }) {
  const { t, language } = useTexts();
  return (
    <ul className={styles.items} aria-label={t('content.title')}>
      {items.map(({ state, source, code, ...names }) =>
        state === 'not-asked' ? null : (
          <li key={code}>
            <StatusIcon shape={SHAPE[state]} size={16} />
            <span>
              <span className="visually-hidden">{t(`content.${state}`)}: </span>
              {names[language]} <span className={styles.source}>{sayArticle(source, language)}</span>
            </span>
          </li>
        ),
      )}
    </ul>
  );
}
