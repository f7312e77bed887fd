import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, verify, type X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sealPdf, type SealingParts } from '../../../main/sealing/index.ts';
import { buildSignedData } from '../../../main/signature/cms/build-signed-data.ts';
import { loadPolicy } from '../../../main/signature/index.ts';
import {
  connectPinPrompt,
  connectTokenHost,
  createTokenHost,
  openToSign,
  servePinPrompt,
  serveTokenHost,
  signerOf,
  signingResult,
  type FoundKey,
  type KeyPlaces,
  type MessagePortLike,
  type PinPrompt,
  type SigningDisplay,
  type TokenHost,
  type TokenSession,
} from '../../../main/token/index.ts';
import type { Certificate } from '../../support/openssl-pki.ts';
import { paper } from '../../support/signing-scene.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { signsBy, startNcaLayer, type NcaLayerDouble } from '../../support/token/ncalayer-double.ts';
import { DISPLAY, promptWith } from '../../support/token/pin-prompt.ts';
import { SOFTHSM } from '../../support/token/key-token.ts';
import { SOFT_PIN, softTokens, type KeyKind } from '../../support/token/soft-token.ts';

const tbs = Buffer.from('Талап қоюды қабылдау туралы ұйғарым');
const PIN = SOFT_PIN;
const KINDS: readonly KeyKind[] = ['rsa:2048', 'P-256', 'rsa:3072', 'P-384'];
/** Of another size only: they are listed and sign. */
const SIZES = ['rsa:3072', 'P-384'];

/** What a kind of key offers to these tests: two keys for acts and one for signing in alone, by the label it is listed with. */
type Kind = { readonly places: KeyPlaces; readonly key: string; readonly other: string; readonly auth: string; readonly algorithm: string };

const certificates = new Map<string, X509Certificate>();
const tokenLabel = (kind: KeyKind, role: string) => `${kind.replace(/\W/g, '')}-${role}`;
let folder: string;
let tokenFiles: string;

beforeAll(() => {
  const tokens = softTokens();
  tokenFiles = tokens.dir;
  for (const kind of KINDS) {
    for (const [role, usage] of Object.entries({
      judge: 'digitalSignature,nonRepudiation',
      other: 'digitalSignature,nonRepudiation',
      auth: 'digitalSignature,keyEncipherment',
    })) {
      if (SIZES.includes(kind) && role !== 'judge') continue;
      const label = tokenLabel(kind, role);
      certificates.set(label, tokens.token(label, [{ kind, id: '01', usage }]).get('01')!);
    }
  }
  folder = tempDir();
  for (const role of ['judge', 'other', 'auth']) {
    const label = tokenLabel('rsa:2048', role);
    const [key, certificate] = ['pem', 'crt'].map((end) => path.join(tokens.dir, `${label}-01.${end}`));
    const out = path.join(folder, `${role}.p12`);
    execFileSync('openssl', ['pkcs12', '-export', '-inkey', key!, '-in', certificate!, '-passout', `pass:${PIN}`, '-out', out]);
    certificates.set(`${role}.p12`, certificates.get(label)!);
  }
}, 180_000);

const kindOf: Readonly<Record<string, () => Kind>> = {
  'a key file': () => ({
    places: { keyFolders: [folder], modules: [] },
    key: 'judge.p12',
    other: 'other.p12',
    auth: 'auth.p12',
    algorithm: 'RSA-SHA256',
  }),
  ...Object.fromEntries(
    KINDS.map((kind) => [
      `a token with ${kind}`,
      () => ({
        places: { keyFolders: [], modules: [SOFTHSM] },
        key: tokenLabel(kind, 'judge'),
        other: tokenLabel(kind, 'other'),
        auth: tokenLabel(kind, 'auth'),
        algorithm: kind.startsWith('rsa') ? 'RSA-SHA256' : `ECDSA-${kind.replace('-', '')}-SHA256`,
      }),
    ]),
  ),
};

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const wire: unknown[] = [];
function watched(port: MessagePort): MessagePortLike {
  closing.push(() => port.close());
  return {
    postMessage: (message) => {
      wire.push(message);
      port.postMessage(message);
    },
    on: (event: string, listener: (value: unknown) => void) => port.on(event, listener),
    close: () => port.close(),
  };
}

const WAYS: Readonly<Record<string, (prompt: PinPrompt, places: KeyPlaces) => TokenHost>> = {
  'in this process': (prompt, places) => {
    const host = createTokenHost(prompt, { places, startModule: null });
    closing.push(() => host.end());
    return host;
  },
  'with its module in a process of its own, over ports': (prompt, places) => {
    const [core, pins] = [new MessageChannel(), new MessageChannel()];
    closing.push(() => [pins.port1, pins.port2].forEach((port) => port.close()));
    servePinPrompt(pins.port1, prompt);
    serveTokenHost(watched(core.port2), connectPinPrompt(pins.port2));
    const host = connectTokenHost(watched(core.port1));
    host.use(places);
    return host;
  },
};

