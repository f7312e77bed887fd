import { rmSync, readFileSync, writeFileSync, existsSync, readdirSync } from 'node:fs';
import { createHash, verify, X509Certificate } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { buildSignedData } from '../../../main/signature/cms/build-signed-data.ts';
import {
  connectPinPrompt,
  connectTokenHost,
  createTokenHost,
  servePinPrompt,
  serveTokenHost,
  signerOf,
  signingResult,
  type MessagePortLike,
  type PinPrompt,
  type PinState,
  type SigningDisplay,
  type TokenHost,
  type TokenSession,
} from '../../../main/token/index.ts';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate } from '@peculiar/asn1-x509';
import { der, readWhole } from '../../../main/asn1/index.ts';
import { readPublicKey, type PublicKey } from '../../../main/signature/algorithms/public-key.ts';
import { readSignatureScheme } from '../../../main/signature/algorithms/signature-scheme.ts';
import { verifyValue } from '../../../main/signature/algorithms/verify-value.ts';
import { makeKeyFiles, PIN } from './make-key-files.ts';

const display: SigningDisplay = { purpose: 'act', title: 'Ұйғарым', lines: ['9900-26-00-2/17'], sha256: 'ab'.repeat(32) };
const tbs = Buffer.from('Талап қоюды қабылдау туралы ұйғарым');

let files: ReturnType<typeof makeKeyFiles>;
beforeAll(() => {
  files = makeKeyFiles();
});
afterAll(() => rmSync(files.dir, { recursive: true }));

