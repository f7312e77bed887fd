/** A filing as it came and as it was registered; instants are UTC ISO of one form, so that they compare as texts. */
export type Turn = {
  readonly id: string;
  /** Filings of one queue have one order. */
  readonly queue: string;
  readonly receivedAt: string;
  /** Null: it still waits. */
  readonly registeredAt: string | null;
};
export type PassedOver = {
  readonly id: string;
  /** The first that came later and was registered before it. */
  readonly firstBy: string;
  /** When that was: from then on it was passed over. */
  readonly since: string;
  /** How many that came later were registered before it. */
  readonly ahead: number;
};
/** Registrations that are looked at: from one instant on and before another. */
type Span = { readonly from: string; readonly until: string };

/**
 * Which filings were passed over: one that came more than `graceMs` later was registered in the span while they waited. In O(n log n), ordered by
 * since when.
 */
export function passedOver(turns: readonly Turn[], span: Span, graceMs: number): PassedOver[] {
  return [...byQueue(turns).values()]
    .flatMap((queue) => ofQueue(queue, span, graceMs))
    .sort((a, b) => compare(a.since, b.since) || compare(a.id, b.id));
}

function ofQueue(queue: readonly Turn[], { from, until }: Span, graceMs: number): PassedOver[] {
  const inSpan = ({ registeredAt }: Turn) => registeredAt !== null && registeredAt >= from && registeredAt < until;
  const ahead = queue.filter(inSpan).sort(byReceipt);
  if (ahead.length === 0) return [];
  /* Of those from each place on, the one that was registered first. */
  const firstFrom: Turn[] = [];
  for (let at = ahead.length - 1; at >= 0; at--) firstFrom[at] = earlier(ahead[at]!, firstFrom[at + 1]);

  const placeOf = new Map(ahead.map(({ id }, at) => [id, at]));
  const registered = [...ahead].sort(byRegistration);
  const waiting = queue.filter(({ registeredAt }) => registeredAt === null || registeredAt >= from).sort(byRegistration);
  const counted = createCounter(ahead.length);
  const found: PassedOver[] = [];
  let next = 0;
  for (const turn of waiting) {
    while (next < registered.length && isBefore(registered[next]!, turn)) counted.add(placeOf.get(registered[next++]!.id)!);
    const latest = new Date(Date.parse(turn.receivedAt) + graceMs).toISOString();
    const place = firstPlace(ahead, ({ receivedAt }) => receivedAt > latest);
    const first = firstFrom[place];
    if (first && isBefore(first, turn))
      found.push({ id: turn.id, firstBy: first.id, since: first.registeredAt!, ahead: counted.countFrom(place) });
  }
  return found;
}

/**
 * Which of the registered came before their turn: when they were registered, one of `waiting` that had come more than `graceMs` earlier was not. Which
 * of those count, the caller says: not those that had a reason to wait.
 */
export function outOfTurn(registered: readonly Turn[], waiting: readonly Turn[], graceMs: number): Set<string> {
  const found = new Set<string>();
  const queues = new Map([...byQueue(waiting)].map(([queue, turns]) => [queue, inOrder(turns)]));
  for (const turn of registered) {
    const queue = queues.get(turn.queue);
    if (!queue || turn.registeredAt === null) continue;
    const earliest = new Date(Date.parse(turn.receivedAt) - graceMs).toISOString();
    const last = firstPlace(queue.turns, ({ receivedAt }) => receivedAt >= earliest) - 1;
    if (last >= 0 && queue.latestUpTo[last]! > turn.registeredAt) found.add(turn.id);
  }
  return found;
}

/** After every instant that is written as text. */
const NEVER = '~';

/** By receipt, with the latest registration of those up to each place. */
function inOrder(queue: readonly Turn[]): { readonly turns: readonly Turn[]; readonly latestUpTo: readonly string[] } {
  const turns = [...queue].sort(byReceipt);
  let latest = '';
  const latestUpTo = turns.map(({ registeredAt }) => {
    const at = registeredAt ?? NEVER;
    return (latest = at > latest ? at : latest);
  });
  return { turns, latestUpTo };
}

function byQueue(turns: readonly Turn[]): Map<string, Turn[]> {
  const queues = new Map<string, Turn[]>();
  for (const turn of turns) {
    const queue = queues.get(turn.queue);
    if (queue) queue.push(turn);
    else queues.set(turn.queue, [turn]);
  }
  return queues;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byReceipt = (a: Turn, b: Turn) => compare(a.receivedAt, b.receivedAt) || compare(a.id, b.id);
const byRegistration = (a: Turn, b: Turn) => compare(a.registeredAt ?? NEVER, b.registeredAt ?? NEVER) || compare(a.id, b.id);
const isBefore = (a: Turn, b: Turn): boolean => a.registeredAt !== null && a.registeredAt < (b.registeredAt ?? NEVER);
const earlier = (a: Turn, b: Turn | undefined): Turn => (b === undefined || byRegistration(a, b) <= 0 ? a : b);

/** The first place of which `test` holds, in a list where it holds of all that follow; the length for none. */
function firstPlace(turns: readonly Turn[], test: (turn: Turn) => boolean): number {
  let [low, high] = [0, turns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(turns[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Counts places as they come, and how many of them are at a place or after it: a Fenwick tree. */
function createCounter(size: number) {
  const tree = new Array<number>(size + 1).fill(0);
  let total = 0;
  return {
    add(place: number): void {
      total++;
      for (let at = place + 1; at <= size; at += at & -at) tree[at]!++;
    },
    countFrom(place: number): number {
      let before = 0;
      for (let at = place; at > 0; at -= at & -at) before += tree[at]!;
      return total - before;
    },
  };
}
