import type { SyncCentre } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { sayKinds } from './say-status.ts';
import type { StillRow } from './use-still-list.ts';
import styles from './sync-screen.module.css';

export type Waiting = SyncCentre['waiting']['subjects'][number];

function WaitingRow({ row: { item, gone }, connected }: { readonly row: StillRow<Waiting>; readonly connected: boolean }) {
  const texts = useTexts();
  const { t, named, has } = texts;
  const format = useFormat();
  const number = item.cabinetNumber ?? t('sync.thisDesk');
  const why = item.behindParked
    ? t('sync.behindParked')
    : !connected
      ? t('sync.waitsForLine')
      : item.nextAttemptAt !== null
        ? t('sync.againAt', { when: format.timeToday(item.nextAttemptAt) })
        : null;
  const reason = item.code !== null && has(`error.${item.code}.title`) ? named('error', `${item.code}.title`) : null;
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

type Props = { readonly rows: readonly StillRow<Waiting>[]; readonly more: number; readonly connected: boolean };

export function WaitingList({ rows, more, connected }: Props) {
  const { t } = useTexts();
  if (rows.length === 0) return <p className={styles.small}>{t('sync.nothingWaits')}</p>;
  return (
    <>
      <ul>
        {rows.map((row) => (
          <WaitingRow key={row.item.subject} row={row} connected={connected} />
        ))}
      </ul>
      {more > 0 && <p className={styles.small}>{t('sync.more', { n: more })}</p>}
    </>
  );
}
