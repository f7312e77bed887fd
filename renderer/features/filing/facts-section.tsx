import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import type { FactView, RegisteredFacts } from '../../../shared/contract/index.ts';
import { maskIdentifier } from '../../../shared/domain/identifier.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { instantOf } from '../proceedings/moment.ts';
import { Standing } from '../proceedings/standing-chip.tsx';
import styles from './office-words.module.css';

type Place = Pick<FactView, 'fact' | 'party'>;
const isMoment = ({ fact }: Place): boolean => fact === 'receivedAt' || fact === 'registeredAt';
const keyOf = ({ fact, party }: Place): string => `${fact} ${party ?? ''}`;

/** How a fact and its values are said; an identifier is masked where nobody has to compare it. */
function useFactWords(masked: boolean) {
  const { t } = useTexts();
  const format = useFormat();
  const kindName = useKindName();
  const whose = (party: number | null): string =>
    party === null ? '' : `${party < 0 ? t('side.representative') : t('correction.party', { number: party + 1 })} · `;
  return {
    name: (place: Place): string => `${whose(place.party)}${t(`fact.field.${place.fact}`)}`,
    say: (place: Place, value: string | null): string => {
      if (value === null) return t('state.none');
      if (isMoment(place)) return format.dateTime(value);
      if (place.fact === 'kind') return kindName.full(value);
      return masked && (place.fact === 'iin' || place.fact === 'bin') ? maskIdentifier(value) : value;
    },
  };
}

type Props = {
  readonly filingId: string;
  /** Grows with the filing. */
  readonly revision: number;
  readonly mayCorrect: boolean;
};

/** What stands beside the facts of a registered filing, and a way to add to it; the facts themselves are not edited. */
export function FactsSection({ filingId, revision, mayCorrect }: Props) {
  const { t } = useTexts();
  const titleId = useId();
  const answer = useAnswer(`facts:${filingId}`, () => kense().fact.list({ id: filingId }));
  const { reload } = answer;
  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    void reload();
  }, [revision, reload]);
  const [adding, setAdding] = useState(false);
  const begin = useRef<HTMLButtonElement>(null);
  const wasAdding = useRef(false);
  useEffect(() => {
    if (wasAdding.current && !adding) begin.current?.focus();
    wasAdding.current = adding;
  }, [adding]);
  const close = () => setAdding(false);
  if (answer.value === null) return answer.failure ? <FailureCard failure={answer.failure} compact /> : null;
  if (!mayCorrect && answer.value.corrections.length === 0) return null;
  return (
    <section aria-labelledby={titleId} className={styles.section}>
      <h2 id={titleId}>{t('fact.records')}</h2>
      <FactRecords corrections={answer.value.corrections} />
      {mayCorrect && adding ? (
        <FactForm
          filingId={filingId}
          facts={answer.value.facts}
          onDone={(now) => {
            answer.replace(now);
            close();
          }}
          onClose={close}
        />
      ) : (
        mayCorrect && (
          <div>
            <p className={styles.who}>{t('fact.hint')}</p>
            <Button ref={begin} variant="default" size="compact-md" onClick={() => setAdding(true)}>
              {t('fact.begin')}
            </Button>
          </div>
        )
      )}
    </section>
  );
}

/** The records, newest first: what was there, what is right, who says so and why. */
export function FactRecords({
  corrections,
  masked = false,
}: {
  readonly corrections: RegisteredFacts['corrections'];
  readonly masked?: boolean;
}) {
  const { t } = useTexts();
  const format = useFormat();
  const words = useFactWords(masked);
  if (corrections.length === 0) return null;
  return (
    <ol className={styles.words}>
      {corrections.map((correction) => (
        <li key={correction.id} className={styles.word}>
          <p className={styles.who}>
            {correction.by} · {format.dateTime(correction.madeAt)}
            {correction.standing.state === 'waiting' && ` · ${t('note.waiting')}`}
          </p>
          <p className={styles.change}>
            {words.name(correction)}: <s className={styles.old}>{words.say(correction, correction.before)}</s> →{' '}
            {words.say(correction, correction.after)}
          </p>
          {correction.standing.state === 'refused' && (
            <div className={styles.refused}>
              <Standing standing={correction.standing} done="" />
              <p>{t('fact.refused', { value: words.say(correction, correction.now) })}</p>
            </div>
          )}
          <p className={styles.who}>{t('correction.because', { reason: correction.reason })}</p>
        </li>
      ))}
    </ol>
  );
}

type FormProps = {
  readonly filingId: string;
  readonly facts: readonly FactView[];
  readonly onDone: (now: RegisteredFacts) => void;
  readonly onClose: () => void;
};

function FactForm({ filingId, facts, onDone, onClose }: FormProps) {
  const { t } = useTexts();
  const words = useFactWords(false);
  const kindName = useKindName();
  const kinds = useAnswer('kinds', () => kense().paper.kinds({}));
  const first = useRef<HTMLSelectElement>(null);
  const [chosen, setChosen] = useState(keyOf(facts[0]!));
  const [after, setAfter] = useState('');
  const [reason, setReason] = useState('');
  const saving = useAction();
  useCommands('panel', { 'app.back': onClose });
  useEffect(() => first.current?.focus(), []);
  const fact = facts.find((known) => keyOf(known) === chosen) ?? facts[0]!;
  const value = isMoment(fact) ? typedInstant(after) : after.trim() || null;
  const unreadable = isMoment(fact) && after.trim() !== '' && value === null;
  const save = () =>
    void saving.run(
      () =>
        kense().fact.correct({ id: filingId, fact: fact.fact, party: fact.party, before: fact.now, after: value, reason: reason.trim() }),
      onDone,
    );
  return (
    <div className={styles.form}>
      <NativeSelect
        ref={first}
        label={t('fact.which')}
        value={keyOf(fact)}
        data={facts.map((known) => ({ value: keyOf(known), label: words.name(known) }))}
        onChange={(event) => {
          setChosen(event.currentTarget.value);
          setAfter('');
          saving.clear();
        }}
      />
      <p className={styles.change}>{t('fact.registered', { value: words.say(fact, fact.registered) })}</p>
      {fact.now !== fact.registered && (
        <p className={styles.who}>
          {t('fact.right')}: {words.say(fact, fact.now)}
        </p>
      )}
      {fact.fact === 'kind' ? (
        <NativeSelect
          label={t('fact.right')}
          value={after}
          data={[{ value: '', label: '' }, ...(kinds.value ?? []).map(({ id }) => ({ value: id, label: kindName.full(id) }))]}
          onChange={(event) => setAfter(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          label={t(isMoment(fact) ? 'fact.rightMoment' : 'fact.right')}
          maxLength={2000}
          value={after}
          error={unreadable ? t('fact.wrong') : null}
          onChange={(event) => setAfter(event.currentTarget.value)}
        />
      )}
      <Textarea
        label={t('fact.reason')}
        required
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {saving.failure && <FailureCard failure={saving.failure} compact onClose={saving.clear} />}
      <div className={styles.actions}>
        <Button loading={saving.busy} disabled={reason.trim() === '' || unreadable || value === fact.now} onClick={save}>
          {t('fact.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      </div>
    </div>
  );
}

/** `03.12.2026 10:30` as an instant; null while it cannot be read. */
function typedInstant(text: string): string | null {
  const [day = '', time = ''] = text.trim().split(/\s+/);
  return instantOf({ day, time });
}
