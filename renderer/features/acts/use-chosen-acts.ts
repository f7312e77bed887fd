import { useState } from 'react';
import type { ActSummary } from '../../../shared/contract/index.ts';
import { useNavigation } from '../../app/navigation.tsx';

const PLACE = 'acts:left-out';
const SEPARATOR = ' ';

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
  const read = acts.filter((act) => act.state === 'draft' && act.reviewed);
  const chosen = read.filter((act) => !leftOut.has(act.id));
  return {
    chosen,
    isChosen: (id: string) => chosen.some((act) => act.id === id),
    /** False when the act has not been read, so that it cannot be chosen. */
    toggle: (id: string): boolean => {
      if (!read.some((act) => act.id === id)) return false;
      const next = new Set(leftOut);
      if (!next.delete(id)) next.add(id);
      keep(next);
      return true;
    },
    /** All that were read, or none when all are chosen. */
    toggleAll: () => keep(chosen.length === read.length ? new Set(read.map((act) => act.id)) : new Set()),
  };
}
