import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import type { CorrectedValues, FilingDetail, PartyView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { useDraft } from '../proceedings/use-draft.ts';
import { sideId } from './parties-in-short.ts';
import styles from './office-words.module.css';

type Party = CorrectedValues['parties'][number];
/** `revision` tells of which state of the filing it is. */
type Form = { readonly revision: number; readonly values: CorrectedValues; readonly reason: string };
const isForm = (kept: unknown): kept is Form =>
  typeof kept === 'object' && kept !== null && 'values' in kept && 'reason' in kept && 'revision' in kept;

const toParty = ({ side, type, name, iin, bin, address, phone, email }: PartyView): Party => ({
  ...{ side, type, name, iin, bin, address, phone, email },
});
const formOf = (filing: FilingDetail): Form => ({
  revision: filing.revision,
  values: {
    kind: filing.kind,
    category: filing.category,
    parties: filing.parties.map(toParty),
    representative: filing.representative ? toParty(filing.representative) : null,
  },
  reason: '',
});
const newParty = (side: string): Party => ({
  ...{ side, type: 'individual', name: '', iin: null, bin: null, address: null, phone: null, email: null },
});

type Props = { readonly filing: FilingDetail; readonly onDone: (filing: FilingDetail) => void; readonly onClose: () => void };

/** Corrects what the filer said; the old values and the reason are kept beside the new ones. */
export function CorrectionForm({ filing, onDone, onClose }: Props) {
  const { t } = useTexts();
  const kindName = useKindName();
  const titleId = useId();
  const first = useRef<HTMLSelectElement>(null);
  const draft = useDraft<Form>(filing.id, 'correction', () => formOf(filing), isForm);
  const kinds = useAnswer('kinds', () => kense().paper.kinds({}));
  const saving = useAction();
  useCommands('panel', { 'app.back': onClose });
  const there = draft.value !== null;
  useEffect(() => {
    if (there) first.current?.focus();
  }, [there]);
  const form = draft.value;
  if (form === null) return null;
  const { values } = form;
  const change = (part: Partial<CorrectedValues>): void => draft.change({ ...form, values: { ...values, ...part } });
  const changeParty = (at: number, part: Partial<Party>): void =>
    change({ parties: values.parties.map((party, number) => (number === at ? { ...party, ...part } : party)) });
  const named =
    values.parties.length > 0 &&
    [...values.parties, ...(values.representative ? [values.representative] : [])].every(({ name }) => name.trim() !== '');
  const save = (): void =>
    void saving.run(
      () => kense().filing.correct({ id: filing.id, revision: filing.revision, values, reason: form.reason.trim() }),
      (now) => {
        draft.drop();
        onDone(now);
      },
    );
  const cancel = (): void => {
    draft.drop();
    onClose();
  };
  const ids = [...new Set([filing.kind, ...(kinds.value ?? []).map(({ id }) => id)])];
  return (
    <section aria-labelledby={titleId} className={styles.form}>
      <h2 id={titleId}>{t('correction.form')}</h2>
      <NativeSelect
        ref={first}
        label={t('filing.kind')}
        value={values.kind}
        onChange={(event) => change({ kind: event.currentTarget.value })}
        data={ids.map((id) => ({ value: id, label: kindName.full(id) }))}
      />
      <TextInput
        label={t('filing.category')}
        maxLength={300}
        value={values.category ?? ''}
        onChange={(event) => change({ category: event.currentTarget.value })}
      />
      {values.parties.map((party, at) => (
        <PartyFields
          key={at}
          legend={t('correction.party', { number: at + 1 })}
          party={party}
          onChange={(part) => changeParty(at, part)}
          {...(values.parties.length > 1
            ? { onRemove: () => change({ parties: values.parties.filter((_, number) => number !== at) }) }
            : {})}
        />
      ))}
      <div className={styles.actions}>
        <Button variant="default" onClick={() => change({ parties: [...values.parties, newParty('third-party')] })}>
          {t('correction.addParty')}
        </Button>
        {values.representative === null && (
          <Button variant="default" onClick={() => change({ representative: newParty('representative') })}>
            {t('correction.addRepresentative')}
          </Button>
        )}
      </div>
      {values.representative !== null && (
        <PartyFields
          legend={t('side.representative')}
          party={values.representative}
          onChange={(part) => change({ representative: { ...values.representative!, ...part } })}
          onRemove={() => change({ representative: null })}
        />
      )}
      <Textarea
        label={t('correction.reason')}
        required
        rows={2}
        maxLength={1000}
        value={form.reason}
        onChange={(event) => draft.change({ ...form, reason: event.currentTarget.value })}
      />
      <p className={styles.who}>{t('correction.originalStays')}</p>
      {form.revision !== filing.revision && <p className={styles.who}>{t('correction.filingChanged')}</p>}
      {saving.failure && <FailureCard failure={saving.failure} compact onClose={saving.clear} />}
      <div className={styles.actions}>
        <Button loading={saving.busy} disabled={form.reason.trim() === '' || !named} onClick={save}>
          {t('correction.save')}
        </Button>
        <Button variant="default" onClick={cancel}>
          {t('action.cancel')}
        </Button>
      </div>
    </section>
  );
}

const SIDES = ['claimant', 'respondent', 'third-party'] as const;
const TYPES = ['individual', 'organisation'] as const;

type PartyProps = {
  readonly legend: string;
  readonly party: Party;
  readonly onChange: (part: Partial<Party>) => void;
  readonly onRemove?: () => void;
};

function PartyFields({ legend, party, onChange, onRemove }: PartyProps) {
  const { t, named } = useTexts();
  const sides = [...new Set<string>([party.side, ...SIDES])];
  const types = [...new Set<string>([party.type, ...TYPES])];
  const isRepresentative = party.side === 'representative';
  return (
    <fieldset className={styles.party}>
      <legend>{legend}</legend>
      <div className={styles.pair}>
        {!isRepresentative && (
          <NativeSelect
            label={t('correction.field.side')}
            value={party.side}
            onChange={(event) => onChange({ side: event.currentTarget.value })}
            data={sides.map((side) => ({ value: side, label: named('side', sideId(side)) }))}
          />
        )}
        <NativeSelect
          label={t('correction.field.type')}
          value={party.type}
          onChange={(event) => onChange({ type: event.currentTarget.value })}
          data={types.map((type) => ({ value: type, label: named('partyType', type) }))}
        />
      </div>
      <TextInput
        label={t('correction.field.name')}
        required
        maxLength={2000}
        value={party.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <div className={styles.pair}>
        <TextInput
          label={t('filing.iin')}
          inputMode="numeric"
          maxLength={40}
          value={party.iin ?? ''}
          onChange={(event) => onChange({ iin: event.currentTarget.value })}
        />
        <TextInput
          label={t('filing.bin')}
          inputMode="numeric"
          maxLength={40}
          value={party.bin ?? ''}
          onChange={(event) => onChange({ bin: event.currentTarget.value })}
        />
      </div>
      <TextInput
        label={t('correction.field.address')}
        maxLength={2000}
        value={party.address ?? ''}
        onChange={(event) => onChange({ address: event.currentTarget.value })}
      />
      {onRemove && (
        <div className={styles.actions}>
          <Button variant="default" size="compact-md" onClick={onRemove}>
            {t('correction.remove')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
