import type { Reading } from '../store/index.ts';
import { CONFIRMED, standingOf, type Standing } from '../sync/index.ts';

export type BothSides = { readonly held: string | null; readonly own: string | null; readonly command: string | null };
export type Effective<T> = { readonly value: T; readonly standing: Standing; readonly held: T | null };

/**
 * What holds at this desk: its own word until it is withdrawn, else the registry's. `covers` says whether what the registry holds includes, or has
 * gone beyond, what this desk said. Null when nothing is left.
 */
export function effective<T>(read: Reading, row: BothSides, covers: (held: T, own: T) => boolean): Effective<T> | null {
  const held = row.held === null ? null : (JSON.parse(row.held) as T);
  const fromRegistry = held === null ? null : { value: held, standing: CONFIRMED, held };
  if (row.own === null || row.command === null) return fromRegistry;
  const own = JSON.parse(row.own) as T;
  const sent = standingOf(read, row.command);
  if (sent === 'withdrawn' || (held !== null && sent.state === 'confirmed' && covers(held, own))) return fromRegistry;
  return { value: own, standing: sent, held };
}
