import { useEffect, useRef } from 'react';
import { kense, settle } from '../../api/kense.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import type { InList } from '../../app/route.ts';

/** As many more are asked for where the known ones end. */
const PART = 60;

type Place = { readonly id: string; readonly neighbours: readonly string[]; readonly inList: InList | undefined };

/** The keys to the next and the previous filing of the list that this one was opened from, as far as that list goes. */
export function useNeighbours({ id, neighbours, inList }: Place): void {
  const { replace } = useNavigation();
  const shown = useRef<string | null>(null);
  useEffect(() => {
    shown.current = id;
    return () => {
      shown.current = null;
    };
  }, [id]);

  const at = neighbours.indexOf(id);
  const grow = async (by: 1 | -1, { list, first }: InList) => {
    const from = by === 1 ? first + neighbours.length : Math.max(0, first - PART);
    const count = by === 1 ? PART : first - from;
    if (count === 0) return;
    const result = await settle(kense().queue.rows({ list, from, count }));
    if (!result.ok || shown.current !== id) return;
    const more = result.value.map(({ row }) => row.id);
    const next = more.at(by === 1 ? 0 : -1);
    if (next === undefined) return;
    replace({
      screen: 'filing',
      id: next,
      neighbours: by === 1 ? [...neighbours, ...more] : [...more, ...neighbours],
      inList: { list, first: by === 1 ? first : from },
    });
  };
  const step = (by: 1 | -1) => {
    if (at < 0) return false;
    const next = neighbours[at + by];
    if (next !== undefined) replace({ screen: 'filing', id: next, neighbours, inList });
    else if (inList) void grow(by, inList);
    else return false;
    return true;
  };
  useCommands('screen', { 'filing.next': () => step(1), 'filing.previous': () => step(-1) });
}
