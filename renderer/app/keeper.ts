import type { Failure, Result } from '../../shared/result.ts';
import { settle } from '../api/kense.ts';

export type Call = () => Promise<Result<unknown>>;
type Typed = { readonly call: Call; readonly value: unknown };

const PAUSE_MS = 400;
const AGAIN_MS = 5_000;

/** Those with something that is not kept, by who typed it and what it is about; they outlast the form in which it was typed. */
const open = new Map<string, Keeper>();
const keyOf = (user: string, subject: string) => `${user} ${subject}`;
/** Nothing that one person typed is kept in the name of another, or of nobody. */
let present: string | null = null;

let failing: readonly (readonly [Keeper, Failure])[] = [];
const listeners = new Set<() => void>();
function tell(of: Keeper, failure: Failure | null): void {
  if (failure === null && !failing.some(([known]) => known === of)) return;
  failing = [...failing.filter(([known]) => known !== of), ...(failure ? [[of, failure] as const] : [])];
  for (const listener of listeners) listener();
}
export const listenToKeepers = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
/** Why something that was typed is not kept yet; null when all of it is. */
export const whyNotKept = (): Failure | null => failing.at(-1)?.[1] ?? null;

/** Who is at the window now: what that person left behind is tried again, what others did is gone. Null: nothing is tried. */
export function beginKeeping(user: string | null): void {
  present = user;
  if (user === null) return;
  for (const keeper of [...open.values()]) {
    if (keeper.user === user) keeper.save();
    else keeper.forget();
  }
}

/** The keeper of what this person types about a subject: the one that still has something of it, or a new one. */
export const keeperOf = (user: string, subject: string): Keeper => open.get(keyOf(user, subject)) ?? new Keeper(user, subject);

/** Keeps what is typed about one subject: after a pause, at once when it is left, and again and again until it succeeds. */
export class Keeper {
  readonly user: string;
  private readonly key: string;
  private typed: Typed | null = null;
  private sent: Typed | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private used = false;

  constructor(user: string, subject: string) {
    this.user = user;
    this.key = keyOf(user, subject);
  }

  /** What was typed and is not kept; null when all of it is. */
  waiting(): unknown {
    return this.typed?.value ?? null;
  }

  put(call: Call, value: unknown): void {
    this.typed = { call, value };
    open.set(this.key, this);
    this.timer ??= setTimeout(() => this.save(), PAUSE_MS);
  }

  forget(): void {
    this.stop();
    this.typed = null;
    if (open.get(this.key) === this) open.delete(this.key);
    tell(this, null);
  }

  use(): void {
    this.used = true;
    this.save();
  }

  leave(): void {
    this.used = false;
    this.save();
    if (this.typed === null) this.forget();
  }

  save(): void {
    const { typed } = this;
    if (typed === null || present !== this.user) return;
    this.stop();
    if (this.sent === typed) return;
    this.sent = typed;
    void settle(typed.call()).then((kept) => this.answered(typed, kept));
  }

  private answered(typed: Typed, kept: Result<unknown>): void {
    if (this.sent === typed) this.sent = null;
    if (this.typed === null) return;
    tell(this, kept.ok ? null : kept.error);
    if (this.typed !== typed) return;
    // what it is about is gone: trying again does not bring it back
    if (kept.ok || (kept.error.code === 'not-found' && !this.used)) this.forget();
    else if (kept.error.code !== 'not-found') this.timer = setTimeout(() => this.save(), AGAIN_MS);
  }

  private stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
