import { Button, Textarea } from '@mantine/core';
import { useId, useState } from 'react';
import type { ActSummary, FilingDecision } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { ReasonDialog } from '../filing/reason-dialog.tsx';
import { Tick } from '../proceedings/tick.tsx';
import { useDraft } from '../proceedings/use-draft.ts';
import { chosenOf, DecisionFields, isDecisionDraft, newDecision, type DecisionDraft } from './decision-fields.tsx';
import { PanelForm } from '../proceedings/panel-form.tsx';
import talkStyles from './talk.module.css';

/** What judge and office said about the draft, the first word first. */
export function Talk({ talk }: Pick<FilingDecision, 'talk'>) {
  const { t } = useTexts();
  const format = useFormat();
  if (talk.length === 0) return null;
  return (
    <ol className={talkStyles.talk} aria-label={t('decision.talk')}>
      {talk.map((word, at) => (
        <li key={at} className={talkStyles.word}>
          <span className={talkStyles.who}>
            {t(`decision.word.${word.kind}`)} · {word.by} · {format.dateTime(word.at)} · {t('decision.version', { number: word.version })}
          </span>
          {word.text !== '' && <span className={talkStyles.said}>{word.text}</span>}
        </li>
      ))}
    </ol>
  );
}

type TalkProps = {
  readonly filing: Pick<FilingDecision, 'filingId' | 'talking'>;
  readonly act: ActSummary;
  readonly onDone: (after: FilingDecision) => void;
  /** It is the act that is being read: the key of the screen is for it. */
  readonly byKey?: boolean;
};

/** The judge asks the office, or goes on without its answer. */
export function JudgeTalks({ filing, act, onDone, byKey = false }: TalkProps) {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  const taking = useAction();
  const seen = { filingId: filing.filingId, actId: act.id, revision: act.revision };
  useCommands('screen', { 'act.send-back': () => setAsking(true) }, { on: byKey && filing.talking !== 'take-back' });
  if (filing.talking === 'take-back')
    return (
      <>
        <Button variant="default" loading={taking.busy} onClick={() => void taking.run(() => kense().decision.takeBack(seen), onDone)}>
          {t('decision.takeBack')}
        </Button>
        {taking.failure && <FailureCard failure={taking.failure} compact onClose={taking.clear} />}
      </>
    );
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)} rightSection={byKey && <KeyCap keys="B" />}>
        {t('decision.sendBack')}
      </Button>
      {asking && (
        <ReasonDialog
          title={t('decision.sendBack')}
          label={t('decision.comment')}
          action={t('decision.sendBackAction')}
          act={(comment) => kense().decision.sendBack({ ...seen, comment })}
          onDone={(after) => {
            setAsking(false);
            onDone(after);
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t('decision.sendBackHint')}</p>
        </ReasonDialog>
      )}
    </>
  );
}

type Answering = { readonly answer: string; readonly change: DecisionDraft | null };
const nothing = (): Answering => ({ answer: '', change: null });
const isAnswering = (kept: unknown): kept is Answering =>
  typeof kept === 'object' &&
  kept !== null &&
  'answer' in kept &&
  'change' in kept &&
  (kept.change === null || isDecisionDraft(kept.change));

type AnswerProps = Omit<TalkProps, 'filing' | 'byKey'> & {
  /** What else could be proposed; null for an act that decides nothing. */
  readonly filing: FilingDecision | null;
};

/** The office answers the judge, with another proposal where it has one. */
export function OfficeAnswers({ filing, act, onDone }: AnswerProps) {
  const { t } = useTexts();
  const titleId = useId();
  const [tried, setTried] = useState(false);
  const sending = useAction();
  const { value, change, drop, reset } = useDraft(act.filingId, filing === null ? `reply:${act.id}` : 'reply', nothing, isAnswering);
  const submit = () => {
    if (value === null) return;
    setTried(true);
    const wanted = filing === null ? null : value.change;
    const proposed = filing === null || wanted === null ? null : chosenOf(filing, wanted);
    if (value.answer.trim() === '' || (wanted !== null && proposed === null)) return;
    const answer = { filingId: act.filingId, actId: act.id, revision: act.revision, answer: value.answer.trim(), change: proposed };
    void sending.run(
      () => kense().decision.answer(answer),
      (after) => {
        drop();
        reset();
        onDone(after);
      },
    );
  };
  if (value === null) return null;
  return (
    <PanelForm
      title={t('decision.answerTitle')}
      titleId={titleId}
      action={t('decision.answerAction')}
      busy={sending.busy}
      failure={sending.failure}
      onSubmit={submit}
    >
      <Textarea
        label={t('decision.answer')}
        required
        rows={3}
        maxLength={4000}
        error={tried && value.answer.trim() === '' ? t('decision.answerMissing') : null}
        value={value.answer}
        onChange={(event) => change({ ...value, answer: event.currentTarget.value })}
      />
      {filing !== null && (
        <Tick
          label={t('decision.proposeOtherwise')}
          checked={value.change !== null}
          onChange={(on) => change({ ...value, change: on ? newDecision(filing) : null })}
        />
      )}
      {filing !== null && value.change !== null && (
        <DecisionFields
          filing={filing}
          draft={value.change}
          onDraft={(next) => change({ ...value, change: next })}
          tried={tried}
          labelledBy={titleId}
        />
      )}
    </PanelForm>
  );
}
