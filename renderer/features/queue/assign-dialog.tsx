import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Colleague } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useSession } from '../../app/session-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import styles from './assign-dialog.module.css';

type Props = {
  /** How many filings are chosen; with none it is about all that the absent one has. */
  readonly chosen: number;
  /** Whose open filings may be given away all at once: him who has the current row. */
  readonly absent: { readonly id: string; readonly name: string } | null;
  /** The chosen ones, where it matters who has them open. */
  readonly ids?: readonly string[];
  /** Who is away, with the last day of it. */
  readonly away?: ReadonlyMap<string, string>;
  readonly startAt?: string | null;
  /** `reason`: they are also taken from the desks at which others have them open. */
  readonly onAssign: (to: Colleague, reason: string) => void;
  readonly onCover: (from: { readonly id: string; readonly name: string }, to: Colleague, reason: string) => void;
  readonly onClose: () => void;
};

/** Gives filings to a colleague: the chosen ones, or all that an absent one has; the load after the change stands beside each name. */
export function AssignDialog({ chosen, absent, ids = [], away, startAt = null, onAssign, onCover, onClose }: Props) {
  const { t } = useTexts();
  const { date } = useFormat();
  const { activeRole } = useSession();
  const people = useAnswer('colleagues', () => kense().work.colleagues({}));
  const [what, setWhat] = useState<'chosen' | 'all'>(chosen === 0 ? 'all' : 'chosen');
  const [at, setAt] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const list = useRef<HTMLDivElement>(null);
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const isHere = people.value !== null;
  useEffect(() => {
    if (isHere) list.current?.focus();
  }, [isHere]);

  const all = people.value ?? [];
  const from = what === 'all' ? absent : null;
  const shown = all.filter(({ id, gone }) => id !== from?.id && gone === null);
  const begun = Math.max(
    0,
    shown.findIndex(({ id }) => id === startAt),
  );
  const current = Math.min(at ?? begun, shown.length - 1);
  const of = from?.id ?? null;
  const receiver = shown[current]?.id;
  const held = useAnswer(`held:${of ?? ''}:${receiver ?? ''}`, () =>
    kense().work.held({ ids: of === null ? [...ids] : [], of, ...(receiver !== undefined && { to: receiver }) }),
  );
  const taken = activeRole === 'office-head' && (held.value?.count ?? 0) > 0 ? held.value : null;
  const added = from === null ? chosen : (all.find(({ id }) => id === from.id)?.open ?? 0);
  const why = useRef<HTMLInputElement>(null);
  const give = (to: Colleague | undefined) => {
    if (!to) return;
    if (taken && to.id === receiver && reason.trim() === '') why.current?.focus();
    else if (from === null) onAssign(to, reason.trim());
    else onCover(from, to, reason.trim());
  };
  const move = (step: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, current + step));
    setAt(next);
    list.current?.querySelectorAll<HTMLElement>('[role="option"]')[next]?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <Dialog title={t('work.assignTitle')} onClose={onClose}>
      {absent !== null && chosen === 0 && (
        <p>{t('work.allOf', { name: absent.name, count: all.find(({ id }) => id === absent.id)?.open ?? 0 })}</p>
      )}
      {absent !== null && chosen > 0 && (
        <SegmentedControl
          aria-label={t('work.what')}
          value={what}
          onChange={(value) => setWhat(value)}
          data={[
            { value: 'chosen', label: t('work.chosen', { count: chosen }) },
            { value: 'all', label: t('work.allOf', { name: absent.name, count: all.find(({ id }) => id === absent.id)?.open ?? 0 }) },
          ]}
        />
      )}
      {people.failure && <FailureCard failure={people.failure} onRetry={() => void people.reload()} compact />}
      {people.value === null ? (
        <Loading />
      ) : (
        <div
          ref={list}
          role="listbox"
          tabIndex={0}
          data-autofocus
          aria-label={t('work.to')}
          aria-activedescendant={shown[current] && `colleague-${shown[current].id}`}
          className={styles.people}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') move(1);
            else if (event.key === 'ArrowUp') move(-1);
            else if (event.key === 'Enter') give(shown[current]);
            else if (event.code === 'KeyL' && !event.ctrlKey && absent !== null && chosen > 0) setWhat(what === 'all' ? 'chosen' : 'all');
            else return;
            event.preventDefault();
          }}
        >
          {shown.map((person, index) => (
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter on the list gives them to the current one
            <div
              key={person.id}
              id={`colleague-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              className={styles.person}
              onClick={() => give(person)}
            >
              <bdi className={styles.name}>{person.name}</bdi>
              <span>
                {away?.has(person.id) && <b>{t('workload.awayUntil', { day: date(`${away.get(person.id)}T07:00:00Z`) })} · </b>}
                {t('work.load', { open: person.open, overdue: person.overdue })}
              </span>
              <span className={styles.after}>{t('work.after', { count: person.open + added })}</span>
            </div>
          ))}
          {shown.length === 0 && <p>{t('work.nobody')}</p>}
        </div>
      )}
      {taken && (
        <TextInput
          label={t('work.takeOver', { count: taken.count, names: taken.names.join(', ') })}
          description={t('work.takeOverHint')}
          maxLength={1000}
          ref={why}
          required
          value={reason}
          onKeyDown={(event) => event.key === 'Enter' && give(shown[current])}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <div className={styles.actions}>
        <Button disabled={shown.length === 0} onClick={() => give(shown[current])}>
          {t('work.assign')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <span className={styles.hint}>{absent === null || chosen === 0 ? t('work.keys') : t('work.keysAll')}</span>
      </div>
    </Dialog>
  );
}
