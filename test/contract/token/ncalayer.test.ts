import { readFileSync } from 'node:fs';
import net from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  connectTokenHost,
  createTokenHost,
  ncaLayerUrl,
  serveTokenHost,
  type NcaLayerPlace,
  type NcaLayerRef,
  type TokenHost,
} from '../../../main/token/index.ts';
import {
  issue,
  keyOf,
  opensslComplaintOnCms,
  PERSON,
  SIGNING_EXTENSIONS,
  signCms,
  standardHierarchy,
  type Certificate,
} from '../../support/openssl-pki.ts';
import { promptWith } from '../../support/token/pin-prompt.ts';
import {
  CANCELLED,
  CUT,
  failedWith,
  HANG,
  signed,
  signsBy,
  startNcaLayer,
  type NcaLayerDouble,
} from '../../support/token/ncalayer-double.ts';

const CONTENT = Buffer.from('Талап қоюды қабылдау туралы ұйғарым');
let person: Certificate;
let other: Certificate;
let auth: Certificate;
beforeAll(() => {
  const { authority } = standardHierarchy();
  person = standardHierarchy().person;
  other = issue({ subject: '/CN=БАСҚА АДАМ/serialNumber=IIN880131400018/C=KZ', key: keyOf('other'), issuer: authority });
  auth = issue({
    subject: PERSON,
    key: keyOf('auth'),
    issuer: authority,
    extensions: SIGNING_EXTENSIONS.map((line) => line.replace('nonRepudiation', 'keyEncipherment')),
  });
});

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function program(
  answer: NcaLayerDouble['answer'] = signsBy(person, [standardHierarchy().authority]),
  server: Parameters<typeof startNcaLayer>[1] = {},
): Promise<NcaLayerDouble> {
  const double = await startNcaLayer(answer, server);
  closing.push(() => double.close());
  return double;
}

/** The PIN prompt of these tests is there to show that nobody asks it. */
const { prompt, asked } = promptWith();
const WAYS: Readonly<Record<string, (place: NcaLayerPlace, personMs?: number) => TokenHost>> = {
  'in this process': (ncaLayer, personMs) => {
    const host = createTokenHost(prompt, {
      places: { keyFolders: [], modules: [], ncaLayer },
      ...(personMs === undefined ? {} : { personMs }),
    });
    closing.push(() => host.end());
    return host;
  },
  'over ports': (ncaLayer, personMs) => {
    const core = new MessageChannel();
    closing.push(() => core.port1.close());
    serveTokenHost(core.port2, prompt, personMs === undefined ? {} : { personMs });
    const host = connectTokenHost(core.port1);
    host.use({ keyFolders: [], modules: [], ncaLayer });
    return host;
  },
};

const keyAt = ({ url }: NcaLayerPlace, certificate: Certificate | null = null): NcaLayerRef => ({
  kind: 'ncalayer',
  url,
  certificate: certificate && Buffer.from(certificate.der).toString('base64'),
});

async function open(host: TokenHost, key: NcaLayerRef) {
  const session = await host.openProgram(key, 'kk');
  if (!session.ok) throw new Error(session.error.code);
  closing.push(() => session.value.close());
  return session.value;
}
const failure = (code: string, params?: object) => ({ ok: false, error: { code, ...(params ? { params } : {}) } });

