import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon } from '../../ui/status-icon.tsx';
import styles from './page-rail.module.css';

type Props = {
  readonly total: number;
  readonly unseen: readonly number[];
  readonly current: number;
  readonly onPage: (page: number) => void;
};

/** Every page of the draft and whether it was before the eyes; a press goes there. */
export function PageRail({ total, unseen, current, onPage }: Props) {
  const { t } = useTexts();
  const missing = new Set(unseen);
  return (
    <nav className={styles.rail} aria-label={t('act.pageRail')} data-pane data-single-keys>
      {Array.from({ length: total }, (_, index) => index + 1).map((page) => (
        <button
          key={page}
          type="button"
          className={styles.page}
          aria-current={page === current ? 'page' : undefined}
          aria-label={t(missing.has(page) ? 'act.pageUnseen' : 'act.pageSeen', { page })}
          data-seen={!missing.has(page) || undefined}
          onClick={() => onPage(page)}
        >
          {page}
          <StatusIcon shape={missing.has(page) ? 'unchecked' : 'ok'} size={16} />
        </button>
      ))}
    </nav>
  );
}