const ports: { close(): void }[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

function channel(): { a: MessagePort; b: MessagePort } {
  const { port1: a, port2: b } = new MessageChannel();
  ports.push(a, b);
  return { a, b };
}

/** Electron hands a port's message over inside an event and delivers nothing before `start`. */
function likeElectron(port: MessagePort): MessagePortLike {
  const held: unknown[] = [];
  let deliver: ((event: unknown) => void) | null = null;
  let started = false;
  const flush = () => {
    if (started && deliver) for (const data of held.splice(0)) deliver({ data, ports: [] });
  };
  return {
    postMessage: (message) => port.postMessage(message),
    on(event: 'message' | 'close', listener: (event: unknown) => void) {
      if (event === 'close') return port.on('close', () => listener(undefined));
      deliver = listener;
      return port.on('message', (data) => {
        held.push(data);
        flush();
      });
    },
    start() {
      started = true;
      flush();
    },
    close: () => port.close(),
  };
}

function overPort(prompt: PinPrompt, wrap: (port: MessagePort) => MessagePortLike): TokenHost {
  const core = channel();
  const pins = channel();
  servePinPrompt(wrap(pins.a), prompt);
  serveTokenHost(wrap(core.b), connectPinPrompt(wrap(pins.b)));
  return connectTokenHost(wrap(core.a));
}

const HOSTS: Record<string, (prompt: PinPrompt) => TokenHost> = {
  'in this process': createTokenHost,
  'over a Node port': (prompt) => overPort(prompt, (port) => port),
  'over an Electron port': (prompt) => overPort(prompt, likeElectron),
};

/** Answers with the given PINs in turn (null cancels) and remembers what it was asked. */
function promptWith(...pins: (string | null)[]) {
  const asked: { display: SigningDisplay; state: PinState }[] = [];
  const given: Buffer[] = [];
  const prompt: PinPrompt = async (shown, state) => {
    asked.push({ display: shown, state });
    const pin = pins[asked.length - 1];
    if (pin === undefined) throw new Error('asked once too often');
    if (pin === null) return null;
    given.push(Buffer.from(pin));
    return { pin: given.at(-1)! };
  };
  return { prompt, asked, given };
}

const key = (name: string) => ({ kind: 'pkcs12', file: files.path(`${name}.p12`) }) as const;
const certificateOf = (name: string) => new X509Certificate(readFileSync(files.path(`${name}.crt`)));

async function opened(host: TokenHost, name: string, shown = display): Promise<TokenSession> {
  const session = await host.open(key(name), shown);
  if (!session.ok) throw new Error(session.error.code);
  return session.value;
}

describe.each(Object.keys(HOSTS))('a token host %s', (kind) => {
  const hostWith = (prompt: PinPrompt) => HOSTS[kind]!(prompt);

  it.each(['signer', 'legacy', '3des'])('opens the %s key file and signs what the certificate verifies', async (name) => {
    const session = await opened(hostWith(promptWith(PIN).prompt), name);
    const signed = await session.sign(tbs);
    expect(session.algorithm).toBe('RSA-SHA256');
    expect(Buffer.from(session.certificate)).toEqual(certificateOf('signer').raw);
    expect(signed.ok && verify('sha256', tbs, certificateOf('signer').publicKey, signed.value)).toBe(true);
  });

  it('picks the certificate of the key and hands on the others as its chain, byte for byte', async () => {
    const session = await opened(hostWith(promptWith(PIN).prompt), 'signer');
    expect(session.chain.map((one) => Buffer.from(one))).toEqual([certificateOf('other').raw]);
  });

  it('shows the person exactly what is to be signed, once', async () => {
    const { prompt, asked } = promptWith(PIN);
    await opened(hostWith(prompt), 'signer');
    expect(asked).toEqual([{ display, state: 'first' }]);
  });

  it('answers a wrong PIN at once, never asks again by itself, and says so at the next try', async () => {
    const { prompt, asked } = promptWith('000000', PIN, PIN);
    const host = hostWith(prompt);
    expect(await host.open(key('signer'), display)).toEqual({ ok: false, error: { code: 'pin-wrong', next: 'fix-input' } });
    expect(asked).toHaveLength(1);
    await opened(host, 'signer');
    await opened(host, 'signer');
    expect(asked.map(({ state }) => state)).toEqual(['first', 'wrong', 'first']);
  });

  it('zeroes the PIN after use, right or wrong', async () => {
    const { prompt, given } = promptWith('000000', PIN);
    const host = hostWith(prompt);
    await host.open(key('signer'), display);
    await opened(host, 'signer');
    expect(given.map((pin) => pin.toString('hex'))).toEqual(['00'.repeat(6), '00'.repeat(6)]);
  });

  it('answers a cancelled PIN as cancelled', async () => {
    expect(await hostWith(promptWith(null).prompt).open(key('signer'), display)).toMatchObject({ error: { code: 'pin-cancelled' } });
  });

  it('forgets the key when the session is closed', async () => {
    const session = await opened(hostWith(promptWith(PIN).prompt), 'signer');
    await session.close();
    await session.close();
    expect(await session.sign(tbs)).toMatchObject({ ok: false, error: { code: 'token-removed' } });
  });

  it.each([
    ['empty', 'empty'],
    ['garbage', 'format'],
    ['nested', 'format'],
    ['nomac', 'format'],
    ['slow', 'format'],
    ['big', 'too-large'],
    ['nowhere', 'missing'],
  ])('refuses the %s file as %s without asking for a PIN', async (name, reason) => {
    const { prompt, asked } = promptWith();
    expect(await hostWith(prompt).open(key(name), display)).toEqual({
      ok: false,
      error: { code: 'key-unreadable', params: { reason }, next: 'fix-input' },
    });
    expect(asked).toHaveLength(0);
  });

  it('takes a PIN of Kazakh letters', async () => {
    await opened(hostWith(promptWith('құпиясөз').prompt), 'kazakh');
  });

  it('refuses an elliptic key and names its algorithm', async () => {
    const answer = await hostWith(promptWith(PIN).prompt).open(key('ec'), display);
    expect(answer).toMatchObject({ error: { code: 'key-unreadable', params: { reason: 'algorithm', algorithm: '1.2.840.10045.2.1' } } });
  });

  it('refuses a file without a key, and a key without its certificate', async () => {
    expect(await hostWith(promptWith(PIN).prompt).open(key('certonly'), display)).toMatchObject({ error: { code: 'key-unreadable' } });
    const answer = await hostWith(promptWith(PIN).prompt).open(key('keyless'), display);
    expect(answer).toMatchObject({ error: { code: 'certificate-unfit', params: { reason: 'no-match' } } });
  });

  it('lets an authentication key sign in but sign neither acts nor papers', async () => {
    for (const purpose of ['act', 'paper'] as const) {
      const answer = await hostWith(promptWith(PIN).prompt).open(key('auth'), { ...display, purpose });
      expect(answer).toMatchObject({ error: { code: 'certificate-unfit', params: { reason: 'key-usage' } } });
    }
    await opened(hostWith(promptWith(PIN).prompt), 'auth', { ...display, purpose: 'sign-in' });
  });

  it('signs a CMS that OpenSSL verifies', async () => {
    const session = await opened(hostWith(promptWith(PIN).prompt), 'signer');
    const contentDigest = createHash('sha256').update(tbs).digest();
    const cms = await signingResult(() =>
      buildSignedData({ signer: signerOf(session), contentDigest, attachedContent: tbs, signingTime: null }),
    );
    expect(cms.ok).toBe(true);
    writeFileSync(files.path('cms'), cms.ok ? cms.value : '');
    const judged = spawnSync('openssl', [
      ...[
        'cms',
        '-verify',
        '-cades',
        '-binary',
        '-inform',
        'DER',
        '-in',
        files.path('cms'),
        '-CAfile',
        files.path('signer.crt'),
        '-purpose',
        'any',
      ],
    ]);
    expect(judged.stderr.toString()).toContain('Verification successful');
  });

  it('gives a token that fails in the middle of a CMS back as a value', async () => {
    const session = await opened(hostWith(promptWith(PIN).prompt), 'signer');
    await session.close();
    const input = { signer: signerOf(session), contentDigest: new Uint8Array(32), attachedContent: null, signingTime: null };
    expect(await signingResult(() => buildSignedData(input))).toMatchObject({ ok: false, error: { code: 'token-removed' } });
    await expect(signingResult(async () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  });
});

describe('the port to the token host', () => {
  it('fits the ports of worker threads', () => {
    expectTypeOf<MessagePort>().toExtend<MessagePortLike>();
  });

  it('never carries the PIN', async () => {
    const core = channel();
    const seen: unknown[] = [];
    const watch = (port: MessagePort): MessagePortLike => ({
      postMessage: (message) => {
        seen.push(message);
        port.postMessage(message);
      },
      on: (event: string, listener: (value: unknown) => void) => port.on(event, listener),
      close: () => port.close(),
    });
    serveTokenHost(watch(core.b), promptWith(PIN).prompt);
    const session = await opened(connectTokenHost(watch(core.a)), 'signer');
    await session.sign(tbs);
    expect(seen.length).toBe(4);
    const flat = JSON.stringify(seen, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));
    expect(flat).toContain('Ұйғарым');
    expect(flat).not.toContain(PIN);
  });

  it('answers driver-stopped to everything that waits, and to everything later, when the host process dies', async () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1);
    const worker = new Worker("require('node:worker_threads').parentPort.once('message', ({ port }) => port.on('message', () => {}))", {
      eval: true,
    });
    worker.postMessage({ port: port2 }, [port2]);
    const host = connectTokenHost(port1);
    const waiting = host.open(key('signer'), display);
    await worker.terminate();
    expect(await waiting).toEqual({ ok: false, error: { code: 'driver-stopped', next: 'retry-later' } });
    expect(await host.open(key('signer'), display)).toMatchObject({ error: { code: 'driver-stopped' } });
  });

  it('answers driver-stopped from a session whose host is gone, and lets it be closed', async () => {
    const core = channel();
    serveTokenHost(core.b, promptWith(PIN).prompt);
    const session = await opened(connectTokenHost(core.a), 'signer');
    core.b.close();
    expect(await session.sign(tbs)).toMatchObject({ error: { code: 'driver-stopped' } });
    await session.close();
  });

  it('forgets a key that is unlocked only after the core is gone', async () => {
    const core = channel();
    let give: (pin: string) => void = () => {};
    const pin = new Promise<string>((settle) => (give = settle));
    const served = new Promise<void>((done) => core.b.on('close', done));
    serveTokenHost(core.b, async () => ({ pin: Buffer.from(await pin) }));
    const waiting = connectTokenHost(core.a).open(key('signer'), display);
    core.a.close();
    await served;
    give(PIN);
    expect(await waiting).toMatchObject({ error: { code: 'driver-stopped' } });
  });

  it('drops calls and answers of another shape', async () => {
    const core = channel();
    serveTokenHost(core.b, promptWith(PIN).prompt);
    for (const bad of [
      null,
      'open',
      { id: 1 },
      { id: 1, call: 'open', key: { kind: 'pkcs12', file: 7 }, display },
      { id: 1, call: 'pin', pin: PIN },
    ]) {
      core.a.postMessage(bad);
    }
    const answers: unknown[] = [];
    core.a.on('message', (answer) => answers.push(answer));
    await opened(connectTokenHost(core.a), 'signer');
    expect(answers).toHaveLength(1);
  });

  it('takes an answer without the right shape for a stopped driver', async () => {
    const core = channel();
    core.b.on('message', ({ id }: { id: number }) => core.b.postMessage({ id, result: { ok: true, value: { session: 'x' } } }));
    expect(await connectTokenHost(core.a).open(key('signer'), display)).toMatchObject({ error: { code: 'driver-stopped' } });
  });

  it('keeps two sessions apart', async () => {
    const host = HOSTS['over a Node port']!(promptWith(PIN, PIN).prompt);
    const [first, second] = [await opened(host, 'signer'), await opened(host, 'auth', { ...display, purpose: 'sign-in' })];
    await first.close();
    const signed = await second.sign(tbs);
    expect(signed.ok && verify('sha256', tbs, certificateOf('auth').publicKey, signed.value)).toBe(true);
    expect(await first.sign(tbs)).toMatchObject({ error: { code: 'token-removed' } });
  });
});

