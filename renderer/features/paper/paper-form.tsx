import { Button, NativeSelect, Radio, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { newPaperParty, readDay, type PaperForm as Form, type PaperKind } from '../../../shared/domain/paper-form.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { writtenDay } from '../proceedings/moment.ts';
import { DigitsField, IdentifierField } from './digits-field.tsx';
import { KindFields } from './kind-fields.tsx';
import { PartyFields } from './party-fields.tsx';
import styles from './paper.module.css';

type Props = {
  readonly form: Form;
  readonly kinds: readonly PaperKind[];
  /** What is wrong with a field, once somebody has tried to take it. */
  readonly wrong: (field: string) => string | null;
  readonly onChange: (form: Form) => void;
};

/** The form of a filing that is handed in on paper. */
export function PaperForm({ form, kinds, wrong, onChange }: Props) {
  const { t } = useTexts();
  const kindName = useKindName();
  const change = (part: Partial<Form>) => onChange({ ...form, ...part });
  const kind = kinds.find(({ id }) => id === form.kind) ?? null;
  const names = kinds.map(({ id }) => ({ value: id, label: kindName.full(id) }));
  return (
    <>
      <fieldset className={styles.group}>
        <legend>{t('paper.about')}</legend>
        <NativeSelect
          name="kind"
          label={t('paper.kind')}
          required
          error={wrong('kind')}
          value={form.kind}
          data={[{ value: '', label: t('paper.kindChoose') }, ...names]}
          onChange={(event) => change({ kind: event.currentTarget.value })}
        />
        <Radio.Group
          label={t('paper.language')}
          value={form.language}
          onChange={(language) => change({ language: language === 'ru' ? 'ru' : 'kk' })}
        >
          <div className={styles.choices}>
            <Radio value="kk" label={t('paper.language.kk')} />
            <Radio value="ru" label={t('paper.language.ru')} />
          </div>
        </Radio.Group>
        <div className={styles.three}>
          <TextInput
            name="category"
            label={t('filing.category')}
            spellCheck={false}
            maxLength={300}
            value={form.category}
            onChange={(event) => change({ category: event.currentTarget.value })}
          />
          <DigitsField
            name="claimValue"
            label={t('paper.claimValue')}
            value={form.claimValue}
            error={wrong('claimValue')}
            onChange={(claimValue) => change({ claimValue })}
          />
          {kind?.case !== 'none' && (
            <TextInput
              name="case"
              label={t('paper.case')}
              required={kind?.case === 'named'}
              spellCheck={false}
              maxLength={100}
              error={wrong('case')}
              value={form.case}
              onChange={(event) => change({ case: event.currentTarget.value })}
            />
          )}
        </div>
        <KindFields fields={kind?.fields ?? []} values={form.fields} wrong={wrong} onChange={(fields) => change({ fields })} />
      </fieldset>
      {form.parties.map((party, at) => (
        <PartyFields
          key={at}
          at={at}
          party={party}
          wrong={wrong}
          onChange={(next) => change({ parties: form.parties.map((old, i) => (i === at ? next : old)) })}
          onRemove={at === 0 ? undefined : () => change({ parties: form.parties.filter((_, i) => i !== at) })}
        />
      ))}
      <div>
        <Button variant="default" onClick={() => change({ parties: [...form.parties, newPaperParty('respondent')] })}>
          {t('paper.party.add')}
        </Button>
      </div>
      <Optional
        legend={t('side.representative')}
        add={t('paper.representative.add')}
        remove={t('paper.representative.remove')}
        value={form.representative}
        empty={{ identifier: '', name: '' }}
        onChange={(representative) => change({ representative })}
      >
        {(representative, set) => (
          <div className={styles.three}>
            <IdentifierField
              name="representative.identifier"
              label={t('filing.iin')}
              value={representative.identifier}
              error={wrong('representative.identifier')}
              onChange={(identifier) => set({ identifier })}
            />
            <TextInput
              name="representative.name"
              className={styles.wide}
              label={t('paper.party.name')}
              required
              spellCheck={false}
              maxLength={2000}
              error={wrong('representative.name')}
              value={representative.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
          </div>
        )}
      </Optional>
      <Optional
        legend={t('paper.payment')}
        add={t('paper.payment.add')}
        remove={t('paper.payment.remove')}
        value={form.payment}
        empty={{ amount: '', date: '', number: '', payer: '', kbk: '' }}
        onChange={(payment) => change({ payment })}
        {...(kind?.duty && { hint: t('paper.payment.duty') })}
      >
        {(payment, set) => (
          <div className={styles.three}>
            <DigitsField
              name="payment.amount"
              label={t('paper.payment.amount')}
              required
              value={payment.amount}
              error={wrong('payment.amount')}
              onChange={(amount) => set({ amount })}
            />
            <DigitsField
              name="payment.date"
              label={t('paper.payment.date')}
              required
              maxLength={10}
              value={payment.date}
              error={wrong('payment.date')}
              onChange={(date) => set({ date })}
              onLeave={() => {
                const day = readDay(payment.date);
                if (day !== null && writtenDay(day) !== payment.date) set({ date: writtenDay(day) });
              }}
            />
            <TextInput
              name="payment.number"
              label={t('paper.payment.number')}
              required
              spellCheck={false}
              maxLength={200}
              error={wrong('payment.number')}
              value={payment.number}
              onChange={(event) => set({ number: event.currentTarget.value })}
            />
            <IdentifierField
              name="payment.payer"
              label={t('paper.payment.payer')}
              value={payment.payer}
              error={wrong('payment.payer')}
              onChange={(payer) => set({ payer })}
            />
            <DigitsField
              name="payment.kbk"
              label={t('paper.payment.kbk')}
              value={payment.kbk}
              error={null}
              onChange={(kbk) => set({ kbk })}
            />
          </div>
        )}
      </Optional>
    </>
  );
}

type OptionalProps<T> = {
  readonly legend: string;
  readonly add: string;
  readonly remove: string;
  readonly hint?: string;
  readonly value: T | null;
  readonly empty: T;
  readonly onChange: (value: T | null) => void;
  readonly children: (value: T, set: (part: Partial<T>) => void) => ReactNode;
};

/** A part that not every filing has. */
function Optional<T>({ legend, add, remove, hint, value, empty, onChange, children }: OptionalProps<T>) {
  if (value === null)
    return (
      <div>
        <Button variant="default" onClick={() => onChange(empty)}>
          {add}
        </Button>
        {hint !== undefined && <p className={styles.small}>{hint}</p>}
      </div>
    );
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      {children(value, (part) => onChange({ ...value, ...part }))}
      <div>
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(null)}>
          {remove}
        </Button>
      </div>
    </fieldset>
  );
}
