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
