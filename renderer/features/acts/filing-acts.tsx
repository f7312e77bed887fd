import { useState } from 'react';
import type { FilingActs } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { DraftAct } from './draft-form.tsx';
import { FilingActCard } from './filing-act-card.tsx';
import styles from '../proceedings/proceedings.module.css';

type Props = {
  readonly filingId: string;
  /** Beside an act itself only this one is shown, and nothing leads to it. */
  readonly besideAct?: string;
};

/** The acts of a filing beside the ruling that decides on it: prepared by the office, read and signed by the judge. */
export function FilingActsSection({ filingId, besideAct }: Props) {
  const { t } = useTexts();
  const [made, setMade] = useState<string | null>(null);
  const answer = useAnswer(`filing-acts:${filingId}`, () => kense().acts.ofFiling({ filingId }));
  useEvent('workChanged', ({ filingIds }) => {
    if (filingIds.includes(filingId)) void answer.reload();
  });
  if (answer.value === null) return answer.failure ? <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} /> : null;
  const filing = answer.value;
  const shown = besideAct === undefined ? filing.acts : filing.acts.filter(({ act }) => act.id === besideAct);
  if (shown.length === 0 && (besideAct !== undefined || filing.offered.length === 0)) return null;
  const drafted = (after: FilingActs) => {
    const known = new Set(filing.acts.map(({ act }) => act.id));
    setMade(after.acts.find(({ act }) => !known.has(act.id))?.act.id ?? null);
    answer.replace(after);
  };
  return (
    <section className={styles.section} aria-label={t(besideAct === undefined ? 'acts.otherTitle' : 'acts.thisTitle')}>
      {besideAct === undefined && <h2>{t('acts.otherTitle')}</h2>}
      {shown.length === 0 && <p className={styles.small}>{t('acts.none')}</p>}
      <ul>
        {shown.map((found) => (
          <FilingActCard
            key={found.act.id}
            found={found}
            besideAct={besideAct !== undefined}
            takesFocus={found.act.id === made}
            onChanged={answer.replace}
            onReload={() => void answer.reload()}
          />
        ))}
      </ul>
      {besideAct === undefined && <DraftAct filing={filing} onDone={drafted} />}
    </section>
  );
}
