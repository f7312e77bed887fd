import { verify, type X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTokenHost, type FoundKey, type PinPrompt, type TokenHost, type TokenSession } from '../../../main/token/index.ts';
import type { TokenHostOptions } from '../../../main/token/token-host.ts';
import type { Result } from '../../../shared/result.ts';
import { faultyModule } from '../../support/token/faulty-module.ts';
import { DISPLAY, promptWith } from '../../support/token/pin-prompt.ts';
import { SOFTHSM } from '../../support/token/key-token.ts';
import { SOFT_PIN as PIN, softTokens } from '../../support/token/soft-token.ts';

const tbs = Buffer.from('Талап қоюды қабылдау туралы ұйғарым');
const DAY_MS = 86_400_000;
const shifted = (days: number) => () => new Date(Date.now() + days * DAY_MS).toISOString();
const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

let tokens: ReturnType<typeof softTokens>;
let faulty: ReturnType<typeof faultyModule>;
let certificate: X509Certificate;
beforeAll(() => {
  tokens = softTokens();
  certificate = tokens.token('judge', [{ kind: 'rsa:2048', id: '0a' }]).get('0a')!;
  tokens.token('several', [
    { kind: 'P-256', id: '01' },
    { kind: 'P-256', id: '02', usage: 'digitalSignature' },
  ]);
  faulty = faultyModule();
}, 180_000);
beforeEach(() => {
  faulty.set({});
  faulty.calls();
});

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const USUAL = { findMs: 30_000, loginMs: 30_000, readerMs: 30_000, signMs: 30_000 };
function hostOf(prompt: PinPrompt, options: TokenHostOptions = {}): TokenHost {
  const host = createTokenHost(prompt, { places: { keyFolders: [], modules: [faulty.module] }, ...options });
  closing.push(() => host.end());
  return host;
}
const listed = async (host: TokenHost): Promise<readonly FoundKey[]> => must(await host.list());
const judgesKey = async (host: TokenHost) => (await listed(host)).find(({ label }) => label === 'judge')!.ref;
const open = async (host: TokenHost) => host.open(await judgesKey(host), DISPLAY);
const opened = async (host: TokenHost): Promise<TokenSession> => must(await open(host));
const expectToSign = async (session: TokenSession) => {
  const signed = await session.sign(tbs);
  expect(signed.ok && verify('sha256', tbs, certificate.publicKey, signed.value)).toBe(true);
};

describe('a module that hangs', () => {
  it('while it logs in is ended after its time, and the next try finds a new process', async () => {
    const host = hostOf(promptWith(PIN, PIN).prompt, { limits: { ...USUAL, loginMs: 300 } });
    const key = await judgesKey(host);
    faulty.set({ login: 'hang' });
    expect(await host.open(key, DISPLAY)).toEqual({ ok: false, error: { code: 'driver-timeout', next: 'retry-later' } });
    expect(faulty.calls().filter((call) => call === 'C_Login')).toHaveLength(1);
    faulty.set({});
    await expectToSign(must(await hostOf(promptWith(PIN).prompt).open(key, DISPLAY)));
  });

  it('while it signs answers so for that signature and for every later one of this session', async () => {
    const host = hostOf(promptWith(PIN, PIN).prompt, { limits: { ...USUAL, signMs: 300 } });
    const session = await opened(host);
    faulty.set({ sign: 'hang' });
    expect(await session.sign(tbs)).toMatchObject({ error: { code: 'driver-timeout' } });
    faulty.set({});
    expect(await session.sign(tbs)).toMatchObject({ error: { code: 'driver-timeout' } });
    await session.close();
    const again = await open(host);
    expect(again.ok).toBe(true);
  });
});

