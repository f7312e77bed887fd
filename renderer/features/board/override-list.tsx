import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import styles from './override-list.module.css';

/** What waits for the head's word, then in spite of what people of the court went on, with their reasons; each leads to its filing. */
export function OverrideList() {
  const { t, named } = useTexts();
  const format = useFormat();
  const kindName = useKindName();
  const { go } = useNavigation();
  const answer = useAnswer('overrides', () => kense().board.overrides({}));
  useEvent('workChanged', () => void answer.reload());
  if (answer.failure) return <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact />;
  const { waiting = [], overrides = [] } = answer.value ?? {};
  const total = answer.value?.total;
  const openFiling = (id: string) => go({ screen: 'filing', id, neighbours: [] });
  return (
    <section className={styles.section} aria-label={t('overrides.title')}>
      <h2>{t('overrides.title')}</h2>
      {waiting.length === 0 && overrides.length === 0 && <p className={styles.none}>{t('overrides.none')}</p>}
      {total && total.waiting > waiting.length && (
        <p className={styles.none}>{t('overrides.moreWaiting', { total: total.waiting, shown: waiting.length })}</p>
      )}
      {total && total.overrides > overrides.length && (
        <p className={styles.none}>{t('overrides.more', { total: total.overrides, shown: overrides.length })}</p>
      )}
      <ul className={styles.list}>
        {waiting.map((row) => (
          <li key={row.filingId} data-waiting>
            <button type="button" onClick={() => openFiling(row.filingId)}>
              {row.number} · {kindName.short(row.kind)} · {row.claimant}
            </button>
            <p>
              {t('overrides.waiting')}: {row.rules.map((rule) => named('findingName', rule)).join('; ')}
            </p>
          </li>
        ))}
        {overrides.map((row) => (
          <li key={`${row.filingId} ${row.finding}`}>
            <button type="button" onClick={() => openFiling(row.filingId)}>
              {row.number} · {kindName.short(row.kind)} · {row.claimant}
            </button>
            <p>
              {named('findingName', row.rule)} · {row.by}, {format.dateTime(row.at)}
            </p>
            <p>
              <q>{row.reason}</q>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
