import type { Reading } from '../store/index.ts';

/** How far something is that this desk says: `waiting` to be sent, `refused` and waiting for a person, or `confirmed` by the registry. */
export type Standing = { readonly state: 'waiting' | 'refused' | 'confirmed'; readonly code: string | null };
/** `withdrawn`: a person has taken it back before the registry had it. */
export type Sent = Standing | 'withdrawn';

export const CONFIRMED: Standing = { state: 'confirmed', code: null };

/** What became of an entry of the outbox; what waits behind a refused one of the same subject is refused with it. */
export function standingOf(read: Reading, command: string): Sent {
  const row = read.get<{ state: string; last_code: string | null; ahead: string | null }>(
    `SELECT o.state, o.last_code,
       (SELECT p.last_code FROM outbox p WHERE p.subject = o.subject AND p.state = 'parked' AND p.position <= o.position LIMIT 1) AS ahead
     FROM outbox o WHERE o.id = ?`,
    command,
  );
  if (!row || (row.state === 'done' && row.last_code === 'withdrawn')) return 'withdrawn';
  if (row.state === 'done') return CONFIRMED;
  return row.ahead === null && row.state !== 'parked' ? { state: 'waiting', code: null } : { state: 'refused', code: row.ahead };
}

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
