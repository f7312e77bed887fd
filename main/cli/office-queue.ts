import { startOfCourtDay } from '../../shared/domain/court-day.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { User } from '../core/index.ts';
import { assignFilings, colleagues, coverColleague, nextInQueue, postponeFilings, type Before } from '../intake/index.ts';
import { callCards, findEverything } from '../search/index.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall, OpenedDesk } from './office-call.ts';

const partsOf = ({ store, config }: OpenedDesk) => ({ store, clock: config.clock, newId: config.newId });
const decides = (user: User) => ({ actor: user.id, head: user.roles.includes('office-head') });
const told = (done: Result<Before[]>): Result<unknown> => (done.ok ? ok({ changed: done.value.map(({ id }) => id) }) : done);

/** `assign ID… --to me|nobody|NAME`, or `assign next` for the next one that is free; `assign all --from NAME --to NAME` covers an absent colleague. */
export function assign({ desk, id, rest, values }: OfficeCall, user: User): Result<unknown> {
  const { store, config } = desk;
  const parts = partsOf(desk);
  if (id === 'next') {
    const next = nextInQueue(store.read, null, config.clock(), user.id);
    if (next === null) return ok({ changed: [] });
    const done = assignFilings(parts, { ids: [next], assignee: user.id, ...decides(user) });
    return done.ok ? ok({ id: next, changed: done.value.map((before) => before.id) }) : done;
  }
  const [to] = values.to ?? [];
  if (to === undefined) throw new UsageError('assign needs --to me|nobody|NAME');
  const assignee = personOf(desk, to, user);
  if (!assignee.ok) return assignee;
  if (id !== 'all') return told(assignFilings(parts, { ids: rest, assignee: assignee.value, ...decides(user) }));
  if (values.from === undefined) throw new UsageError('assign all needs --from NAME');
  const from = personOf(desk, values.from, user, true);
  if (!from.ok) return from;
  if (from.value === null || assignee.value === null) return fail('user-unknown');
  return told(coverColleague(parts, { from: from.value, to: assignee.value, ...decides(user) }));
}

/** Null for nobody. A name must be that of one person who works on filings; `orGone`: or did, and still has some. */
function personOf(desk: OpenedDesk, name: string, user: User, orGone = false): Result<string | null> {
  if (name === 'nobody') return ok(null);
  if (name === 'me') return ok(user.id);
  const named = colleagues(desk.store.read, desk.config.clock()).filter(
    (person) => (person.name === name || person.id === name) && (orGone || person.gone === null),
  );
  return named.length === 1 ? ok(named[0]!.id) : fail('user-unknown');
}

/** `postpone ID… --until YYYY-MM-DD --reason TEXT`; `--until now` takes them up again. */
export function postpone({ desk, rest, values }: OfficeCall, user: User): Result<unknown> {
  const { until, reason } = values;
  const isNow = until === 'now';
  if (until === undefined || (!isNow && !/^\d{4}-\d{2}-\d{2}$/.test(until)))
    throw new UsageError('postpone needs --until YYYY-MM-DD, or now');
  const when = isNow ? null : startOfCourtDay(until);
  return told(postponeFilings(partsOf(desk), { ids: rest, until: when, reason: isNow ? null : (reason ?? null), actor: user.id }));
}

/** `find TEXT`: what the search of the window finds on this desk. */
export function find({ desk, rest }: OfficeCall, user: User): Result<unknown> {
  const found = findEverything(desk.store.read, rest.join(' '), user.roles[0] === 'judge' ? user.id : null);
  if (found.identifier)
    look(
      desk,
      user,
      'filing.found-by-identifier',
      found.filings.map(({ id }) => id),
      {},
    );
  return ok(found);
}

/** `card NUMBER`: what may be told to a caller of the 1401 line. */
export function card({ desk, rest }: OfficeCall, user: User): Result<unknown> {
  const cards = callCards(desk.store.read, rest.join(' '));
  if (cards.length === 0) return fail('not-found');
  look(
    desk,
    user,
    'filing.told-on-call',
    cards.map(({ filingId }) => filingId),
    { purpose: 'call 1401' },
  );
  return ok(cards);
}

function look(
  { store, config }: OpenedDesk,
  user: User,
  action: string,
  filings: readonly string[],
  details: Record<string, string>,
): void {
  store.write((tx) => {
    for (const subject of filings) tx.journal({ at: config.clock(), actor: user.id, action, subject, details });
  });
}
