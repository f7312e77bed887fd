/** A filing as it came and as it was registered; instants are UTC ISO of one form, so that they compare as texts. */
export type Turn = {
  readonly id: string;
  /** Filings of one queue have one order. */
  readonly queue: string;
  readonly receivedAt: string;
  /** Null: it still waits. */
  readonly registeredAt: string | null;
};
/** From one instant on and before another. */
export type Span = { readonly from: string; readonly until: string };
/** A time in which a filing waited. */
export type Wait = Span & Pick<Turn, 'id' | 'queue' | 'receivedAt'>;
/** Registrations of what came later, in a time in which a filing waited. */
export type Passing = {
  readonly firstBy: string;
  /** When the first was: from then on it was passed over. */
  readonly since: string;
  /** How many they were. */
  readonly ahead: number;
};

/** The times in which filings waited, as far as a span has them. */
export function waitsOf(turns: readonly Turn[], { from, until }: Span): Wait[] {
  return turns.map(({ id, queue, receivedAt, registeredAt }) => ({
    ...{ id, queue, receivedAt, from },
    until: registeredAt !== null && registeredAt < until ? registeredAt : until,
  }));
}

/**
 * In which of these times a filing was passed over: one that came more than `graceMs` later was registered meanwhile. In O(n log n), ordered by since
 * when. A filing may have several times that do not overlap.
 */
export function passedOver<W extends Wait>(turns: readonly Turn[], waits: readonly W[], graceMs: number): (W & Passing)[] {
  const registered = byQueue(turns.filter(({ registeredAt }) => registeredAt !== null));
  return [...byQueue(waits)]
    .flatMap(([queue, own]) => ofQueue(registered.get(queue) ?? [], own, graceMs))
    .sort((a, b) => compare(a.since, b.since) || compare(a.id, b.id));
}

function ofQueue<W extends Wait>(registered: readonly Turn[], waits: readonly W[], graceMs: number): (W & Passing)[] {
  const byReceipt = [...registered].sort((a, b) => compare(a.receivedAt, b.receivedAt));
  const placeOf = new Map(byReceipt.map(({ id }, place) => [id, place]));
  const inOrder = [...registered].sort(byRegistration);
  const rankFrom = (instant: string) => firstPlace(inOrder, ({ registeredAt }) => registeredAt! >= instant);
  const asked = waits.map((wait) => {
    const latest = moved(wait.receivedAt, graceMs);
    const [start, end] = [rankFrom(wait.from), rankFrom(wait.until)];
    return { wait, place: firstPlace(byReceipt, ({ receivedAt }) => receivedAt > latest), start, end, ahead: 0, first: 0 };
  });
  // from the last registration to the first: what came later than a place is counted at the end of each time, and again at its start
  const moments = asked
    .filter(({ start, end }) => start < end)
    .flatMap((one) => [
      { one, rank: one.end, counts: -1 },
      { one, rank: one.start, counts: 1 },
    ])
    .sort((a, b) => b.rank - a.rank);
  const counter = createCounter(inOrder.length);
  let next = inOrder.length;
  for (const { one, rank, counts } of moments) {
    while (next > rank) counter.add(placeOf.get(inOrder[--next]!.id)!, 1, next);
    one.ahead += counts * counter.countFrom(one.place);
    one.first = counter.latestFrom(one.place);
  }
  return asked
    .filter(({ ahead }) => ahead > 0)
    .map(({ wait, first, ahead }) => ({ ...wait, firstBy: inOrder[first]!.id, since: inOrder[first]!.registeredAt!, ahead }));
}

/**
 * Which of the registered came before their turn: when they were registered, one that had come more than `graceMs` earlier was in one of its `waits`. Which
 * times count, the caller says: not those in which it had a reason to wait.
 */
export function outOfTurn(registered: readonly Turn[], waits: readonly Wait[], graceMs: number): Set<string> {
  const found = new Set<string>();
  const queues = byQueue(waits);
  for (const [queue, turns] of byQueue(registered)) {
    // the last that came first, so that those before an instant are those from a place on
    const own = [...(queues.get(queue) ?? [])].sort((a, b) => compare(b.receivedAt, a.receivedAt));
    const changes = own
      .flatMap(({ from, until }, place) => [
        { at: from, place, by: 1 },
        { at: until, place, by: -1 },
      ])
      .sort((a, b) => compare(a.at, b.at));
    const counter = createCounter(own.length);
    let next = 0;
    for (const { id, receivedAt, registeredAt } of [...turns].sort(byRegistration)) {
      if (registeredAt === null) break;
      for (; next < changes.length && changes[next]!.at <= registeredAt; next++) counter.add(changes[next]!.place, changes[next]!.by);
      const earliest = moved(receivedAt, -graceMs);
      if (counter.countFrom(firstPlace(own, (wait) => wait.receivedAt < earliest)) > 0) found.add(id);
    }
  }
  return found;
}

/** After every instant that is written as text. */
const NEVER = '~';

function byQueue<T extends { readonly queue: string }>(all: readonly T[]): Map<string, T[]> {
  const queues = new Map<string, T[]>();
  for (const one of all) {
    const queue = queues.get(one.queue);
    if (queue) queue.push(one);
    else queues.set(one.queue, [one]);
  }
  return queues;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byRegistration = (a: Turn, b: Turn) => compare(a.registeredAt ?? NEVER, b.registeredAt ?? NEVER) || compare(a.id, b.id);
const moved = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

/** The first place of which `test` holds, in a list where it holds of all that follow; the length for none. */
function firstPlace<T>(all: readonly T[], test: (one: T) => boolean): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(all[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Counts places as they come and go, and how many of them are at a place or after it: a Fenwick tree. */
function createCounter(size: number) {
  const tree = new Array<number>(size + 1).fill(0);
  const latest = new Array<number>(size + 1).fill(size);
  return {
    /** `mark`: what `latestFrom` tells of the one that came last. */
    add(place: number, by: number, mark = size): void {
      for (let at = size - place; at <= size; at += at & -at) {
        tree[at]! += by;
        latest[at] = mark;
      }
    },
    countFrom(place: number): number {
      let count = 0;
      for (let at = size - place; at > 0; at -= at & -at) count += tree[at]!;
      return count;
    },
    /** The mark of what was added last at this place or after it, where marks only fall. */
    latestFrom(place: number): number {
      let mark = size;
      for (let at = size - place; at > 0; at -= at & -at) mark = Math.min(mark, latest[at]!);
      return mark;
    },
  };
}
