import type { DispatchRecipient, DispatchStepView } from '../../shared/contract/index.ts';
import type { Delivery } from '../../shared/registry/index.ts';
import { CONFIRMED, standingOf, type Standing } from '../sync/index.ts';
import type { Reading } from '../store/index.ts';
import { keyOf } from './dispatch-plan.ts';
import { readSignedAct, type SignedAct } from './signed-act.ts';

type OwnRow = { id: string; recipient: string; made_at: string; command: string };
type Asked = {
  readonly name: string;
  readonly namesake?: number;
  readonly filingId: string | null;
  readonly steps: readonly DispatchStepView[];
};
type ChangeRow = { command: string; content: string; made_at: string };

const STATES: readonly string[] = ['waiting', 'sent', 'delivered', 'read', 'failed', 'unreachable'];

export const isDone = ({ state }: Pick<DispatchRecipient, 'state'>): boolean => state === 'delivered' || state === 'read';

/** Everybody to whom an act goes: as the registry says, and those of whom it has not been told yet. */
export function recipientsOf(
  read: Reading,
  act: Pick<SignedAct, 'id' | 'filingId'>,
  sides: ReadonlyMap<string, string> = new Map(),
): DispatchRecipient[] {
  const held = read
    .all<{ content: string }>('SELECT content FROM delivery WHERE subject = ?', act.id)
    .map(({ content }) => JSON.parse(content) as Delivery)
    .filter(({ notice }) => notice === 'act-dispatched');
  const own = read.all<OwnRow>('SELECT id, recipient, made_at, command FROM dispatch WHERE act_id = ? ORDER BY made_at, id', act.id);
  const told = held.map((delivery) => ofRegistry(read, delivery, sides.get(keyOf(delivery)) ?? ''));
  const names = new Set(held.map(keyOf));
  const queued = own.flatMap((row) => {
    const asked = JSON.parse(row.recipient) as Asked;
    const standing = standingOf(read, row.command);
    // somebody else at the court was first, or it was taken back
    if (names.has(keyOf(asked)) || standing === 'withdrawn') return [];
    return [ofDesk(row, asked, standing, sides.get(keyOf(asked)) ?? '')];
  });
  return [...told, ...queued].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function ofDesk({ id, made_at: at }: OwnRow, { name, namesake, steps }: Asked, standing: Standing, side: string): DispatchRecipient {
  return {
    ...(namesake === undefined ? {} : { namesake }),
    ...{ id, name, side, state: 'queued', via: null, reason: null, at, nextAt: null, steps: [...steps], attempts: [], standing },
    task: standing.state === 'refused' ? 'refused' : null,
    letterGone: false,
  };
}

function ofRegistry(read: Reading, delivery: Delivery, side: string): DispatchRecipient {
  const { id, name, via, channel, reason, at } = delivery;
  const state = STATES.includes(delivery.state) ? (delivery.state as DispatchRecipient['state']) : 'waiting';
  const attempts = (delivery.attempts ?? []).map(({ channel, at, outcome, code, reference, by }) => ({
    ...{ channel, at, outcome, code, reference },
    by: by === null ? null : nameOf(read, by),
  }));
  const standing = lastStanding(read, id);
  const letter = attempts.findLast((attempt) => attempt.channel === 'post');
  const letterGone = state === 'sent' && via === 'post' && letter?.outcome === 'sent';
  const recipient = {
    ...(delivery.namesake === undefined ? {} : { namesake: delivery.namesake }),
    ...{ id, name, side, state, via: via ?? channel, reason, at, nextAt: delivery.nextAt ?? null, attempts, standing, letterGone },
    steps: (delivery.steps ?? []).map(({ channel, address, waitHours }) => ({ channel, address, waitHours })),
  };
  return { ...recipient, task: delivery.steps === undefined ? null : taskOf(recipient) };
}

/** What was said last about it at this desk and is not confirmed yet. */
function lastStanding(read: Reading, id: string): Standing {
  const changes = read.all<ChangeRow>(
    'SELECT command, content, made_at FROM dispatch_change WHERE dispatch_id = ? ORDER BY made_at, command',
    id,
  );
  for (const { command } of changes.reverse()) {
    const standing = standingOf(read, command);
    if (standing !== 'withdrawn') return standing;
  }
  return CONFIRMED;
}

/** While something of this desk is under way nobody need do anything. */
function taskOf({ state, via, standing }: Pick<DispatchRecipient, 'state' | 'via' | 'standing'>): DispatchRecipient['task'] {
  if (standing.state === 'refused') return 'refused';
  if (standing.state === 'waiting') return null;
  if (state === 'unreachable') return 'address';
  if (state === 'failed') return 'failed';
  return state === 'waiting' && via === 'post' ? 'letter' : null;
}

const nameOf = (read: Reading, user: string): string =>
  read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', user)?.name ?? user;

/** One of them with the act; null when there is none. `reads`: in the cabinet. */
export function readRecipient(
  read: Reading,
  id: string,
): { readonly act: SignedAct; readonly recipient: DispatchRecipient; readonly reads: boolean } | null {
  const row = read.get<{ act: string; filingId: string | null }>(
    `SELECT subject AS act, json_extract(content, '$.filingId') AS filingId FROM delivery WHERE id = ? AND json_extract(content, '$.steps') IS NOT NULL`,
    id,
  );
  const act = row === undefined ? null : readSignedAct(read, row.act);
  const recipient = act === null ? undefined : recipientsOf(read, act).find((known) => known.id === id);
  return act === null || recipient === undefined ? null : { act, recipient, reads: row?.filingId !== null };
}