const [HERE, APART] = Object.keys(WAYS);
/** The way to a module is the same for every size of key. */
const APART_TOO = ['a key file', 'a token with rsa:2048', 'a token with P-256'];
const CASES = [...Object.keys(kindOf).map((kind) => [kind, HERE!] as const), ...APART_TOO.map((kind) => [kind, APART!] as const)];

describe.each(CASES)('%s, %s', (name, way) => {
  const hostWith = (prompt: PinPrompt) => WAYS[way]!(prompt, kindOf[name]!().places);

  async function find(host: TokenHost, label: string): Promise<FoundKey> {
    const listed = await host.list();
    if (!listed.ok) throw new Error(listed.error.code);
    return listed.value.find((key) => key.label === label)!;
  }
  const open = async (host: TokenHost, label: string, display: SigningDisplay = DISPLAY) =>
    host.open((await find(host, label)).ref, display);
  async function opened(host: TokenHost, label: string, display?: SigningDisplay): Promise<TokenSession> {
    const session = await open(host, label, display);
    if (!session.ok) throw new Error(session.error.code);
    return session.value;
  }

  it('is listed without a PIN, with its certificate where it shows one', async () => {
    const { prompt, asked } = promptWith();
    const { key } = kindOf[name]!();
    const found = await find(hostWith(prompt), key);
    expect(found).toMatchObject({ label: key, protectedPath: false, alwaysAuthenticate: false });
    expect(found.certificate && Buffer.from(found.certificate)).toEqual(found.ref.kind === 'pkcs12' ? null : certificates.get(key)!.raw);
    expect(asked).toEqual([]);
  });

  it('signs after one right PIN, and Node and OpenSSL verify it', async () => {
    const { prompt, asked, given } = promptWith(PIN);
    const { key, algorithm } = kindOf[name]!();
    const session = await opened(hostWith(prompt), key);
    const signed = await session.sign(tbs);
    expect(session).toMatchObject({ algorithm, signsOnce: false });
    expect(Buffer.from(session.certificate)).toEqual(certificates.get(key)!.raw);
    expect(signed.ok && verify('sha256', tbs, certificates.get(key)!.publicKey, signed.value)).toBe(true);

    const dir = tempDir();
    const file = (end: string, bytes: string | Uint8Array) => {
      fs.writeFileSync(path.join(dir, end), bytes);
      return path.join(dir, end);
    };
    const publicKey = file('key', certificates.get(key)!.publicKey.export({ type: 'spki', format: 'pem' }));
    const value = file('value', signed.ok ? signed.value : '');
    const judged = spawnSync('openssl', ['dgst', '-sha256', '-verify', publicKey, '-signature', value, file('tbs', tbs)]);
    expect(judged.stdout.toString()).toContain('Verified OK');

    const contentDigest = createHash('sha256').update(tbs).digest();
    const cms = await signingResult(() =>
      buildSignedData({ signer: signerOf(session), contentDigest, attachedContent: tbs, signingTime: null }),
    );
    const [message, anchor] = [file('cms', cms.ok ? cms.value : ''), file('anchor', certificates.get(key)!.toString())];
    const options = ['-cades', '-binary', '-inform', 'DER', '-in', message, '-CAfile', anchor, '-purpose', 'any', '-partial_chain'];
    expect(spawnSync('openssl', ['cms', '-verify', ...options]).stderr.toString()).toContain('Verification successful');

    await session.close();
    expect(asked).toEqual([{ display: DISPLAY, state: asked[0]!.state, way: 'typed' }]);
    expect(given.map((pin) => pin.toString('hex'))).toEqual(['00'.repeat(PIN.length)]);
  });

  if (SIZES.some((kind) => name.endsWith(kind))) return;

  it('answers a wrong PIN at once and does not ask or try again by itself', async () => {
    const { prompt, asked, given } = promptWith('0000', PIN);
    const host = hostWith(prompt);
    const { key } = kindOf[name]!();
    expect(await open(host, key)).toMatchObject({ ok: false, error: { code: 'pin-wrong', next: 'fix-input' } });
    expect(asked).toHaveLength(1);
    expect(given[0]!.toString('hex')).toBe('00'.repeat(4));
    await (await opened(host, key)).close();
    expect(['wrong', 'low']).toContain(asked[1]!.state);
  });

  it('answers a cancel, and opens nothing', async () => {
    const { key } = kindOf[name]!();
    expect(await open(hostWith(promptWith(null).prompt), key)).toMatchObject({ error: { code: 'pin-cancelled' } });
  });

  it('signs nothing once it is closed', async () => {
    const { key } = kindOf[name]!();
    const session = await opened(hostWith(promptWith(PIN).prompt), key);
    await session.close();
    await session.close();
    expect(await session.sign(tbs)).toMatchObject({ ok: false, error: { code: 'token-removed' } });
  });

  it('keeps two open keys apart', async () => {
    const { key, other } = kindOf[name]!();
    const host = hostWith(promptWith(PIN, PIN).prompt);
    const [first, second] = [await opened(host, key), await opened(host, other)];
    await first.close();
    const signed = await second.sign(tbs);
    expect(signed.ok && verify('sha256', tbs, certificates.get(other)!.publicKey, signed.value)).toBe(true);
    expect(await first.sign(tbs)).toMatchObject({ error: { code: 'token-removed' } });
    await second.close();
  });

  it('signs in with a key for authentication, and signs neither acts nor papers with it', async () => {
    const { auth } = kindOf[name]!();
    for (const purpose of ['act', 'paper'] as const)
      expect(await open(hostWith(promptWith(PIN).prompt), auth, { ...DISPLAY, purpose })).toMatchObject({
        error: { code: 'certificate-unfit', params: { reason: 'key-usage' } },
      });
    await (await opened(hostWith(promptWith(PIN).prompt), auth, { ...DISPLAY, purpose: 'sign-in' })).close();
  });
});

