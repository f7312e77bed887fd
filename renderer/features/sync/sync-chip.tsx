import { useNavigation } from '../../app/navigation.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { sayStatus } from './say-status.ts';
import { useSync } from './sync-context.tsx';
import styles from './sync-chip.module.css';

/** Whether the desk talks to the centre, what waits, what was refused: always in sight, the sync centre one press away. */
export function SyncChip() {
  const texts = useTexts();
  const { status } = useSync();
  const { route, open } = useNavigation();
  if (status === null) return null;
  const { shape, tone, words } = sayStatus(status, texts);
  return (
    <button
      type="button"
      className={styles.chip}
      data-tone={tone}
      title={texts.t('sync.title')}
      aria-label={`${texts.t('sync.title')}: ${words}`}
      onClick={() => route.screen !== 'sync' && open({ screen: 'sync' })}
    >
      <StatusIcon shape={shape} size={18} />
      <span role="status">{words}</span>
    </button>
  );
}