describe.each(Object.keys(WAYS))('NCALayer, %s', (way) => {
  const hostOf = (place: NcaLayerPlace, personMs?: number) => WAYS[way]!(place, personMs);

  it('is found while it runs, without anything being asked of it', async () => {
    const double = await program();
    const host = hostOf(double.place);
    expect(await host.findProgram()).toEqual({ ok: true, value: keyAt(double.place) });
    await double.close();
    expect(await host.findProgram()).toMatchObject(failure('ncalayer-absent'));
    expect(await host.openProgram({ ...keyAt(double.place), url: 'wss://127.0.0.1:1' }, 'kk')).toMatchObject(failure('ncalayer-absent'));
    expect([double.requests, await host.list()]).toEqual([[], { ok: true, value: [] }]);
  });

  it('signs content by its own windows: the message verifies for OpenSSL, and our PIN prompt is asked by nobody', async () => {
    const double = await program();
    const session = await open(hostOf(double.place), keyAt(double.place, person));
    for (const content of [CONTENT, Buffer.alloc(3_000_000, 'ұ')]) {
      const message = await session.signContent(content);
      if (!message.ok) throw new Error(JSON.stringify(message.error));
      expect(Buffer.from(message.value.certificate)).toEqual(Buffer.from(person.der));
      expect(opensslComplaintOnCms(message.value.cms, content, [standardHierarchy().root])).toBeNull();
      expect(opensslComplaintOnCms(message.value.cms, null, [standardHierarchy().root])).not.toBeNull();
    }
    expect(asked).toEqual([]);
    expect(double.requests).toHaveLength(2);
    expect(double.requests[0]).toEqual({
      module: 'kz.gov.pki.knca.basics',
      method: 'sign',
      args: {
        format: 'cms',
        data: CONTENT.toString('base64'),
        signingParams: { decode: true, encapsulate: false, digested: false, tsaProfile: null },
        signerParams: {
          extKeyUsageOids: ['1.3.6.1.5.5.7.3.4'],
          iin: '870131400019',
          serialNumber: expect.stringMatching(/^[0-9a-f]+$/i),
        },
        locale: 'kk',
      },
    });
  });

  it('leaves the choice to the person there when no certificate is named, and keeps to the first', async () => {
    const double = await program();
    const session = await open(hostOf(double.place), keyAt(double.place));
    expect(session.certificate).toBeNull();
    expect(await session.signContent(CONTENT)).toMatchObject({ ok: true });
    expect(double.requests[0]!.args.signerParams).toEqual({ extKeyUsageOids: ['1.3.6.1.5.5.7.3.4'] });
    double.answer = signsBy(other);
    expect(await session.signContent(CONTENT)).toMatchObject(failure('ncalayer-other-key'));
  });

  it.each<[string, () => unknown]>([
    ['base64 with line breaks', () => Buffer.from(cmsOf(CONTENT)).toString('base64').replace(/.{64}/g, '$&\r\n')],
    ['PEM', () => Buffer.from(signCms({ content: CONTENT, signers: [person], form: 'PEM' })).toString('latin1')],
    ['BER of indefinite length', () => Buffer.from(indefinite(cmsOf(CONTENT))).toString('base64')],
  ])('takes its message as %s, and hands it on in DER', async (_, text) => {
    const double = await program(() => ({ status: true, body: { result: [text()] } }));
    const session = await open(hostOf(double.place), keyAt(double.place, person));
    const message = await session.signContent(CONTENT);
    if (!message.ok) throw new Error(JSON.stringify(message.error));
    expect(message.value.cms[1]! & 0x80 && message.value.cms[1]).not.toBe(0x80);
    expect(opensslComplaintOnCms(message.value.cms, CONTENT, [standardHierarchy().root, standardHierarchy().authority])).toBeNull();
  });

  const answers: [string, () => unknown, object][] = [
    ['the person cancels', () => CANCELLED, failure('ncalayer-cancelled')],
    ['the person cancels in a newer version', () => ({ status: true }), failure('ncalayer-cancelled')],
    [
      'the PIN is wrong or there is no signing key',
      () => failedWith('SIGNING_FAILURE'),
      failure('ncalayer-failed', { returned: 'SIGNING_FAILURE' }),
    ],
    ['the store cannot be opened', () => failedWith('GENERAL_ERROR'), failure('ncalayer-failed', { returned: 'GENERAL_ERROR' })],
    [
      'it is too old to know the module',
      () => ({ success: false, errorCode: 'MODULE_NOT_FOUND' }),
      failure('ncalayer-failed', { returned: 'MODULE_NOT_FOUND' }),
    ],
    ['it answers no JSON', () => 'ok', failure('ncalayer-garbage', { reason: 'answer' })],
    ['it answers another shape', () => ({ code: '200', responseObject: 'x' }), failure('ncalayer-garbage', { reason: 'answer' })],
    ['it answers no message', () => signed(Buffer.from('act')), failure('ncalayer-garbage', { reason: 'malformed' })],
    ['another key has signed', () => signsBy(other)({} as never, CONTENT), failure('ncalayer-other-key')],
    [
      'the content is inside',
      () => signed(signCms({ content: CONTENT, signers: [person], attached: true })),
      failure('ncalayer-garbage', { reason: 'attached' }),
    ],
    ['other content was signed', () => signed(cmsOf(Buffer.from('other'))), failure('ncalayer-garbage', { reason: 'content' })],
    [
      'two have signed',
      () => signed(signCms({ content: CONTENT, signers: [person, other] })),
      failure('ncalayer-garbage', { reason: 'signers' }),
    ],
    ['the value is of another message', () => signed(withBrokenValue(cmsOf(CONTENT))), failure('ncalayer-garbage', { reason: 'value' })],
    ['the connection is cut in the middle', () => CUT, failure('ncalayer-stopped')],
    ['it answers without end', () => 'x'.repeat(5_000_000), failure('ncalayer-stopped')],
  ];
  it.each(answers)('tells when %s, and asks nothing more of it by itself', async (_, answer, expected) => {
    const double = await program(answer);
    const session = await open(hostOf(double.place), keyAt(double.place, person));
    expect(await session.signContent(CONTENT)).toMatchObject(expected);
    expect(await session.signContent(CONTENT)).toMatchObject(expected);
    expect(double.requests).toHaveLength(1);
  });

  it('does not wait for ever', async () => {
    const double = await program(() => HANG);
    const session = await open(hostOf(double.place, 50), keyAt(double.place, person));
    expect(await session.signContent(CONTENT)).toMatchObject(failure('ncalayer-timeout'));
  });

  it('signs no act with a key that is for signing in alone', async () => {
    const double = await program(signsBy(auth));
    const session = await open(hostOf(double.place), keyAt(double.place));
    expect(await session.signContent(CONTENT)).toMatchObject(failure('certificate-unfit', { reason: 'key-usage' }));
  });

  it('signs nothing once it is closed', async () => {
    const double = await program();
    const session = await open(hostOf(double.place), keyAt(double.place, person));
    await session.close();
    await session.close();
    expect(await session.signContent(CONTENT)).toMatchObject(failure('token-removed'));
    expect(double.requests).toEqual([]);
  });

  it('is told from a program that is not there, that greets wrongly or that speaks no TLS', async () => {
    const double = await program();
    const host = hostOf(double.place);
    const opened = () => host.openProgram(keyAt(double.place), 'ru');
    for (const greeting of ['{}', 'hello']) {
      double.greeting = greeting;
      expect(await opened()).toMatchObject(failure('ncalayer-garbage'));
    }
    await double.close();
    expect(await opened()).toMatchObject(failure('ncalayer-absent'));
    const plain = net.createServer((socket) => void socket.on('error', () => undefined).end('220 mail\r\n'));
    await new Promise<void>((resolve) => plain.listen(Number(new URL(double.place.url).port), '127.0.0.1', resolve));
    closing.push(() => plain.close());
    expect(await opened()).toMatchObject(failure('ncalayer-untrusted'));
  });
});

