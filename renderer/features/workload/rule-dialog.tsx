import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { MOST_NORM, type ShareRule } from '../../../shared/domain/share-work.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useOffice } from '../../app/office-context.tsx';
import { useKindName } from '../../app/use-kind-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Tick } from '../proceedings/tick.tsx';
import { countOf } from './norm-dialog.tsx';
import { FindsNobody } from './finds-nobody.tsx';
import { FormButtons } from './form-buttons.tsx';
import { useRuleWords, type RulePeople } from './use-rule-words.ts';
import styles from './workload-screen.module.css';

type Props = {
  /** Null: a new one. */
  readonly rule: ShareRule | null;
  readonly people: RulePeople;
  readonly onSet: (rule: ShareRule) => void;
  readonly onClose: () => void;
};

/** A rule of sharing, with the sentence that it comes to. */
export function RuleDialog({ rule, people, onSet, onClose }: Props) {
  const { t } = useTexts();
  const { reference } = useOffice();
  const kindName = useKindName();
  const { say, nameOf, findsNobody } = useRuleWords(people);
  const here = people.people.filter(({ gone }) => gone === null).map(({ id }) => id);
  const offered = [...here, ...(rule?.people ?? []).filter((id) => !here.includes(id))];
  const [kinds, setKinds] = useState<readonly string[]>(rule?.kinds ?? []);
  const [chosen, setChosen] = useState<readonly string[]>(rule?.people ?? []);
  const [most, setMost] = useState(rule?.most?.toString() ?? '');
  const [tried, setTried] = useState(false);
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const count = most.trim() === '' ? null : countOf(most, 1);
  const isWrong = most.trim() !== '' && count === null;
  const made: ShareRule = { id: rule?.id ?? '', on: rule?.on ?? true, kinds, people: chosen, most: count };
  const known = reference.documentTypes.filter((type) => type.known).map(({ id }) => ({ value: id, label: kindName.short(id) }));
  const group = (label: string, hint: string, value: readonly string[], onChange: (ids: readonly string[]) => void, all: typeof known) => (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      <p className={styles.asOf}>{hint}</p>
      <div className={styles.choices}>
        {all.map((one) => (
          <Tick
            key={one.value}
            label={one.label}
            checked={value.includes(one.value)}
            onChange={(on) => onChange(on ? [...value, one.value] : value.filter((id) => id !== one.value))}
          />
        ))}
      </div>
    </fieldset>
  );
  return (
    <Dialog title={t(rule ? 'workload.ruleChange' : 'workload.ruleNew')} onClose={onClose}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!isWrong) onSet({ ...made, id: rule?.id ?? crypto.randomUUID() });
        }}
      >
        {group(t('workload.ruleKinds'), t('workload.ruleKindsHint'), kinds, setKinds, known)}
        {group(
          t('workload.rulePeople'),
          t('workload.rulePeopleHint'),
          chosen,
          setChosen,
          offered.map((id) => ({ value: id, label: nameOf(id) })),
        )}
        <TextInput
          label={t('workload.ruleMost')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          value={most}
          error={tried && isWrong ? t('workload.normWrong', { most: MOST_NORM }) : undefined}
          onChange={(event) => setMost(event.currentTarget.value)}
        />
        <p className={styles.sentence} aria-live="polite">
          {say(made)}
          {findsNobody(made) && <FindsNobody />}
        </p>
        <FormButtons onCancel={onClose} />
      </form>
    </Dialog>
  );
}