describe('a module that falls', () => {
  it.each(['login', 'sign', 'slots', 'initialize'] as const)('in %s takes nothing along, and works again afterwards', async (call) => {
    const host = hostOf(promptWith(PIN, PIN).prompt);
    const key = await judgesKey(hostOf(promptWith().prompt));
    faulty.set({ [call]: 'abort' });
    const answer = await host.open(key, DISPLAY);
    const failed = answer.ok ? await answer.value.sign(tbs) : answer;
    expect(failed).toEqual({ ok: false, error: { code: 'driver-stopped', next: 'retry-later' } });
    if (answer.ok) await answer.value.close();
    faulty.set({});
    await expectToSign(must(await host.open(key, DISPLAY)));
  });

  it.each(['abort', 'hang'] as const)(
    'or hangs while nobody asks it (%s) is noticed, and watched again when it is sound',
    async (fault) => {
      const host = hostOf(promptWith().prompt, { limits: { ...USUAL, findMs: 1_000, pulseMs: 200 } });
      expect(await judgesKey(host)).toBeDefined();
      let told = 0;
      closing.push(host.onChange(() => told++));
      faulty.set({ slots: fault });
      await vi.waitFor(() => expect(told).toBeGreaterThan(0), { timeout: 20_000 });
      faulty.set({});
      const before = told;
      await vi.waitFor(() => expect(told).toBeGreaterThan(before), { timeout: 40_000 });
      tokens.pull();
      const pulled = told;
      await vi.waitFor(() => expect(told).toBeGreaterThan(pulled), { timeout: 20_000 });
      tokens.insert();
    },
  );

  it('while keys are listed hides no key of another place', async () => {
    faulty.set({ slots: 'abort' });
    const host = createTokenHost(promptWith().prompt, { places: { keyFolders: [], modules: [faulty.module, SOFTHSM] } });
    closing.push(() => host.end());
    const keys = await listed(host);
    expect(keys.map(({ label }) => label).sort()).toEqual(['judge', 'several', 'several']);
    const states = must(await host.modules()).map(({ module, sight }) => [path.basename(module), sight.ok || sight.error.code]);
    expect(states).toEqual([
      ['faulty.so', 'driver-stopped'],
      ['libsofthsm2.so', true],
    ]);
  });

  it('when it is looked at is left alone for a minute, unless somebody opens a key of it', async () => {
    const host = hostOf(promptWith(PIN).prompt);
    const key = await judgesKey(hostOf(promptWith().prompt));
    faulty.set({ slots: 'abort' });
    expect(await host.list()).toMatchObject({ error: { code: 'driver-stopped' } });
    faulty.set({});
    faulty.calls();
    expect(await host.list()).toMatchObject({ error: { code: 'driver-stopped' } });
    expect(faulty.calls()).toEqual([]);
    await must(await host.open(key, DISPLAY)).close();
    expect(await listed(host)).toHaveLength(3);
  });

  it('is told when there is nothing else to offer', async () => {
    faulty.set({ slots: 'abort' });
    expect(await hostOf(promptWith().prompt).list()).toMatchObject({ error: { code: 'driver-stopped' } });
  });
});

describe('a module that answers nonsense', () => {
  it.each(['wrong', 'long', 'short'])('gives no %s signature away, and its session is closed', async (sign) => {
    const session = await opened(hostOf(promptWith(PIN).prompt));
    faulty.calls();
    faulty.set({ sign });
    expect(await session.sign(tbs)).toMatchObject({ ok: false, error: { code: 'driver-garbage', next: 'ask-user' } });
    expect(faulty.calls()).toEqual(['C_Sign', 'C_Logout', 'C_CloseSession']);
    faulty.set({});
    expect(await session.sign(tbs)).toMatchObject({ error: { code: 'driver-garbage' } });
    expect(faulty.calls()).toEqual([]);
  });

  it('offers no certificate that cannot be read', async () => {
    faulty.set({ attributes: 'garbage' });
    expect(await listed(hostOf(promptWith().prompt))).toEqual([]);
  });

  it('is left out when it is no module, and when it is not there', async () => {
    const text = path.join(tokens.dir, 'text.so');
    fs.writeFileSync(text, 'no program');
    const missing = path.join(tokens.dir, 'missing.so');
    const places = { keyFolders: [], modules: [missing, text, 'relative.so'] };
    const host = hostOf(promptWith().prompt, { places });
    expect(await host.list()).toMatchObject({ error: { code: 'driver-missing', params: { reason: 'unloadable' } } });
    expect(must(await host.modules()).map(({ module }) => module)).toEqual([text]);
  });
});

