import { useState } from 'react';
import type { ActSummary } from '../../../shared/contract/index.ts';
import { useNavigation } from '../../app/navigation.tsx';
import type { GridSelection } from '../../ui/row-grid.tsx';

const PLACE = 'acts:left-out';
const SEPARATOR = ' ';

/** What was sent back waits for the office, read or not. */
const isReady = ({ reviewed, sentBack }: ActSummary): boolean => reviewed && !sentBack;

/**
 * Which acts are signed together: those that were read are chosen from the beginning, the others cannot be. What a person takes out
 * stays out while the window goes elsewhere and comes back.
 */
export function useChosenActs(acts: readonly ActSummary[]) {
  const { currentRows } = useNavigation();
  const [leftOut, setLeftOut] = useState(() => new Set(currentRows.get(PLACE)?.split(SEPARATOR)));
  const keep = (next: Set<string>) => {
    currentRows.set(PLACE, [...next].join(SEPARATOR));
    setLeftOut(next);
  };
  const read = acts.filter((act) => act.state === 'draft' && isReady(act));
  const chosen = read.filter((act) => !leftOut.has(act.id));
  /** False when the act has not been read, so that it cannot be chosen. */
  const toggle = (id: string): boolean => {
    if (!read.some((act) => act.id === id)) return false;
    const next = new Set(leftOut);
    if (!next.delete(id)) next.add(id);
    keep(next);
    return true;
  };
  const change = (into: readonly ActSummary[], out: readonly ActSummary[]) => {
    const next = new Set(leftOut);
    for (const { id } of out) next.add(id);
    for (const { id } of into) next.delete(id);
    keep(next);
  };
  const selection: GridSelection<ActSummary> = {
    has: ({ id }) => chosen.some((act) => act.id === id),
    allows: isReady,
    toggle: ({ id }) => toggle(id),
    change,
    /** All that were read, or none when all are chosen. */
    toggleAll: () => keep(chosen.length === read.length ? new Set(read.map((act) => act.id)) : new Set()),
  };
  return { chosen, toggle, selection };
}