describe('the port to the PIN prompt', () => {
  it('counts a prompt that fails or is gone as cancelled', async () => {
    const pins = channel();
    servePinPrompt(pins.a, async () => Promise.reject(new Error('no window')));
    const prompt = connectPinPrompt(pins.b);
    expect(await prompt(display, 'first', 'typed')).toBeNull();
    pins.a.close();
    expect(await prompt(display, 'first', 'typed')).toBeNull();
    expect(await prompt(display, 'first', 'typed')).toBeNull();
  });
});

const nca = resolve(process.env['KENSE_FIXTURES'] ?? join(import.meta.dirname, '../../../../shared/fixtures'), 'nca');
const ncaFiles = existsSync(nca)
  ? readdirSync(nca, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.p12'))
      .map((name) => join(nca, name))
  : [];
const SIGNATURE_OID: Readonly<Record<string, string>> = {
  'GOST3410-2015-512': '1.2.398.3.10.1.1.2.3.2',
  'GOST34310-2004': '1.2.398.3.10.1.1.1.2',
};
function readCertificateKey(certificate: Uint8Array): { publicKey: PublicKey } {
  const { subjectPublicKeyInfo } = AsnConvert.parse(certificate, Certificate).tbsCertificate;
  return { publicKey: readPublicKey(readWhole(new Uint8Array(AsnConvert.serialize(subjectPublicKeyInfo)))) };
}
const isRsa = (file: string) => file.includes('RSA256_');

describe('key files of the national authority', () => {
  const open = (file: string, pin: string, purpose: SigningDisplay['purpose']) =>
    createTokenHost(promptWith(pin).prompt).open({ kind: 'pkcs12', file }, { ...display, purpose });

  it.skipIf(ncaFiles.length === 0)('open when they are RSA, and sign', async () => {
    const rsa = ncaFiles.filter(isRsa);
    expect(rsa.length).toBeGreaterThanOrEqual(8);
    for (const file of rsa) {
      const session = await open(file, 'Qwerty12', 'sign-in');
      if (!session.ok) throw new Error(`${file}: ${session.error.code}`);
      const signed = await session.value.sign(tbs);
      expect(signed.ok && verify('sha256', tbs, new X509Certificate(session.value.certificate).publicKey, signed.value)).toBe(true);
    }
  });

  it.skipIf(ncaFiles.length === 0)('are told apart: keys for signing and keys for authentication', async () => {
    for (const file of ncaFiles.filter(isRsa)) {
      const answer = await open(file, 'Qwerty12', 'act');
      if (file.includes('AUTH_')) expect(answer).toMatchObject({ error: { code: 'certificate-unfit', params: { reason: 'key-usage' } } });
      else expect(answer.ok).toBe(true);
    }
  });

  it.skipIf(ncaFiles.length === 0)('sign when they are GOST, and do not sign in', async () => {
    const gost = ncaFiles.filter((file) => !isRsa(file));
    expect(gost.length).toBeGreaterThanOrEqual(10);
    const algorithms = new Set<string>();
    for (const file of gost) {
      const session = await open(file, 'Qwerty12', 'act');
      if (!session.ok) throw new Error(`${file}: ${session.error.code}`);
      const signed = await session.value.sign(tbs);
      const { publicKey } = readCertificateKey(session.value.certificate);
      const scheme = readSignatureScheme(readWhole(der.sequence(der.oid(SIGNATURE_OID[session.value.algorithm]!))), null);
      expect(signed.ok && verifyValue(scheme, publicKey, tbs, signed.value), file).toBe('valid');
      expect(verifyValue(scheme, publicKey, Buffer.from('other'), signed.ok ? signed.value : tbs)).toBe('invalid');
      algorithms.add(session.value.algorithm);
      expect(await open(file, 'Qwerty12', 'sign-in'), file).toMatchObject({ error: { code: 'key-algorithm-unsupported' } });
    }
    expect([...algorithms].sort()).toEqual(['GOST3410-2015-512', 'GOST34310-2004']);
  });

  it.skipIf(ncaFiles.length === 0)('answer a wrong PIN as wrong, whatever their algorithm', async () => {
    for (const file of ncaFiles) expect(await open(file, 'Qwerty13', 'act'), file).toMatchObject({ error: { code: 'pin-wrong' } });
  });
});
