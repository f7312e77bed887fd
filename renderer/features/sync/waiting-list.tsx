import type { SyncCentre } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { sayKinds } from './say-status.ts';
import type { StillRow } from './use-still-list.ts';
import styles from './sync-screen.module.css';

export type Waiting = SyncCentre['waiting']['subjects'][number];

function WaitingRow({ row: { item, gone }, halted }: { readonly row: StillRow<Waiting>; readonly halted: string | null }) {
  const texts = useTexts();
  const { t, named, has } = texts;
  const format = useFormat();
  const number = item.cabinetNumber ?? t('sync.thisDesk');
  const again = item.nextAttemptAt === null ? null : t('sync.againAt', { when: format.timeToday(item.nextAttemptAt) });
  const why = item.behindParked ? t('sync.behindParked') : (halted ?? again);
  const reason = halted === null && item.code !== null && has(`error.${item.code}.title`) ? named('error', `${item.code}.title`) : null;
  return (
    <li className={styles.waitingRow} data-gone={gone || undefined}>
      <span className={styles.waitingNumber}>
        {gone && <StatusIcon shape="ok" size={16} />}
        {number}
      </span>
      <span>
        {sayKinds(item.kinds, texts)}
        {item.incomingNumber !== null && <span className={styles.number}> · {item.incomingNumber}</span>}
      </span>
      <span className={styles.small}>
        {gone ? t('sync.sent') : [format.timeToday(item.since), reason, why].filter((part) => part !== null).join(' · ')}
      </span>
    </li>
  );
}

type Props = {
  readonly rows: readonly StillRow<Waiting>[];
  readonly more: number;
  /** Why nothing at all is sent now, in words. */
  readonly halted: string | null;
};

export function WaitingList({ rows, more, halted }: Props) {
  const { t } = useTexts();
  if (rows.length === 0) return <p className={styles.small}>{t('sync.nothingWaits')}</p>;
  return (
    <>
      <ul>
        {rows.map((row) => (
          <WaitingRow key={row.item.subject} row={row} halted={halted} />
        ))}
      </ul>
      {more > 0 && <p className={styles.small}>{t('sync.more', { n: more })}</p>}
    </>
  );
}
