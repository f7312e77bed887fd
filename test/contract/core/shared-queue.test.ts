import { afterEach, beforeEach, expect, it } from 'vitest';
import { openCore, pull, type Core } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { heldElsewhere } from '../../../main/sync/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { CHANNELS, type ChannelInput, type ChannelName, type ChannelOutput } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { sharedCourt, type CourtDesk, type SharedCourt } from '../../support/desk/shared-court.ts';
import { must, RESOURCES } from '../../support/desk/training-office.ts';
import { withoutPrinter } from '../../support/desk/without-printer.ts';

let court: SharedCourt;
let core: Core;
let other: CourtDesk;
let filing: string;

beforeEach(async () => {
  court = await sharedCourt([
    { clockOff: 0, sharesQueue: false },
    { clockOff: 0, sharesQueue: false },
  ]);
  other = court.desks[1]!;
  filing = await court.submit();
  for (const { desk } of court.desks) must(await pull(desk));
  const { desk, cable } = court.desks[0]!;
  const { profileDir, clock, newId } = desk.config;
  desk.close();
  const tokenHost = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
  core = must(
    await openCore(
      {
        profileDir,
        dataKey: must(openDataKey(profileDir, { kind: 'open' })),
        resourcesDir: RESOURCES,
        registryUrl: cable.url,
        clock,
        newId,
        version: '0.0.0',
      },
      {
        tokenHost,
        shell: {
          chooseDocuments: () => Promise.resolve({ ok: true as const, value: [] }),
          ...withoutPrinter,
          publishDocument: () => Promise.resolve(''),
          saveDocument: () => Promise.resolve({ ok: true, value: null }),
        },
      },
    ),
  );
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
const get = async () => must(await call('filing.get', { id: filing }));
/** What the other desk sees: a person has the filing open, it is set aside for the window's desk, or nobody has it. */
async function seenByOther(): Promise<'open' | 'set aside' | 'free'> {
  const { store, config } = other.desk;
  must(await pull(other.desk));
  const held = heldElsewhere(store.read, filing, config.clock());
  return held === null ? 'free' : held.holder === null ? 'set aside' : 'open';
}
const settled = () => call('sync.now', {});

it('a secretary who opens a filing has it until it is closed; then it stays set aside for the desk that goes on running', async () => {
  await signIn('secretary');
  await get();
  await expect.poll(seenByOther).toBe('open');
  await call('filing.close', { id: filing });
  await settled();
  await expect.poll(seenByOther).toBe('set aside');
});

it.each(['judge', 'office-head'])('a %s who looks at a filing takes it from nobody', async (role) => {
  await signIn(role);
  await get();
  await settled();
  expect(await seenByOther()).not.toBe('open');
});

it.each(['session.lock', 'session.sign-out'] as const)('%s lets go of what is open', async (channel) => {
  await signIn('secretary');
  await get();
  await expect.poll(seenByOther).toBe('open');
  await call(channel, {});
  // the next round says so; it needs nobody to be signed in
  core.startBackground();
  await expect.poll(seenByOther, { timeout: 30_000 }).toBe('set aside');
});

it('a filing of another desk is shown with who has it, and the head takes it over with a reason', async () => {
  must(await other.desk.leases.hold(filing, court.userOf('secretary')));
  await signIn('secretary');
  await settled();
  expect(await get()).toMatchObject({ held: { silent: false }, allowed: ['recheck'] });
  expect(await call('filing.take-over', { id: filing, reason: 'асығыс' })).toMatchObject({ error: { code: 'role-not-allowed' } });
  await signIn('office-head');
  expect(await call('filing.take-over', { id: filing, reason: ' ' })).toMatchObject({ error: { code: 'input-invalid' } });
  expect(must(await call('filing.take-over', { id: filing, reason: 'асығыс' }))).toMatchObject({ held: null });
  await settled();
  expect((await get()).history).toContainEqual(
    expect.objectContaining({ action: 'lease.taken-over', details: expect.objectContaining({ reason: 'асығыс' }) }),
  );
  expect(await seenByOther()).toBe('open');
  expect(other.desk.store.read.get('SELECT reason FROM lease_loss WHERE filing_id = ?', filing)).toEqual({ reason: 'асығыс' });
});

it('a program that is closed leaves the others everything', async () => {
  await signIn('secretary');
  await settled();
  await get();
  await expect.poll(seenByOther).toBe('open');
  await core.close();
  expect(await seenByOther()).toBe('free');
});
