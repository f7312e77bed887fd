import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCore, type Core } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { CHANNELS, type ChannelInput, type ChannelName, type ChannelOutput, type Session } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { must, RESOURCES, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { withoutPrinter } from '../../support/desk/without-printer.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { makeKeyToken, type KeyToken } from '../../support/token/key-token.ts';

const PIN = '123456';
const PATIENCE = { timeout: 20_000 };
const STRANGER = 'БӨТЕН';
let office: TrainingOffice;
let core: Core;
let tokenHost: ReturnType<typeof createTokenHost>;
let token: KeyToken;
let pins = 0;
const told: (Session | null)[] = [];

beforeAll(async () => {
  office = await trainingOffice({ samples: 1 });
  token = makeKeyToken(tempDir(), office.keyOf('judge').file, PIN);
  const citizens = path.join(path.dirname(office.keyOf('judge').file), 'citizens');
  token.put(STRANGER, path.join(citizens, fs.readdirSync(citizens)[0]!));
  const { clock, newId } = office.desk.config;
  office.desk.close();
  tokenHost = createTokenHost(() => {
    pins++;
    return Promise.resolve({ pin: Buffer.from(PIN) });
  });
  const dataKey = must(openDataKey(office.profileDir, { kind: 'open' }));
  const nobody = () => Promise.reject(new Error('nobody asks the shell here'));
  core = must(
    await openCore(
      { profileDir: office.profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: null, clock, newId, version: '0.0.0' },
      { tokenHost, shell: { chooseDocuments: nobody, ...withoutPrinter, publishDocument: nobody, saveDocument: nobody } },
    ),
  );
  core.onEvent((event, payload) => event === 'session.changed' && told.push(payload as Session | null));
  core.startBackground();
  await core.call({ channel: 'sync.now', input: {} }, { trusted: true });
}, 120_000);
afterAll(async () => {
  await core.close();
  tokenHost.end();
  await office.registry.close();
});

async function call<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<Result<ChannelOutput<C>>> {
  const answer = (await core.call({ channel, input }, { trusted: true })) as Result<ChannelOutput<C>>;
  if (answer.ok) expect(CHANNELS[channel].output.safeParse(answer.value).error, channel).toBeUndefined();
  return answer;
}
const onTokens = async () => must(await call('session.options', {})).filter((option) => option.token !== null);
const back = () => expect.poll(onTokens, PATIENCE).toHaveLength(2);
const session = async () => must(await call('session.get', {}));

describe('a key on a token', { timeout: 60_000 }, () => {
  it('is offered before the key files while its token is there', async () => {
    await back();
    const options = must(await call('session.options', {}));
    expect(options[0]).toMatchObject({ token: token.label, refusal: null, roles: ['judge'] });
    expect(options.slice(2).map(({ id }) => id)).toEqual(expect.arrayContaining(['judge.p12', 'secretary.p12']));
    expect(options[0]!.name).toBe(options.find(({ id }) => id === 'judge.p12')!.name);
    token.pull();
    await expect.poll(onTokens, PATIENCE).toEqual([]);
    expect(await call('session.sign-in', { optionId: options[0]!.id })).toMatchObject({ ok: false });
    token.insert();
    await back();
  });

  it('opens a session that is locked when the token is pulled out, and goes on when it is back', async () => {
    const [option] = await onTokens();
    expect(must(await call('session.sign-in', { optionId: option!.id }))).toMatchObject({ activeRole: 'judge', locked: false });
    token.pull();
    await expect.poll(session, PATIENCE).toMatchObject({ locked: true, lockedBy: 'token-removed' });
    expect(told.at(-1)).toMatchObject({ locked: true, lockedBy: 'token-removed' });
    expect(await call('batch.list', {})).toMatchObject({ ok: false, error: { code: 'session-locked' } });
    const before = pins;
    expect(await call('session.unlock', {})).toMatchObject({ ok: false, error: { code: 'device-error' } });
    expect(pins, 'nobody is asked for a PIN that no token can take').toBe(before);
    token.insert();
    await back();
    const unlocked = must(await call('session.unlock', {}));
    expect(unlocked).toMatchObject({ activeRole: 'judge', locked: false });
    expect(unlocked).not.toHaveProperty('lockedBy');
    const asked = { from: null, until: null, actor: null, filingId: null, number: null, text: null, upTo: null, offset: 0, limit: 5 };
    const { lines } = must(await call('journal.list', { ...asked, action: 'session.locked' }));
    expect(lines).toMatchObject([{ details: { reason: 'token-removed' } }]);
  });

  it('does not lock a session that a key file opened', async () => {
    must(await call('session.sign-in', { optionId: 'secretary.p12' }));
    token.pull();
    await expect.poll(onTokens, PATIENCE).toEqual([]);
    expect(await session()).toMatchObject({ activeRole: 'secretary', locked: false });
    token.insert();
    await back();
    must(await call('session.sign-out', {}));
  });

  it('of somebody whom the court does not know is shown with the reason, and no PIN is asked for it', async () => {
    const [, stranger] = await onTokens();
    expect(stranger).toMatchObject({ token: STRANGER, roles: [], refusal: { code: 'user-unknown' } });
    const before = pins;
    expect(await call('session.sign-in', { optionId: stranger!.id })).toMatchObject({ ok: false, error: { code: 'user-unknown' } });
    expect(pins).toBe(before);
    must(await call('session.sign-in', { optionId: 'office-head.p12' }));
    const asked = { from: null, until: null, actor: null, filingId: null, number: null, text: null, upTo: null, offset: 0, limit: 5 };
    const { lines } = must(await call('journal.list', { ...asked, action: 'session.refused' }));
    expect(lines).toMatchObject([{ actor: null, details: { code: 'user-unknown', certificate: expect.stringMatching(/^[0-9a-f]{64}$/) } }]);
  });
});