describe('a PIN', () => {
  it('is not asked for when the token is locked, and a lock at login is told as one', async () => {
    const { prompt, asked } = promptWith(PIN);
    const host = hostOf(prompt);
    faulty.set({ flags: '0x40000' });
    expect((await listed(host))[0]).toMatchObject({ tries: 'locked' });
    expect(await open(host)).toEqual({ ok: false, error: { code: 'pin-locked', next: 'stop' } });
    expect(asked).toEqual([]);
    faulty.set({ login: '0xa4' });
    expect(await open(host)).toMatchObject({ error: { code: 'pin-locked' } });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['unknown', {}],
    ['low', { flags: '0x10000' }],
    ['final', { flags: '0x20000' }],
  ] as const)('that is wrong is told with what the token says of the tries left: %s', async (tries, flags) => {
    const host = hostOf(() => Promise.resolve({ pin: Buffer.from(PIN), lastTryConfirmed: true }));
    faulty.set({ login: '0xa0', ...flags });
    expect(await open(host)).toEqual({ ok: false, error: { code: 'pin-wrong', params: { tries }, next: 'fix-input' } });
    expect(faulty.calls().filter((call) => call === 'C_Login')).toHaveLength(1);
  });

  it('that was the last one is told as a lock', async () => {
    const host = hostOf(() => {
      faulty.set({ login: '0xa0', flags: '0x40000' });
      return Promise.resolve({ pin: Buffer.from('0000'), lastTryConfirmed: true });
    });
    faulty.set({ flags: '0x20000' });
    expect(await open(host)).toMatchObject({ error: { code: 'pin-locked' } });
  });

  it('for the last try goes to the token only when the person has confirmed that', async () => {
    faulty.set({ flags: '0x20000' });
    const { prompt, asked, given } = promptWith(PIN);
    expect(await open(hostOf(prompt))).toEqual({ ok: false, error: { code: 'pin-last-try', next: 'ask-user' } });
    expect(asked.map(({ state }) => state)).toEqual(['final']);
    expect(given[0]!.toString('hex')).toBe('00'.repeat(4));
    expect(faulty.calls()).not.toContain('C_Login');
    await expectToSign(must(await open(hostOf(() => Promise.resolve({ pin: Buffer.from(PIN), lastTryConfirmed: true })))));
  });

  it('is typed on the reader when the token wants it so', async () => {
    faulty.set({ flags: '0x100' });
    const { prompt, asked } = promptWith('');
    const host = hostOf(prompt);
    expect((await listed(host))[0]).toMatchObject({ protectedPath: true });
    await expectToSign(await opened(host));
    expect(asked.map(({ way }) => way)).toEqual(['on-reader']);
    expect(faulty.calls().filter((call) => call.startsWith('C_Login'))).toEqual(['C_Login reader']);
  });

  it('that is empty is no try', async () => {
    expect(await open(hostOf(promptWith('').prompt))).toMatchObject({ error: { code: 'pin-cancelled' } });
    expect(faulty.calls()).not.toContain('C_Login');
  });

  it.each([
    ['0xa3', 'pin-unset'],
    ['0x102', 'pin-unset'],
    ['0x50', 'pin-cancelled'],
    ['0x30', 'device-error'],
    ['0x32', 'token-removed'],
    ['0xe0', 'token-removed'],
    ['0x80000123', 'device-error'],
  ])('that the module answers with %s is told as %s', async (login, code) => {
    faulty.set({ login });
    expect(await open(hostOf(promptWith(PIN).prompt))).toMatchObject({ ok: false, error: { code } });
    expect(faulty.calls().at(-1)).toBe('C_CloseSession');
  });

  it('is wanted for each signature by some keys: one is made, a second is not', async () => {
    faulty.set({ key: 'always-authenticate' });
    const session = await opened(hostOf(promptWith(PIN).prompt));
    expect(session.signsOnce).toBe(true);
    await expectToSign(session);
    expect(await session.sign(tbs)).toMatchObject({ error: { code: 'pin-each-time' } });
    expect(faulty.calls().filter((call) => call.startsWith('C_Login') || call === 'C_Sign')).toEqual([
      'C_Login',
      'C_Login context',
      'C_Sign',
    ]);
  });
});

