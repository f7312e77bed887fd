import { NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import type { HearingPlan, HearingView, HearingWarning, Proceedings, RecipientView } from '../../../shared/contract/index.ts';
import { kense, settle } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { instantOf, parseDay, parseTime, typed, type TypedMoment } from './moment.ts';
import { MomentFields } from './moment-fields.tsx';
import { firstChannel, RecipientPicker } from './recipient-picker.tsx';
import { PanelForm } from './panel-form.tsx';
import styles from './proceedings.module.css';

/** The form as it is typed; `moves` is the hearing that is moved, in the revision that was seen. */
export type HearingDraft = {
  readonly moves: { readonly id: string; readonly revision: number } | null;
  readonly when: TypedMoment;
  readonly place: string;
  readonly room: string;
  readonly judgeId: string;
  readonly mode: 'in-person' | 'video';
  readonly link: string;
  readonly recordingNote: string;
  readonly recipients: readonly RecipientView[];
};

export const isHearingDraft = (kept: unknown): kept is HearingDraft =>
  typeof kept === 'object' && kept !== null && 'when' in kept && 'recipients' in kept && 'mode' in kept && 'moves' in kept;

export const newHearing = ({ people, judges, lastPlace }: Proceedings): HearingDraft => ({
  ...{ moves: null, when: { day: '', time: '' }, place: lastPlace ?? '', room: '', judgeId: judges.length === 1 ? judges[0]!.id : '' },
  ...{ mode: 'in-person', link: '', recordingNote: '', recipients: people.map(firstChannel) },
});
export const movedHearing = (hearing: HearingView): HearingDraft => ({
  ...{
    moves: { id: hearing.id, revision: hearing.revision },
    when: typed(hearing.startsAt),
    place: hearing.place,
    room: hearing.room ?? '',
  },
  ...{ judgeId: hearing.judgeId ?? '', mode: hearing.mode, link: hearing.link ?? '', recordingNote: hearing.recordingNote ?? '' },
  recipients: hearing.recipients,
});

type Field = 'day' | 'time' | 'place' | 'link' | 'recipients';
type Props = {
  readonly proceedings: Proceedings;
  readonly draft: HearingDraft;
  readonly onDraft: (draft: HearingDraft) => void;
  readonly onDone: (after: Proceedings) => void;
  readonly onCancel: () => void;
};

const CHECK_PAUSE_MS = 250;

/** Sets a hearing, or moves one. What is wrong stands at its field; what is only worth knowing stands above the button. */
export function HearingForm({ proceedings, draft, onDraft, onDone, onCancel }: Props) {
  const { t, has, named } = useTexts();
  const format = useFormat();
  const titleId = useId();
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const [now] = useState(() => Date.now());
  const saving = useAction();
  const startsAt = instantOf(draft.when);
  const warnings = useWarnings(draft, startsAt);
  const change = (part: Partial<HearingDraft>) => onDraft({ ...draft, ...part });
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true });
    form.current?.scrollIntoView({ block: 'start' });
  }, []);

  const refused = saving.failure?.code === 'input-invalid' ? String(saving.failure.params?.['field'] ?? '').replace(/^plan\./, '') : null;
  const wrong: Readonly<Record<Field, string | null>> = {
    day:
      parseDay(draft.when.day) === null
        ? t('proceedings.dayWrong')
        : refused === 'startsAt' || (startsAt !== null && Date.parse(startsAt) <= now)
          ? t('proceedings.dayPast')
          : null,
    time: parseTime(draft.when.time) === null ? t('proceedings.timeWrong') : null,
    place: draft.place.trim() === '' ? t('proceedings.placeWrong') : null,
    link: draft.mode === 'video' && !/^https:\/\/\S+$/.test(draft.link.trim()) ? t('proceedings.linkWrong') : null,
    recipients: draft.recipients.length === 0 ? t('proceedings.recipientsWrong') : null,
  };
  const shown = (field: Field) => (tried ? wrong[field] : null);
  const submit = () => {
    setTried(true);
    if (Object.values(wrong).some((text) => text !== null) || startsAt === null) {
      requestAnimationFrame(() => {
        const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"] ~ div input');
        field?.focus({ preventScroll: true });
        field?.scrollIntoView({ block: 'center' });
      });
      return;
    }
    const plan: HearingPlan = {
      startsAt,
      place: draft.place.trim(),
      room: draft.room.trim() || null,
      judgeId: draft.judgeId || null,
      mode: draft.mode,
      link: draft.mode === 'video' ? draft.link.trim() : null,
      recordingNote: draft.recordingNote.trim() || null,
      recipients: [...draft.recipients],
    };
    void saving.run(() => kense().hearing.set({ filingId: proceedings.filingId, hearing: draft.moves, plan }), onDone);
  };

  return (
    <PanelForm
      ref={form}
      title={draft.moves === null ? t('hearing.new') : t('hearing.move')}
      titleId={titleId}
      action={draft.moves === null ? t('hearing.setAction') : t('hearing.moveAction')}
      busy={saving.busy}
      failure={refused === null ? saving.failure : null}
      onSubmit={submit}
      onCancel={onCancel}
    >
      <MomentFields value={draft.when} onChange={(when) => change({ when })} dayError={shown('day')} timeError={shown('time')} takesFocus />
      <TextInput
        label={t('hearing.place')}
        required
        maxLength={1000}
        error={shown('place')}
        value={draft.place}
        onChange={(event) => change({ place: event.currentTarget.value })}
      />
      <TextInput
        label={t('hearing.room')}
        maxLength={100}
        value={draft.room}
        onChange={(event) => change({ room: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('hearing.judge')}
        value={draft.judgeId}
        data={[{ value: '', label: t('hearing.noJudge') }, ...proceedings.judges.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(event) => change({ judgeId: event.currentTarget.value })}
      />
      <Radio.Group
        label={t('hearing.mode')}
        value={draft.mode}
        onChange={(mode) => change({ mode: mode === 'video' ? 'video' : 'in-person' })}
      >
        <div className={styles.choices}>
          <Radio value="in-person" label={t('hearing.mode.in-person')} />
          <Radio value="video" label={t('hearing.mode.video')} />
        </div>
      </Radio.Group>
      {draft.mode === 'video' && (
        <TextInput
          label={t('hearing.link')}
          description={t('hearing.linkHint')}
          required
          maxLength={500}
          spellCheck={false}
          error={shown('link')}
          value={draft.link}
          onChange={(event) => change({ link: event.currentTarget.value })}
        />
      )}
      <Textarea
        label={t('hearing.recording')}
        description={t('hearing.recordingHint')}
        rows={2}
        maxLength={2000}
        value={draft.recordingNote}
        onChange={(event) => change({ recordingNote: event.currentTarget.value })}
      />
      <RecipientPicker
        legend={t('hearing.recipients')}
        people={proceedings.people}
        chosen={draft.recipients}
        onChange={(recipients) => change({ recipients })}
        error={shown('recipients')}
      />
      <div aria-live="polite">
        {warnings.map((warning, at) => (
          <p key={at} className={styles.warning}>
            <StatusIcon shape="warn" size={18} />
            {named('hearingWarning', warning.code, {
              label: warning.label ?? '',
              at: warning.at === null ? '' : format.dateTime(warning.at),
            })}
          </p>
        ))}
      </div>
      {refused !== null && refused !== 'startsAt' && has(`hearing.${refused}`) && (
        <p className={styles.error} role="alert">
          {t('proceedings.fieldRefused', { field: named('hearing', refused) })}
        </p>
      )}
    </PanelForm>
  );
}

/** Asked again a moment after the last change. */
function useWarnings({ moves, room, judgeId }: HearingDraft, startsAt: string | null): readonly HearingWarning[] {
  const [warnings, setWarnings] = useState<readonly HearingWarning[]>([]);
  const hearingId = moves?.id ?? null;
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      if (startsAt === null) return setWarnings([]);
      const planned = { hearingId, startsAt, room: room.trim() || null, judgeId: judgeId || null };
      void settle(kense().hearing.check(planned)).then((answer) => {
        if (wanted && answer.ok) setWarnings(answer.value);
      });
    }, CHECK_PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [startsAt, room, judgeId, hearingId]);
  return warnings;
}
