import { Button, NativeSelect, TextInput } from '@mantine/core';
import { PAPER_SIDES, type PaperParty } from '../../../shared/domain/paper-form.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { IdentifierField } from './digits-field.tsx';
import styles from './paper.module.css';

type Props = {
  readonly at: number;
  readonly party: PaperParty;
  readonly wrong: (field: string) => string | null;
  readonly onChange: (party: PaperParty) => void;
  /** Absent for the first: somebody must have filed it. */
  readonly onRemove?: (() => void) | undefined;
};

/** One party: who it is, its number, its name in the language of the filing, and how it is reached. */
export function PartyFields({ at, party, wrong, onChange, onRemove }: Props) {
  const { t } = useTexts();
  const path = `parties.${at}`;
  const change = (part: Partial<PaperParty>) => onChange({ ...party, ...part });
  const sides = PAPER_SIDES.map((value) => ({ value, label: t(`side.${value}`) }));
  const text = (member: 'name' | 'address' | 'phone' | 'email', maxLength: number) => (
    <TextInput
      name={`${path}.${member}`}
      label={t(`paper.party.${member}`)}
      required={member === 'name'}
      spellCheck={false}
      autoComplete="off"
      maxLength={maxLength}
      error={wrong(`${path}.${member}`)}
      value={party[member]}
      onChange={(event) => change({ [member]: event.currentTarget.value })}
    />
  );
  return (
    <fieldset className={styles.group}>
      <legend>{t('paper.party', { number: String(at + 1) })}</legend>
      <div className={styles.three}>
        <NativeSelect
          name={`${path}.side`}
          label={t('paper.party.side')}
          data={sides}
          value={party.side}
          onChange={(event) => change({ side: PAPER_SIDES.find((side) => side === event.currentTarget.value) ?? 'claimant' })}
        />
        <NativeSelect
          name={`${path}.type`}
          label={t('paper.party.type')}
          data={[
            { value: 'person', label: t('paper.party.person') },
            { value: 'organisation', label: t('paper.party.organisation') },
          ]}
          value={party.type}
          onChange={(event) => change({ type: event.currentTarget.value === 'organisation' ? 'organisation' : 'person' })}
        />
        <IdentifierField
          name={`${path}.identifier`}
          label={party.type === 'person' ? t('filing.iin') : t('filing.bin')}
          required={at === 0}
          value={party.identifier}
          error={wrong(`${path}.identifier`)}
          onChange={(identifier) => change({ identifier })}
        />
      </div>
      {text('name', 2000)}
      <div className={styles.three}>
        {text('address', 2000)}
        {text('phone', 200)}
        {text('email', 400)}
      </div>
      {onRemove && (
        <div>
          <Button variant="subtle" size="compact-sm" onClick={onRemove}>
            {t('paper.party.remove')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
