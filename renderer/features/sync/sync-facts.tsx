import type { ReactNode } from 'react';
import type { SyncCentre } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import styles from './sync-screen.module.css';

function Fact({ name, children, note }: { readonly name: string; readonly children: ReactNode; readonly note?: string | null }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>
        {children}
        {note && <span className={styles.small}>{note}</span>}
      </dd>
    </div>
  );
}

/** What the desk has in hand for the next hours without a line, and with which versions both sides work. Every line keeps its place. */
export function SyncFacts({ centre }: { readonly centre: SyncCentre }) {
  const { t } = useTexts();
  const format = useFormat();
  const { arriving, leases, numbers, versions, anchored, status } = centre;
  const days = (n: number | null) => (n === null ? t('sync.daysUnknown') : t('sync.days', { count: n }));
  const incoming = numbers.filter(({ typeIndex }) => typeIndex === '');
  const cases = numbers.filter(({ typeIndex }) => typeIndex !== '');
  const inUse = cases.filter((stock) => stock.days !== null).sort((a, b) => (a.days ?? 0) - (b.days ?? 0));
  const casesLeft = cases.reduce((sum, { left }) => sum + left, 0);
  const [least] = inUse;
  return (
    <dl className={styles.facts} aria-label={t('sync.facts')}>
      <Fact name={t('sync.last')}>{status.lastSuccessAt === null ? t('sync.never') : format.dateTime(status.lastSuccessAt)}</Fact>
      <Fact
        name={t('sync.arriving')}
        note={arriving.documents > 0 ? t('sync.arrivingNote', { filings: arriving.filings, size: format.size(arriving.bytes) }) : null}
      >
        {arriving.documents}
      </Fact>
      <Fact name={t('sync.leases')} note={t('sync.leasesNote', { kept: leases.kept })}>
        {leases.working}
      </Fact>
      <Fact
        name={t('sync.reserve')}
        note={leases.reserveUntil === null ? t('sync.reserveNone') : t('sync.reserveUntil', { when: format.dateTime(leases.reserveUntil) })}
      >
        {leases.reserved}
      </Fact>
      <Fact name={t('sync.incomingNumbers')} note={incoming[0] && incoming[0].left > 0 ? days(incoming[0].days) : t('sync.numbersNone')}>
        {incoming[0]?.left ?? 0}
      </Fact>
      <Fact
        name={t('sync.caseNumbers')}
        note={
          casesLeft === 0
            ? t('sync.numbersNone')
            : least
              ? t('sync.caseNumbersLeast', { type: least.typeIndex, left: least.left, days: days(least.days) })
              : days(null)
        }
      >
        {casesLeft}
      </Fact>
      <Fact name={t('sync.deferred')} note={status.deferred > 0 ? t('sync.deferredNote') : null}>
        {status.deferred}
      </Fact>
      <Fact name={t('sync.journal')} note={anchored && format.dateTime(anchored.at)}>
        {anchored ? t('sync.journalEntries', { count: anchored.entries }) : t('sync.never')}
      </Fact>
      <Fact
        name={t('sync.versions')}
        note={
          versions.registry === null
            ? null
            : versions.registry.minimumDesk === null
              ? t('sync.versionsAny', { protocol: versions.registry.protocol })
              : t('sync.versionsMinimum', { protocol: versions.registry.protocol, minimum: versions.registry.minimumDesk })
        }
      >
        {versions.desk}
      </Fact>
    </dl>
  );
}