describe('every kind of key, NCALayer too, by the one way in for acts', () => {
  const holder = (role: string): Certificate => {
    const [key, pem] = ['pem', 'crt'].map((end) => path.join(tokenFiles, `${tokenLabel('rsa:2048', role)}-01.${end}`)) as [string, string];
    return { pem, key, der: certificates.get(`${role}.p12`)!.raw, subject: role };
  };
  let program: NcaLayerDouble;
  let parts: SealingParts;
  beforeAll(async () => {
    program = await startNcaLayer(() => null);
    const policy = await loadPolicy(path.resolve('resources'), 'kz-incoming');
    if (!policy.ok) throw new Error(policy.error.code);
    const trust = () => Promise.resolve({ anchors: [], certs: [], crls: [], ocsp: [] });
    const clock = () => new Date().toISOString();
    parts = { policy: policy.value, trust, clock, timestamps: null, evidence: null, withoutAnchors: true };
    return () => program.close();
  });

  /** A key of a role, opened for acts, and how often a PIN was asked for here. */
  async function opened(name: string, role: 'judge' | 'auth') {
    const { prompt, asked } = promptWith(PIN);
    const places = { ...kindOf[name === 'NCALayer' ? 'a key file' : name]!().places, ncaLayer: program.place };
    const host = createTokenHost(prompt, { places, startModule: null });
    closing.push(() => host.end());
    program.answer = signsBy(holder(role));
    const labels = kindOf[name]?.();
    const key = labels && (role === 'judge' ? labels.key : labels.auth);
    const listed = await host.list();
    const own = listed.ok ? listed.value.find(({ label }) => label === key)?.ref : undefined;
    const found = await host.findProgram();
    const ref = own ?? (found.ok ? found.value : undefined);
    if (!ref) throw new Error('no key');
    return { session: await openToSign(host, ref, DISPLAY, 'kk'), asked };
  }

  it.each(['a key file', 'a token with rsa:2048', 'a token with P-256', 'NCALayer'])(
    '%s signs a PDF that our verifier takes, and nothing once it is closed',
    async (name) => {
      const { session, asked } = await opened(name, 'judge');
      if (!session.ok) throw new Error(session.error.code);
      const task = { pdf: await paper(), level: 'B', name: null, reason: null, location: null } as const;
      expect(await sealPdf(parts, session.value, task)).toMatchObject({ ok: true, value: { level: 'B', shortfall: null } });
      expect(asked).toHaveLength(name === 'NCALayer' ? 0 : 1);
      await session.value.close();
      expect(await sealPdf(parts, session.value, task)).toMatchObject({ ok: false, error: { code: 'token-removed' } });
    },
  );

  it.each(['a key file', 'a token with rsa:2048', 'NCALayer'])('%s signs no act with a key for signing in', async (name) => {
    const { session } = await opened(name, 'auth');
    const task = { pdf: await paper(), level: 'B', name: null, reason: null, location: null } as const;
    const sealed = session.ok ? await sealPdf(parts, session.value, task) : session;
    expect(sealed).toMatchObject({ ok: false, error: { code: 'certificate-unfit', params: { reason: 'key-usage' } } });
  });
});

describe('what passes between the core and the token host', () => {
  it('holds no PIN', () => {
    const flat = JSON.stringify(wire, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));
    expect(flat).toContain('Ұйғарым');
    expect(flat).not.toContain(`"${PIN}`);
    expect(flat).not.toMatch(/\b1234\b/);
  });
});
