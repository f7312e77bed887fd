import {
  checkToRegister,
  compareWithRegistry,
  holdToRegister,
  outboxOf,
  pull,
  push,
  takeOverFiling,
  type Desk,
} from '../../../main/core/index.ts';
import { readFiling, yieldRegistration } from '../../../main/intake/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import { retryParked, returnNumbers } from '../../../main/sync/index.ts';
import type { NumberAccount } from '../../../shared/registry/index.ts';

/** What people do at one desk. */
export type DeskStep =
  | { readonly kind: 'open' | 'hold' | 'register' | 'take-over' | 'yield' | 'let-go'; readonly filingId: string }
  | { readonly kind: 'close' | 'return-numbers' };
export type People = { readonly secretary: string; readonly head: string };

/** What a desk holds true. */
export type DeskFacts = {
  readonly workstationId: string;
  /** Those of the filings that it has bound numbers to by itself. */
  readonly registered: readonly string[];
  readonly incomingNumbers: Readonly<Record<string, string | null>>;
  /** Every incoming number that it ever bound. */
  readonly bound: readonly string[];
  readonly blocks: Readonly<Record<string, { readonly next: number; readonly returnedFrom: number | null }>>;
  readonly outbox: { readonly waiting: number; readonly parked: readonly object[] };
  readonly chain: string;
};

/** Everything that a test may ask of a desk, in this process or in another; answers are plain data. */
export const deskWork = {
  /** `done`, or why the round ended early. */
  async round(desk: Desk): Promise<string> {
    const pulled = await pull(desk);
    if (pulled.ok) await push(desk);
    return pulled.ok ? 'done' : JSON.stringify(pulled.error);
  },

  async take(desk: Desk, step: DeskStep, { secretary, head }: People): Promise<null> {
    switch (step.kind) {
      case 'open':
        await desk.leases.open(step.filingId, secretary);
        break;
      case 'hold':
        await desk.leases.hold(step.filingId, secretary);
        break;
      case 'let-go':
        desk.leases.letGo(step.filingId);
        break;
      case 'close':
        desk.leases.close();
        break;
      case 'register':
        await registerFlagged(desk, step.filingId, secretary);
        break;
      case 'take-over':
        await takeOverFiling(desk, { filingId: step.filingId, actor: head, reason: 'хатшы жоқ' });
        break;
      case 'yield':
        giveWay(desk, step.filingId, secretary);
        break;
      case 'return-numbers':
        desk.store.write((tx) => returnNumbers(tx, { newId: desk.config.newId, at: desk.config.clock(), actor: secretary }, 'all'));
    }
    return null;
  },

  /** Everybody has gone home, and a person has looked at what was refused; then a round. */
  settle(desk: Desk, filings: readonly string[], { secretary }: People): Promise<string> {
    for (const id of filings) giveWay(desk, id, secretary);
    for (const parked of outboxOf(desk).parked) retryParked(desk.store, parked.id, secretary, desk.config.clock());
    desk.leases.close();
    for (const id of filings) desk.leases.letGo(id);
    return deskWork.round(desk);
  },

  async facts({ store, profile, ...desk }: Desk, filings: readonly string[]): Promise<DeskFacts> {
    const { read } = store;
    const registered = filings.filter((id) => read.get('SELECT 1 FROM talon WHERE filing_id = ?', id));
    const blocks = read.all<{ id: string; next: number; returnedFrom: number | null }>(
      'SELECT id, next, returned_from AS returnedFrom FROM number_block',
    );
    const bound = read.all<{ number: string }>(
      "SELECT json_extract(details, '$.incomingNumber') AS number FROM journal WHERE action = 'filing.registered'",
    );
    return Promise.resolve({
      workstationId: profile.workstationId,
      registered,
      incomingNumbers: Object.fromEntries(filings.map((id) => [id, readFiling(read, id)?.incomingNumber ?? null])),
      bound: bound.map(({ number }) => number),
      blocks: Object.fromEntries(blocks.map(({ id, ...block }) => [id, block])),
      outbox: outboxOf({ store, profile, ...desk }),
      chain: store.checkJournal().chain,
    });
  },

  /** What this desk and the registry see otherwise. */
  async differences(desk: Desk): Promise<readonly unknown[]> {
    const compared = await compareWithRegistry(desk);
    if (!compared.ok) throw new Error(compared.error.code);
    return compared.value.differences;
  },

  /** The registry's account of every number of the court's year. */
  async accounts(desk: Desk): Promise<readonly NumberAccount[]> {
    const year = desk.config.clock().slice(2, 4);
    const accounts: NumberAccount[] = [];
    for (const series of ['incoming', 'case'] as const) {
      const answer = await desk.client.numberAccounts(series, year);
      if (!answer.ok) throw new Error(answer.error.code);
      accounts.push(...answer.value);
    }
    return accounts;
  },

  async isUp(desk: Desk): Promise<boolean> {
    return (await desk.client.health()).ok;
  },
};

type Work = typeof deskWork;
type Rest<F> = F extends (desk: Desk, ...rest: infer R) => infer A ? (...rest: R) => A : never;
/** The same without the desk. */
export type DeskHands = { readonly [K in keyof Work]: Rest<Work[K]> };

export function handsOf(ask: (name: keyof Work, args: readonly unknown[]) => Promise<unknown>): DeskHands {
  const names = Object.keys(deskWork) as (keyof Work)[];
  return Object.fromEntries(names.map((name) => [name, (...args: unknown[]) => ask(name, args)])) as unknown as DeskHands;
}

export function doWork(desk: Desk, name: keyof Work, args: readonly unknown[]): Promise<unknown> {
  return (deskWork[name] as (desk: Desk, ...rest: readonly unknown[]) => Promise<unknown>)(desk, ...args);
}

async function registerFlagged(desk: Desk, id: string, actor: string): Promise<void> {
  if (!readFiling(desk.store.read, id)) return;
  await holdToRegister(desk, id, actor);
  await checkToRegister(desk, id);
  const seen = () => ({ id, revision: readFiling(desk.store.read, id)!.revision, actor });
  flagFiling(desk.registration, seen(), [{ code: 'signature', note: null }]);
  registerFiling(desk.registration, seen(), { joinsCase: null });
}

const giveWay = ({ store, config }: Desk, id: string, actor: string) =>
  store.write((tx) => yieldRegistration(tx, id, { actor, at: config.clock(), newId: config.newId }));
