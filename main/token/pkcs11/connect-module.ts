import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { listen, ownBytes } from '../message-port.ts';
import { bytesSchema, resultSchema, sightSchema } from '../port-messages.ts';
import { locatedSchema, moduleAnswerSchema, openedKeySchema, type ModuleCall } from './module-messages.ts';
import type { ModuleOwner, ModuleProcess, StartModule } from './module-owner.ts';

type Failed = Extract<Result<never>, { ok: false }>;
type CallBody = ModuleCall extends infer Call ? (Call extends ModuleCall ? Omit<Call, 'id'> : never) : never;

/** How long a module may take, in milliseconds; one that takes longer counts as hung and its process is ended. */
export type CallLimits = {
  /** Looking at readers and certificates, starting the process and initialising the module. */
  readonly findMs: number;
  readonly loginMs: number;
  /** A login for which a person types on the reader. */
  readonly readerMs: number;
  readonly signMs: number;
  /** How often a module that is watched is asked whether it is still there. */
  readonly pulseMs?: number;
};
export const USUAL_LIMITS: CallLimits = { findMs: 30_000, loginMs: 30_000, readerMs: 120_000, signMs: 60_000 };

/** What a watched module is asked for again and again: one that fell, hangs or could not be initialised tells nothing by itself. */
const PULSE_MS = 5_000;
/** One that falls each time is started again after longer and longer pauses. */
const LONGEST_PAUSE_MS = 60_000;

/** One life of the process that owns a module. */
class Life {
  private readonly started: Promise<ModuleProcess>;
  private readonly onChanged: () => void;
  /** It is over, and nobody asked for that. */
  private readonly onFallen: () => void;
  private waiting: { readonly id: number; settle(result: unknown): void } | null = null;
  private line: Promise<unknown> = Promise.resolve();
  private lastCall = 0;
  private over: Failed | null = null;
  private leaving = false;

  constructor(started: Promise<ModuleProcess>, onChanged: () => void, onFallen: () => void) {
    this.started = started;
    this.onChanged = onChanged;
    this.onFallen = onFallen;
    started.then(
      ({ port }) =>
        listen(port, {
          message: (message) => this.receive(message),
          close: () => this.finish(fail('driver-stopped')),
        }),
      () => this.finish(fail('driver-stopped')),
    );
  }

  get takesCalls(): boolean {
    return this.over === null && !this.leaving;
  }

  /** Calls go one after another, so that each has its own time: a listing must not end a process that waits for a person. */
  ask<T extends z.ZodType>(body: CallBody, value: T, limitMs: number): Promise<Result<z.infer<T>>> {
    const turn = this.line.then(() => this.askNow(body, limitMs));
    this.line = turn;
    return turn.then((result) => {
      const parsed = resultSchema(value).safeParse(result);
      return parsed.success ? (parsed.data as Result<z.infer<T>>) : this.finish(fail('driver-garbage'));
    });
  }

  end(): void {
    this.leaving = true;
    this.finish(fail('driver-stopped'));
  }

  /** Ends once what it was asked before is answered. */
  retire(): void {
    this.leaving = true;
    void this.line.then(() => this.end());
  }

  private async askNow(body: CallBody, limitMs: number): Promise<unknown> {
    if (this.over) return this.over;
    let timer: NodeJS.Timeout | undefined;
    const answered = new Promise<unknown>((settle) => {
      const id = ++this.lastCall;
      this.waiting = { id, settle };
      timer = setTimeout(() => this.finish(fail('driver-timeout')), limitMs);
      void this.started.then(({ port }) => {
        if (!this.over) port.postMessage({ ...body, id });
        if (body.call === 'open') body.pin.fill(0);
      });
    });
    try {
      return await answered;
    } finally {
      clearTimeout(timer);
    }
  }

  private receive(message: unknown): void {
    const answer = moduleAnswerSchema.safeParse(message);
    if (!answer.success) return;
    if ('event' in answer.data) return this.onChanged();
    if (this.waiting?.id !== answer.data.id) return;
    const asked = this.waiting;
    this.waiting = null;
    asked.settle(answer.data.result);
  }

