import type { Result } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import { readSetting, writeSetting } from '../store/index.ts';
import { loadDay, makeDayFiling } from '../training/index.ts';
import { knownCases, readKit, submitSample } from './create-training-profile.ts';
import type { Desk } from './desk.ts';

const SETTING = 'training.day';
const TICK_MS = 60_000;
/** A computer that slept, or a clock that was set forward, brings no day at once. */
const MOST_MS = 2 * TICK_MS;

/** `at`: when the next filing was signed, fixed before it is sent, so that a second attempt sends the same bytes. */
type DayState = { readonly openMs: number; readonly sent: number; readonly at: string | null };

/**
 * What filers send in the course of a training day, each filing once, by the minutes that training has been open. `tick` counts what has
 * passed since the one before and sends what is due; what a broken line kept back goes with the next. Errors: those of the registry.
 */
export function createTrainingDay(desk: Desk) {
  const { config, store, profile } = desk;
  const day = loadDay();
  let last: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;
  const read = (): DayState => readSetting<DayState>(store.read, SETTING) ?? { openMs: 0, sent: 0, at: null };
  const keep = (state: DayState) => (store.write((tx) => writeSetting(tx, SETTING, state)), state);

  async function tick(): Promise<Result<number>> {
    const now = Date.parse(config.clock());
    const passed = last === null ? 0 : Math.min(Math.max(now - last, 0), MOST_MS);
    last = now;
    let state = read();
    if (state.sent >= day.length) return ok(state.sent);
    state = keep({ ...state, openMs: state.openMs + passed });
    const kit = await readKit(config.profileDir);
    for (let next = day[state.sent]; kit && next && next.minute * 60_000 <= state.openMs && !stopped; next = day[state.sent]) {
      const at = state.at ?? config.clock();
      state = keep({ ...state, at });
      const filing = await makeDayFiling({
        place: state.sent,
        kit,
        at,
        caseNumbers: knownCases(kit.createdAt),
        resourcesDir: config.resourcesDir,
      });
      const key = `training-day-${profile.workstationId}-${state.sent}`;
      const sent = await submitSample(config.registryUrl ?? profile.registryUrl, filing, key);
      if (!sent.ok) return sent;
      state = keep({ ...state, sent: state.sent + 1, at: null });
    }
    return ok(state.sent);
  }

  function run(): void {
    running = tick().catch((error: unknown) => {
      process.stderr.write(`bug in the training day: ${error instanceof Error ? (error.stack ?? error.name) : typeof error}\n`);
    });
    void running.then(() => {
      if (!stopped && read().sent < day.length) timer = setTimeout(run, TICK_MS);
    });
  }

  return {
    tick,
    start: run,
    stop: async (): Promise<void> => {
      stopped = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}