describe('who may pass for NCALayer', () => {
  const opened = (place: NcaLayerPlace) => WAYS['in this process']!(place).openProgram(keyAt(place), 'kk');

  it('is nobody whose certificate leads to no anchor, or was issued for another name', async () => {
    const [stranger, misnamed] = [await program(), await program(undefined, { name: 'ТЕСТОВ ТЕСТ' })];
    expect(await opened({ ...stranger.place, anchors: [readFileSync(standardHierarchy().root.pem, 'utf8')] })).toMatchObject(
      failure('ncalayer-untrusted'),
    );
    expect(await opened({ ...stranger.place, anchors: [] })).toMatchObject(failure('ncalayer-untrusted'));
    expect(await opened(misnamed.place)).toMatchObject(failure('ncalayer-untrusted'));
    expect(await opened(stranger.place)).toMatchObject({ ok: true });
    expect([...stranger.requests, ...misnamed.requests]).toEqual([]);
  });

  it('is nobody on another computer, without TLS or behind a name', () => {
    for (const url of ['wss://127.0.0.1:13579', 'wss://[::1]:1']) expect(ncaLayerUrl(url)).toEqual({ ok: true, value: url });
    for (const url of ['ws://127.0.0.1:1', 'wss://localhost:1', 'wss://10.0.0.1:1', 'wss://127.0.0.1.kz', 'wss://a@127.0.0.1', 'x'])
      expect(ncaLayerUrl(url)).toMatchObject(failure('input-invalid'));
  });
});

const cmsOf = (content: Buffer) => signCms({ content, signers: [person] });

/** The outermost two elements of a DER message with indefinite lengths, as Kalkan writes them. */
function indefinite(cms: Uint8Array): Buffer {
  const bytes = Buffer.from(cms);
  const headerOf = (at: number) => 2 + (bytes[at + 1]! & 0x80 ? bytes[at + 1]! & 0x7f : 0);
  const oidAt = headerOf(0);
  const contentAt = oidAt + 2 + bytes[oidAt + 1]!;
  const inner = bytes.subarray(contentAt + headerOf(contentAt));
  const open = (tag: number, ...parts: Buffer[]) => Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.from([0, 0])]);
  return open(0x30, bytes.subarray(oidAt, contentAt), open(0xa0, inner));
}

/** One bit of the last octets, which are the signature value, is turned. */
function withBrokenValue(cms: Uint8Array): Uint8Array {
  const broken = Uint8Array.from(cms);
  broken[broken.length - 20]! ^= 1;
  return broken;
}
