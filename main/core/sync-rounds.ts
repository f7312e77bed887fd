import type { SyncStatus, SyncStep } from '../../shared/contract/index.ts';
import { fail, type Failure } from '../../shared/result.ts';
import { watchFeed } from '../sync/index.ts';
import type { CoreContext } from './core-context.ts';
import type { Desk } from './desk.ts';
import { noChanges, syncOnce } from './sync-cycle.ts';
import { readSyncCentre, readSyncStatus, type RoundState } from './sync-status.ts';

/** After a failed round the next one waits longer, up to a minute. */
const ROUND_MAX_MS = 60_000;
/** A registry that asks for more patience than this is asked earlier. */
const LONGEST_ASKED_MS = 3_600_000;

/** One round at a time; a nudge in the middle of a round asks for one more after it. */
export function createRounds(desk: Desk, emit: CoreContext['emit'], afterRound: () => void, roundMs: number) {
  let problem: Failure | null = fail('registry-unreachable').error;
  let running: Promise<void> | null = null;
  let again = false;
  let asked = false;
  const random = desk.config.random ?? Math.random;
  let timer: NodeJS.Timeout | null = null;
  let pauseMs = roundMs;
  let askedPauseMs = 0;
  let step: SyncStep | null = null;
  let nextAt: string | null = null;
  let started = false;
  let stopped = false;
  let stopWatching: () => Promise<void> = () => Promise.resolve();
  let told = '';
  let roundSeen = false;

  const state = (): RoundState => ({ problem, running: running !== null, step, nextAt });
  const status = (): SyncStatus => {
    const now = readSyncStatus(desk, state());
    roundSeen ||= now.syncing;
    return now;
  };
  /** A round that begins and the moment of the last success are not worth a word to the window; the end of a round that it saw is. */
  const tell = () => {
    const now = readSyncStatus(desk, state());
    const key = JSON.stringify({ ...now, syncing: false, lastSuccessAt: now.lastSuccessAt?.slice(0, 16) });
    if (key === told && (now.syncing || !roundSeen)) return;
    told = key;
    roundSeen = now.syncing;
    emit('sync.changed', now);
  };

  async function round(): Promise<void> {
    do {
      again = false;
      // whoever has a filing open decides on what is shown of it: the rest can wait until the round is over
      const onFiling = (id: string) => {
        if (desk.leases.current() === id) emit('work.changed', { filingIds: [id], arrived: 0 });
      };
      const changes = { ...noChanges(), onStep: (now: SyncStep) => (step = now), onFiling };
      const pace = asked ? 'now' : 'patient';
      asked = false;
      const result = await syncOnce(desk, changes, pace).catch((error: unknown) => {
        process.stderr.write(`bug in sync: ${error instanceof Error ? (error.stack ?? error.name) : typeof error}\n`);
        return fail('unexpected');
      });
      problem = result.ok ? null : result.error;
      pauseMs = result.ok ? roundMs : Math.min(pauseMs * 2, Math.max(ROUND_MAX_MS, roundMs));
      askedPauseMs = result.ok ? 0 : Math.min(Number(result.error.params?.['retryAfterSeconds'] ?? 0) * 1000, LONGEST_ASKED_MS);
      if (changes.filingIds.size > 0 || changes.arrived > 0)
        emit('work.changed', { filingIds: [...changes.filingIds], arrived: changes.arrived });
      if (changes.reports > 0) emit('reports.changed', {});
    } while (again && !stopped);
  }

  function run(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    if (timer) clearTimeout(timer);
    running = round().finally(() => {
      running = null;
      step = null;
      afterRound();
      if (started && !stopped) {
        const waitMs = Math.max(pauseMs * (0.75 + random() / 2), askedPauseMs);
        nextAt = new Date(Date.parse(desk.config.clock()) + waitMs).toISOString();
        timer = setTimeout(() => void run(), waitMs);
      }
      tell();
    });
    return running;
  }

  return {
    status,
    centre: () => readSyncCentre(desk, state()),
    nudge: () => {
      tell();
      if (started) setImmediate(() => !stopped && void run());
    },
    now: async () => {
      asked = true;
      await run();
      return status();
    },
    start: () => {
      started = true;
      void run();
      stopWatching = watchFeed({ store: desk.store, client: desk.client, random }, run);
    },
    stop: async () => {
      stopped = true;
      if (timer) clearTimeout(timer);
      await stopWatching();
      await running;
    },
  };
}