describe('one open key', () => {
  it('is one session and one login, which end with it', async () => {
    const host = hostOf(promptWith(PIN).prompt);
    const key = await judgesKey(host);
    faulty.calls();
    const session = must(await host.open(key, DISPLAY));
    for (let act = 0; act < 3; act += 1) await expectToSign(session);
    await session.close();
    const calls = faulty.calls();
    expect(calls.filter((call) => call === 'C_Login' || call === 'C_Logout')).toEqual(['C_Login', 'C_Logout']);
    expect(calls.filter((call) => call === 'C_OpenSession')).toHaveLength(calls.filter((call) => call === 'C_CloseSession').length);
    expect(calls).not.toContain('C_Initialize');
  });

  it('is closed after two minutes without a signature, and each signature begins them anew', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const session = await opened(hostOf(promptWith(PIN).prompt, { startModule: null }));
      vi.advanceTimersByTime(119_000);
      await expectToSign(session);
      vi.advanceTimersByTime(119_000);
      await expectToSign(session);
      faulty.calls();
      vi.advanceTimersByTime(120_000);
      expect(faulty.calls()).toEqual(['C_Logout', 'C_CloseSession']);
      expect(await session.sign(tbs)).toEqual({ ok: false, error: { code: 'pin-idle', next: 'ask-user' } });
      expect(faulty.calls()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps its token busy: another key of that token waits until it is closed, without a question', async () => {
    const { prompt, asked } = promptWith(PIN, PIN);
    const host = hostOf(prompt);
    const session = await opened(host);
    expect(await open(host)).toEqual({ ok: false, error: { code: 'token-busy', next: 'retry-later' } });
    expect(asked).toHaveLength(1);
    await expectToSign(session);
    await session.close();
    await expectToSign(await opened(host));
  });
});

