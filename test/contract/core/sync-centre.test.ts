import { afterEach, beforeEach, expect, it } from 'vitest';
import { openCore, pull, push, takeOverFiling, type Core } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { CHANNELS, type ChannelInput, type ChannelName, type ChannelOutput } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { sharedCourt, type CourtDesk, type SharedCourt } from '../../support/desk/shared-court.ts';
import { must, RESOURCES } from '../../support/desk/training-office.ts';
import { withoutPrinter } from '../../support/desk/without-printer.ts';

let court: SharedCourt;
let core: Core;
let other: CourtDesk;
let mine: CourtDesk;
let filing: string;

beforeEach(async () => {
  court = await sharedCourt([
    { clockOff: 0, sharesQueue: false },
    { clockOff: 0, sharesQueue: false },
  ]);
  [mine, other] = court.desks as [CourtDesk, CourtDesk];
  filing = await court.submit();
  for (const { desk } of court.desks) must(await pull(desk));
  const { desk, cable } = mine;
  const { profileDir, clock, newId } = desk.config;
  desk.close();
  const config = {
    profileDir,
    dataKey: must(openDataKey(profileDir, { kind: 'open' })),
    resourcesDir: RESOURCES,
    registryUrl: cable.url,
    clock,
    newId,
    version: '1.4.0',
  };
  const chooseDocuments = () => Promise.resolve({ ok: true as const, value: [] });
  const shell = {
    chooseDocuments,
    ...withoutPrinter,
    publishDocument: () => Promise.resolve(''),
    saveDocument: () => Promise.resolve({ ok: true as const, value: null }),
  };
  core = must(await openCore(config, { tokenHost: createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') })), shell }));
});
afterEach(async () => {
  await core.close();
  await court.close();
});

async function call<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<Result<ChannelOutput<C>>> {
  const answer = (await core.call({ channel, input }, { trusted: true })) as Result<ChannelOutput<C>>;
  if (answer.ok) expect(CHANNELS[channel].output.safeParse(answer.value).error, channel).toBeUndefined();
  return answer;
}
const signIn = async (role: string) => must(await call('session.sign-in', { optionId: `${role}.p12` }));
const centre = async () => must(await call('sync.centre', {}));
const chipOf = async () => must(await call('sync.status', {}));

async function registerHere(): Promise<void> {
  const { revision } = must(await call('filing.get', { id: filing }));
  const flagged = must(await call('filing.flag', { id: filing, revision, defects: [{ code: 'signature', note: null }] }));
  await expect.poll(async () => (await centre()).leases.kept, { timeout: 30_000 }).toBe(1);
  mine.cable.out = true;
  must(await call('filing.register', { id: filing, revision: flagged.revision, joinsCase: null }));
}

it('says what waits, of which filing and why, and what the desk has in hand without a line', async () => {
  await signIn('secretary');
  must(await call('sync.now', {}));
  const before = await centre();
  expect(before).toMatchObject({
    status: { connection: 'online', waiting: 0, updateHold: null },
    step: null,
    waiting: { subjects: [], more: 0 },
    arriving: { documents: 0, filings: 0, bytes: 0 },
    versions: { desk: '1.4.0', protocol: 1, registry: { protocol: 1, minimumDesk: null } },
    anchored: { entries: expect.any(Number) },
  });
  expect(before.numbers[0]).toEqual({ typeIndex: '', left: 100, days: null });
  expect(before.numbers.length).toBeGreaterThan(1);

  await registerHere();
  must(await call('sync.now', {}));
  const after = await centre();
  expect(after.status).toMatchObject({ connection: 'offline', online: false, problem: 'registry-unreachable' });
  expect(after.waiting.subjects).toEqual([
    // that the secretary took it goes beside the registration
    expect.objectContaining({ subject: `work:${filing}`, cabinetNumber: expect.stringMatching(/^\d{12}$/), kinds: ['filing.assign'] }),
    expect.objectContaining({
      subject: filing,
      cabinetNumber: expect.stringMatching(/^\d{12}$/),
      incomingNumber: expect.stringMatching(/-000001$/),
      kinds: ['filing.register', 'filing.send-to-judge', 'talon.issue'],
      behindParked: false,
    }),
  ]);
  expect(after.numbers[0]).toEqual({ typeIndex: '', left: 99, days: 99 });
});

it('an item that was not accepted is compared by anybody of the office, and taken over by whose work it is, with a reason', async () => {
  await signIn('secretary');
  await registerHere();
  const head = court.userOf('office-head');
  const secretary = court.userOf('secretary');
  must(await takeOverFiling(other.desk, { filingId: filing, actor: head, reason: 'ауысым' }));
  const { store, registration } = other.desk;
  const seen = () => ({ id: filing, revision: readFiling(store.read, filing)!.revision, actor: secretary });
  must(flagFiling(registration, seen(), [{ code: 'signature', note: null }]));
  const kept = must(registerFiling(registration, seen(), { joinsCase: null }));
  must(await push(other.desk));
  mine.cable.out = false;
  await expect.poll(async () => must(await call('sync.now', {})).parked.length, { timeout: 30_000 }).toBe(1);
  const [item] = (await chipOf()).parked;
  expect(item).toMatchObject({ code: 'already-registered', kind: 'filing.register', subject: filing });
  expect((await centre()).waiting.subjects).toMatchObject([{ subject: filing, behindParked: true }]);

  const outboxId = item!.id;
  await signIn('judge');
  expect(must(await call('sync.compare', { outboxId })).live).toBe(true);
  // the look stands in the journal once, however often the window asks again
  for (const entries of [1, 1]) {
    const { history } = must(await call('sync.compare', { outboxId }));
    expect(history.filter(({ action }) => action === 'registry.compared')).toHaveLength(entries);
  }
  expect(await call('sync.take-registry', { outboxId, reason: 'x' })).toMatchObject({ error: { code: 'role-not-allowed' } });
  await signIn('secretary');
  expect(await call('sync.take-registry', { outboxId, reason: ' ' })).toMatchObject({ error: { code: 'input-invalid' } });
  expect(must(await call('sync.take-registry', { outboxId, reason: 'басқа орын тіркеген' })).parked).toEqual([]);
  expect(must(await call('filing.get', { id: filing }))).toMatchObject({ incomingNumber: kept.incomingNumber });
  await expect.poll(async () => must(await call('sync.now', {})).waiting, { timeout: 30_000 }).toBe(0);
});