  private finish(why: Failed): Failed {
    if (this.over) return this.over;
    this.over = why;
    this.waiting?.settle(why);
    this.waiting = null;
    void this.started.then(
      (process) => process.end(),
      () => undefined,
    );
    if (!this.leaving) this.onFallen();
    return why;
  }
}

/**
 * A module in a process of its own, which starts at the first call, and again at the first call after it fell, hung or was ended.
 * It ends with the last open key, and everything that it knew of a PIN with it.
 */
export function connectModule(file: string, start: StartModule, limits: CallLimits): ModuleOwner {
  const listeners = new Set<() => void>();
  const sessions = new Map<number, { readonly life: Life; readonly remote: number }>();
  let current: Life | null = null;
  let lastSession = 0;
  let pulse: NodeJS.Timeout | null = null;
  let falls = 0;
  let restsUntilMs = 0;

  const tell = () => {
    for (const listener of listeners) listener();
  };

  function life(): Life {
    if (current?.takesCalls) return current;
    const begun = new Life(start(file), tell, () => fallen(begun));
    current = begun;
    if (listeners.size > 0) void watch(begun);
    return begun;
  }

  /** What its tokens are now is worth a look, which starts it anew. */
  function fallen(ended: Life): void {
    restsUntilMs = performance.now() + Math.min(PULSE_MS * 2 ** falls++, LONGEST_PAUSE_MS);
    if (ended === current) tell();
  }

  async function watch(watched: Life): Promise<void> {
    const answer = await watched.ask({ call: 'watch' }, z.null(), limits.findMs);
    if (answer.ok) falls = 0;
  }

  /** A beat waits for the one before it. */
  async function beat(): Promise<void> {
    if (current?.takesCalls) await watch(current);
    else if (performance.now() >= restsUntilMs) {
      const begun = life();
      const answer = await begun.ask({ call: 'survey' }, sightSchema, limits.findMs);
      if (answer.ok) tell();
    }
    if (pulse !== null) pulse = setTimeout(() => void beat(), limits.pulseMs ?? PULSE_MS).unref();
  }

  function endIfIdle(used: Life): void {
    if ([...sessions.values()].some((session) => session.life === used)) return;
    used.retire();
    // those who watch go on watching, by a process that knows no PIN; what happened between the two is worth a look
    if (listeners.size === 0 || current !== used) return;
    life();
    tell();
  }

  return {
    survey: () => life().ask({ call: 'survey' }, sightSchema, limits.findMs),
    locate: (key) => life().ask({ call: 'locate', key }, locatedSchema, limits.findMs),
    async open(key, pin) {
      const used = life();
      const limitMs = pin.length === 0 ? limits.readerMs : limits.loginMs;
      const opened = await used.ask({ call: 'open', key, pin: ownBytes(pin) }, openedKeySchema, limitMs);
      pin.fill(0);
      if (!opened.ok) {
        endIfIdle(used);
        return opened;
      }
      const session = ++lastSession;
      sessions.set(session, { life: used, remote: opened.value.session });
      return ok({ ...opened.value, session });
    },
    async sign(session, tbs) {
      const held = sessions.get(session);
      if (!held) return fail('token-removed');
      return held.life.ask({ call: 'sign', session: held.remote, tbs: ownBytes(tbs) }, bytesSchema, limits.signMs);
    },
    async close(session) {
      const held = sessions.get(session);
      if (!held) return;
      sessions.delete(session);
      await held.life.ask({ call: 'close', session: held.remote }, z.null(), limits.findMs);
      endIfIdle(held.life);
    },
    onChange(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        if (current?.takesCalls) void watch(current);
        else life();
        pulse = setTimeout(() => void beat(), limits.pulseMs ?? PULSE_MS).unref();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stopPulse();
        if (sessions.size === 0) current?.end();
      };
    },
    end() {
      listeners.clear();
      sessions.clear();
      stopPulse();
      current?.end();
    },
  };

  function stopPulse(): void {
    if (pulse !== null) clearTimeout(pulse);
    pulse = null;
  }
}
