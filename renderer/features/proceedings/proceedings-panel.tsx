import { Button } from '@mantine/core';
import type { Proceedings } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { FilingActsSection } from '../acts/filing-acts.tsx';
import { DecisionSection } from '../acts/decision-section.tsx';
import { FilingDispatches } from '../dispatch/filing-dispatches.tsx';
import { AccessSection } from './access-section.tsx';
import { AnswerSection } from './answer-section.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { HearingCard } from './hearing-card.tsx';
import { HearingForm, isHearingDraft, movedHearing, newHearing, type HearingDraft } from './hearing-form.tsx';
import { SurveySection } from './survey-section.tsx';
import { useDraft } from './use-draft.ts';
import styles from './proceedings.module.css';

/** What goes on about a filing after it was registered: the answer to a request, hearings, notices, looks into the case file, surveys. */
export function ProceedingsPanel({ filingId }: { readonly filingId: string }) {
  const answer = useAnswer(`proceedings:${filingId}`, () => kense().proceedings.get({ filingId }));
  useEvent('workChanged', ({ filingIds }) => {
    if (filingIds.includes(filingId)) void answer.reload();
  });
  if (answer.value === null)
    return answer.failure ? <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} /> : <Loading />;
  const proceedings = answer.value;
  return (
    <div className={styles.panel}>
      <DecisionSection filingId={filingId} />
      <FilingActsSection filingId={filingId} />
      <AnswerSection proceedings={proceedings} onChanged={answer.replace} />
      <HearingSection proceedings={proceedings} onChanged={answer.replace} />
      <FilingDispatches filingId={filingId} />
      <DeliveryList deliveries={proceedings.deliveries} filingId={filingId} onChanged={answer.replace} />
      <AccessSection proceedings={proceedings} onChanged={answer.replace} />
      <SurveySection proceedings={proceedings} onChanged={answer.replace} />
    </div>
  );
}

/** Null stands for a form that is not open; it is kept too, so that a closed one stays closed. */
type OpenForm = { readonly form: HearingDraft | null };
const closed = (): OpenForm => ({ form: null });
const isOpenForm = (kept: unknown): kept is OpenForm =>
  typeof kept === 'object' && kept !== null && 'form' in kept && (kept.form === null || isHearingDraft(kept.form));

type SectionProps = { readonly proceedings: Proceedings; readonly onChanged: (after: Proceedings) => void };

function HearingSection({ proceedings, onChanged }: SectionProps) {
  const { t } = useTexts();
  const draft = useDraft(proceedings.filingId, 'hearing', closed, isOpenForm);
  const form = draft.value?.form ?? null;
  const may = proceedings.allowed.includes('hearing');
  const close = () => {
    draft.drop();
    draft.reset();
  };
  return (
    <section className={styles.section} aria-label={t('hearing.title')}>
      <h2>{t('hearing.title')}</h2>
      {proceedings.hearings.length === 0 && form === null && <p className={styles.small}>{t('hearing.none')}</p>}
      <ul>
        {proceedings.hearings.map((hearing) => (
          <HearingCard
            key={hearing.id}
            hearing={hearing}
            proceedings={proceedings}
            onMove={() => draft.change({ form: movedHearing(hearing) })}
            onChanged={onChanged}
          />
        ))}
      </ul>
      {may && form !== null && (
        <HearingForm
          key={form.moves?.id ?? 'new'}
          proceedings={proceedings}
          draft={form}
          onDraft={(next) => draft.change({ form: next })}
          onDone={(after) => {
            draft.reset();
            onChanged(after);
          }}
          onCancel={close}
        />
      )}
      {may && form === null && draft.value !== null && (
        <div>
          <Button onClick={() => draft.change({ form: newHearing(proceedings) })}>{t('hearing.newAction')}</Button>
        </div>
      )}
    </section>
  );
}