describe('a token', () => {
  it('that fails in the middle of a signature closes its session', async () => {
    for (const [sign, code] of [
      ['0x32', 'token-removed'],
      ['0xb3', 'token-removed'],
      ['0x30', 'device-error'],
      ['0x90', 'device-error'],
    ]) {
      faulty.set({});
      const session = await opened(hostOf(promptWith(PIN).prompt));
      faulty.set({ sign: sign! });
      expect(await session.sign(tbs)).toMatchObject({ error: { code } });
      expect(faulty.calls().slice(-2)).toEqual(['C_Logout', 'C_CloseSession']);
      expect(await session.sign(tbs)).toMatchObject({ error: { code } });
    }
  });

  it('that is pulled while a key is open signs no more, and signs again once it is back and the PIN was given anew', async () => {
    const { prompt, asked } = promptWith(PIN, PIN);
    const host = hostOf(prompt);
    const session = await opened(host);
    await expectToSign(session);
    tokens.pull();
    try {
      expect(await session.sign(tbs)).toEqual({ ok: false, error: { code: 'token-removed', next: 'ask-user' } });
      expect(await session.sign(tbs)).toMatchObject({ error: { code: 'token-removed' } });
    } finally {
      tokens.insert();
    }
    expect(await session.sign(tbs)).toMatchObject({ error: { code: 'token-removed' } });
    await session.close();
    expect(asked).toHaveLength(1);
    await expectToSign(await opened(host));
  });

  it('that is not there is told from a computer without readers, before any question', async () => {
    const { prompt, asked } = promptWith();
    const host = hostOf(prompt);
    const key = await judgesKey(host);
    faulty.set({ token: 'absent' });
    expect(await host.open(key, DISPLAY)).toEqual({ ok: false, error: { code: 'token-absent', next: 'ask-user' } });
    faulty.set({ slots: 'none' });
    expect(await host.open(key, DISPLAY)).toEqual({ ok: false, error: { code: 'reader-absent', next: 'ask-user' } });
    expect(await listed(host)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('that goes and comes is told to those who watch, and an open key goes with it', async () => {
    const host = hostOf(promptWith(PIN).prompt);
    const session = await opened(host);
    let tell: () => void = () => {};
    const change = () => new Promise<void>((resolve) => (tell = resolve));
    const stop = host.onChange(() => tell());
    closing.push(stop);
    // the first look of the watch comes before this answer
    await listed(host);
    await expectToSign(session);
    const gone = change();
    faulty.set({ token: 'absent' });
    await gone;
    expect(await listed(host)).toEqual([]);
    const back = change();
    faulty.set({});
    await back;
    expect(await listed(host)).toHaveLength(3);
    expect(await session.sign(tbs)).toMatchObject({ error: { code: 'token-removed' } });
  });

  it('shows each of its certificates as a key of its own', async () => {
    const keys = (await listed(hostOf(promptWith().prompt))).filter(({ label }) => label === 'several');
    expect(keys.map(({ ref }) => ref.kind === 'pkcs11' && ref.id).sort()).toEqual(['01', '02']);
  });

  it('whose certificate is not fit is refused before any question', async () => {
    const { prompt, asked } = promptWith();
    const key = await judgesKey(hostOf(prompt));
    const unfit = (reason: string) => ({ ok: false, error: { code: 'certificate-unfit', params: { reason }, next: 'fix-input' } });
    expect(await hostOf(prompt, { clock: shifted(31) }).open(key, DISPLAY)).toEqual(unfit('expired'));
    expect(await hostOf(prompt, { clock: shifted(-1) }).open(key, DISPLAY)).toEqual(unfit('not-yet-valid'));
    const keys = await listed(hostOf(prompt));
    const authentication = keys.find(({ ref }) => ref.kind === 'pkcs11' && ref.id === '02')!.ref;
    expect(await hostOf(prompt).open(authentication, DISPLAY)).toEqual(unfit('key-usage'));
    expect(await hostOf(prompt).open({ ...key, id: 'ff' } as typeof key, DISPLAY)).toEqual(unfit('no-match'));
    expect(asked).toEqual([]);
  });

  it('whose certificate belongs to another key is found out at the login', async () => {
    const strange = tokens.token('strange', [{ kind: 'rsa:2048', id: '01' }]).get('01')!;
    tokens.token('mixed', [{ kind: 'rsa:2048', id: '01' }]);
    tokens.putCertificate('mixed', '02', Buffer.from(strange.toString()));
    const host = hostOf(promptWith(PIN).prompt);
    const key = (await listed(host)).find(({ label, ref }) => label === 'mixed' && ref.kind === 'pkcs11' && ref.id === '02')!;
    expect(await host.open(key.ref, DISPLAY)).toMatchObject({ error: { code: 'certificate-unfit', params: { reason: 'no-match' } } });
  });
});

describe('a module that was not allowed', () => {
  it('is never loaded, whatever key is named', async () => {
    const { prompt, asked } = promptWith();
    const key = await judgesKey(hostOf(prompt));
    const other = createTokenHost(prompt, { places: { keyFolders: [], modules: [SOFTHSM] } });
    closing.push(() => other.end());
    faulty.calls();
    expect(await other.open(key, DISPLAY)).toEqual({
      ok: false,
      error: { code: 'driver-missing', params: { reason: 'absent' }, next: 'ask-user' },
    });
    expect(faulty.calls()).toEqual([]);
    expect(asked).toEqual([]);
  });
});
