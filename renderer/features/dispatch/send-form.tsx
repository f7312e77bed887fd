import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { DispatchDetail, DispatchPerson } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Loading } from '../../ui/loading.tsx';
import { sideId } from '../filing/parties-in-short.ts';
import { Tick } from '../proceedings/tick.tsx';
import { useDraft } from '../proceedings/use-draft.ts';
import { areWays, isFilled, stepsOf, waysOf, type Way } from './ways.ts';
import { WaysFields } from './ways-fields.tsx';
import styles from './dispatch.module.css';

type Choice = { readonly person: DispatchPerson; readonly chosen: boolean; readonly ways: readonly Way[] };
/** A choice as it is kept until it is sent. */
type Kept = Omit<Choice, 'person'> & { readonly who: string };
type Props = { readonly detail: DispatchDetail; readonly onChanged: (after: DispatchDetail) => void };

const whoIs = ({ name, namesake, filingId }: DispatchPerson): string => `${filingId ?? ''} ${namesake ?? 0} ${name}`;
const choicesOf = (people: readonly DispatchPerson[], kept: readonly Kept[]): Choice[] =>
  people.map((person) => {
    const known = kept.find(({ who }) => who === whoIs(person));
    return {
      person,
      chosen: known?.chosen ?? person.proposed,
      ways: known?.ways ?? waysOf(person.steps, person.filingId !== null),
    };
  });
const areKept = (kept: unknown): kept is readonly Kept[] => Array.isArray(kept) && kept.every(isKept);
function isKept(kept: unknown): kept is Kept {
  if (typeof kept !== 'object' || kept === null) return false;
  const { who, chosen, ways } = kept as Record<string, unknown>;
  return typeof who === 'string' && typeof chosen === 'boolean' && areWays(ways);
}

/** To whom the act goes and by which ways; the office data proposes, a person decides. */
export function SendForm({ detail, onChanged }: Props) {
  const { t, named } = useTexts();
  const { filingId, actId } = detail.act;
  const draft = useDraft<readonly Kept[]>(filingId, `dispatch:${actId}`, () => [], areKept);
  const choices = choicesOf(detail.people, draft.value ?? []);
  /** How often it was found wanting. */
  const [refusals, setRefusals] = useState(0);
  const form = useRef<HTMLElement>(null);
  const checked = refusals > 0;
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);
  const sending = useAction();
  const change = (changed: DispatchPerson, patch: Partial<Choice>) =>
    draft.change(
      choices.map((choice) => {
        const { person, ...chosen } = choice.person === changed ? { ...choice, ...patch } : choice;
        return { who: whoIs(person), ...chosen };
      }),
    );
  const chosen = choices.filter((choice) => choice.chosen);
  const send = () => {
    if (draft.value === null) return;
    const ready = chosen.length > 0 && chosen.every(({ ways }) => ways.some((way) => way.chosen) && ways.every(isFilled));
    if (!ready) {
      setRefusals((n) => n + 1);
      return;
    }
    const recipients = chosen.map(({ person: { name, namesake, filingId }, ways }) => ({
      ...{ name, filingId, steps: stepsOf(ways) },
      ...(namesake === undefined ? {} : { namesake }),
    }));
    void sending.run(
      () => kense().dispatch.send({ actId, recipients }),
      (after) => {
        draft.drop();
        onChanged(after);
      },
    );
  };
  useCommands('screen', { 'act.sign': send });
  if (draft.value === null) return <Loading />;

  return (
    <section ref={form} className={styles.section} aria-label={t('dispatch.people')}>
      <h2>{t('dispatch.people')}</h2>
      <p className={styles.small}>{t('dispatch.choose')}</p>
      {checked && chosen.length === 0 && (
        <p className={styles.error} role="alert">
          {t('dispatch.chooseSomebody')}
        </p>
      )}
      <ul className={styles.cards}>
        {choices.map(({ person, chosen: on, ways }) => (
          <li key={`${person.namesake ?? 0} ${person.name}`} className={styles.card}>
            <Tick
              label={person.name}
              hint={named('side', sideId(person.side))}
              checked={on}
              onChange={(next) => change(person, { chosen: next })}
            />
            {on && <WaysFields name={person.name} ways={ways} checked={checked} onChange={(next) => change(person, { ways: next })} />}
          </li>
        ))}
      </ul>
      {sending.failure && <FailureCard failure={sending.failure} compact onClose={sending.clear} />}
      <div>
        <Button
          loading={sending.busy}
          onClick={send}
          aria-keyshortcuts="Control+Enter"
          rightSection={<KeyCap keys="Ctrl+Enter" tone="onPrimary" />}
        >
          {t('dispatch.send')}
        </Button>
      </div>
    </section>
  );
}
