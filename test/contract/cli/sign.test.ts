import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../../main/cli/cli-io.ts';
import { runSign } from '../../../main/cli/sign.ts';
import { signFiles, type SignedFile } from '../../../main/cli/sign-files.ts';
import { runVerify } from '../../../main/cli/verify.ts';
import { fail, ok } from '../../../shared/result.ts';
import { loadPolicy } from '../../../main/signature/index.ts';
import type { TokenHost, TokenSession } from '../../../main/token/index.ts';
import { deadPort, startEvidenceServer, type EvidenceServer } from '../../support/evidence-server.ts';
import { daysFromNow, issue, issueCrl, keyOf, openssl, PERSON, standardHierarchy, type Certificate } from '../../support/openssl-pki.ts';
import { answerTimestampRequest, stamp, TSA_EXTENSIONS } from '../../support/openssl-tsa.ts';
import { opensslVerifies, paper, PIN, signingScene, type SigningScene } from '../../support/signing-scene.ts';
import { CANCELLED, signsBy, startNcaLayer, type NcaLayerDouble } from '../../support/token/ncalayer-double.ts';
import { SOFTHSM } from '../../support/token/key-token.ts';
import { SOFT_PIN, softTokens } from '../../support/token/soft-token.ts';
import { stream, writePdf } from '../../support/raw-pdf.ts';
import { fillDisk, smallDisk } from '../../support/small-disk.ts';
import { pdfJudges, type PdfJudges } from '../../unit/pdf/pdf-judges.ts';

const RESOURCES = path.resolve(import.meta.dirname, '../../../resources');
const NO_TRUST = { anchors: [], certs: [], crls: [], ocsp: [] };
let server: EvidenceServer;
let scene: SigningScene;
let judges: PdfJudges;

beforeAll(async () => {
  server = await startEvidenceServer();
  scene = signingScene(server);
  judges = pdfJudges({ dir: scene.dir, caPem: standardHierarchy().root.pem });
});

const io = (stdout: (text: string) => void, pin = PIN) => ({
  stdout,
  stderr: () => undefined,
  cwd: scene.dir,
  resourcesDir: RESOURCES,
  clock: () => new Date().toISOString(),
  trustDirs: NO_TRUST,
  readLine: () => Promise.resolve(pin),
  asking: { cacheDir: path.join(scene.dir, 'cache'), mayAllowHosts: true },
});

async function sign(args: readonly string[], pin = PIN): Promise<{ exit: number; files: SignedFile[] }> {
  let stdout = '';
  const exit = await runSign(
    [...args, '--p12', scene.p12, '--pin-stdin', '--json'],
    io((text) => (stdout += text), pin),
  );
  return { exit, files: JSON.parse(stdout) as SignedFile[] };
}

async function verify(file: string, ...args: string[]) {
  let stdout = '';
  const exit = await runVerify(
    [file, '--json', ...args],
    io((text) => (stdout += text)),
  );
  return { exit, report: JSON.parse(stdout) };
}

/** A page and a stream of so many octets. */
const withFiller = (bytes: number): Uint8Array =>
  writePdf({
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
    4: stream('x'.repeat(bytes)),
  });

/** A request with one octet changed: the nonce stands right before the last BOOLEAN, the imprint is its only string of 32 octets. */
function changed(request: Buffer, at: number): Buffer {
  const other = Buffer.from(request);
  other[at] = other[at]! ^ 1;
  return other;
}
const otherNonce = (request: Buffer) => changed(request, request.length - 4);
const otherImprint = (request: Buffer) => changed(request, request.indexOf(Buffer.from([0x04, 0x20])) + 2);
const stranger = (): Certificate => issue({ subject: '/CN=TSA SERVICE/C=KZ', key: keyOf('stranger'), extensions: TSA_EXTENSIONS });

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const only = (files: readonly SignedFile[]): SignedFile => {
  expect(files).toHaveLength(1);
  return files[0]!;
};

describe('kense sign', () => {
  it('signs a file so that poppler, qpdf, OpenSSL and our own verifier agree, and hashes what it signed', async () => {
    const before = await paper('Ruling');
    scene.save('act.pdf', before);
    const { exit, files } = await sign(['act.pdf', '--out', 'act-signed.pdf', '--reason', 'Талап қоюды қабылдау', ...scene.trust]);
    const file = only(files);
    expect(exit).toBe(0);
    expect(file).toMatchObject({ file: 'act.pdf', level: 'B', error: null, inputSha256: sha256(before) });
    const after = readFileSync(file.out!);
    expect(file.sha256).toBe(sha256(after));
    expect(sha256(after.subarray(0, before.length))).toBe(file.inputSha256);
    const seen = judges.pdfsig(file.out!);
    expect(seen).toContain('Signature is Valid.');
    expect(seen).toContain('Certificate is Trusted.');
    expect(seen).toContain('Total document signed');
    expect(judges.qpdfFaults(file.out!)).toBe('');
    expect(() => opensslVerifies(after, scene.dir)).not.toThrow();
    const { exit: verdict, report } = await verify(file.out!, ...scene.trust, '--allow-host', `127.0.0.1:${server.port}`);
    expect(verdict).toBe(0);
    expect(report.signatures).toMatchObject([{ verdict: 'valid', level: 'B', covers: 'whole' }]);
    expect(readFileSync(path.join(scene.dir, 'act.pdf'))).toEqual(Buffer.from(before));
  });

  it('signs several files under one PIN in their order, and a bad one stops none', async () => {
    const good = await paper();
    scene.save('1.pdf', good);
    scene.save('2.pdf', good.subarray(0, good.length / 2));
    scene.save('3.pdf', await paper('Other'));
    const { exit, files } = await sign(['1.pdf', '2.pdf', 'absent.pdf', '3.pdf', '--out', 'several']);
    expect(exit).toBe(1);
    expect(files.map(({ file, level, error }) => [file, level, error?.code ?? null])).toEqual([
      ['1.pdf', 'B', null],
      ['2.pdf', null, 'document-unreadable'],
      ['absent.pdf', null, 'file-unreadable'],
      ['3.pdf', 'B', null],
    ]);
    expect(files[1]!.error!.params).toHaveProperty('reason');
    expect(readdirSync(path.join(scene.dir, 'several')).sort()).toEqual(['1.pdf', '3.pdf']);
  });

  it('tries nothing more after a wrong PIN and writes nothing', async () => {
    scene.save('w1.pdf', await paper());
    scene.save('w2.pdf', await paper());
    const { exit, files } = await sign(['w1.pdf', 'w2.pdf', '--out', 'wrong'], '000000');
    expect(exit).toBe(3);
    expect(files.map(({ out, error }) => [out, error?.code])).toEqual([
      [null, 'pin-wrong'],
      [null, 'not-tried'],
    ]);
    expect(existsSync(path.join(scene.dir, 'wrong'))).toBe(false);
  });

  it('stops at the first failure of the token and asks it for nothing more', async () => {
    const policy = await loadPolicy(RESOURCES, 'kz-incoming');
    if (!policy.ok) throw new Error('no policy');
    let asked = 0;
    const session: TokenSession = {
      certificate: scene.judge.der,
      chain: [],
      algorithm: 'RSA-SHA256',
      signsOnce: false,
      sign: () => Promise.resolve(++asked > 0 ? fail('token-removed') : ok(new Uint8Array(0))),
      close: () => Promise.resolve(),
    };
    const host = { open: () => Promise.resolve(ok(session)) } as Partial<TokenHost> as TokenHost;
    const tasks = ['r1.pdf', 'r2.pdf', 'r3.pdf'].map((file) => ({
      file,
      input: scene.save(file, Buffer.from('')),
      out: path.join(scene.dir, 'removed', file),
    }));
    for (const { input } of tasks) writeFileSync(input, await paper());
    const trust = { anchors: [], certs: [], crls: [], ocsp: [] };
    const { files, stopped } = await signFiles(
      {
        policy: policy.value,
        trust: () => Promise.resolve(trust),
        clock: () => new Date().toISOString(),
        timestamps: null,
        evidence: null,
        withoutAnchors: true,
      },
      { host, findKey: () => Promise.resolve(ok({ kind: 'pkcs12', file: '' })), tasks, level: 'B', reason: null },
    );
    expect(stopped).toBe(true);
    expect(files.map(({ error }) => error?.code)).toEqual(['token-removed', 'not-tried', 'not-tried']);
    expect(asked).toBe(1);
    expect(existsSync(path.join(scene.dir, 'removed'))).toBe(false);
  });

  it('never writes over an input, under whatever name, nor one result over another', async () => {
    const input = scene.save('own.pdf', await paper());
    const before = readFileSync(input);
    symlinkSync(input, path.join(scene.dir, 'link.pdf'));
    linkSync(input, path.join(scene.dir, 'hard.pdf'));
    for (const out of ['own.pdf', './own.pdf', 'link.pdf', 'hard.pdf', '.'])
      await expect(sign(['own.pdf', '--out', out])).rejects.toThrow(UsageError);
    mkdirSync(path.join(scene.dir, 'other'));
    scene.save('other/own.pdf', before);
    await expect(sign(['own.pdf', 'other/own.pdf', '--out', 'same'])).rejects.toThrow(UsageError);
    expect(readFileSync(input)).toEqual(before);
    expect(existsSync(path.join(scene.dir, 'same'))).toBe(false);
  });

  const disk = smallDisk(1);
  it.skipIf(disk === null)('leaves nothing half written on a full disk', async () => {
    scene.save('full.pdf', await paper());
    const release = fillDisk(disk!, 8 * 1024);
    const { exit, files } = await sign(['full.pdf', '--out', path.join(disk!, 'full.pdf')]);
    release();
    expect([exit, only(files).error?.code]).toEqual([1, 'disk-full']);
    expect(readdirSync(disk!)).toEqual([]);
    const again = await sign(['full.pdf', '--out', path.join(disk!, 'full.pdf')]);
    expect(again.exit).toBe(0);
    expect(readdirSync(disk!)).toEqual(['full.pdf']);
  });

  it('says that a certificate has run out, and does not sign by it where an anchor is named', async () => {
    const old = issue({
      subject: PERSON,
      key: keyOf('judge'),
      issuer: standardHierarchy().authority,
      from: daysFromNow(-90),
      to: daysFromNow(-1),
    });
    const p12 = path.join(scene.dir, 'old.p12');
    openssl('pkcs12', '-export', '-inkey', old.key, '-in', old.pem, '-passout', `pass:${PIN}`, '-out', p12);
    scene.save('old.pdf', await paper());
    const signOld = async (...more: string[]) => {
      let stdout = '';
      const args = ['old.pdf', '--out', 'old-signed.pdf', '--p12', p12, '--pin-stdin', '--json', ...more];
      const exit = await runSign(
        args,
        io((text) => (stdout += text)),
      );
      return { exit, file: only(JSON.parse(stdout) as SignedFile[]) };
    };
    expect(await signOld(...scene.trust)).toMatchObject({
      exit: 3,
      file: { out: null, error: { code: 'certificate-unfit', params: { reason: 'expired' } } },
    });
    expect(await signOld()).toMatchObject({
      exit: 0,
      file: { level: 'B', warnings: ['chain-not-checked', 'certificate-expired'], error: null },
    });
  });

  it('says in words that nobody can tell whose certificate it is, where nobody has said whom to trust', async () => {
    scene.save('free.pdf', await paper());
    const said = async (...more: string[]) => {
      let [stdout, stderr] = ['', ''];
      const args = ['free.pdf', '--out', 'free-signed.pdf', '--p12', scene.p12, '--pin-stdin', ...more];
      const exit = await runSign(args, { ...io((text) => (stdout += text)), stderr: (text) => (stderr += text) });
      return { exit, stdout, stderr };
    };
    const free = await said();
    expect([free.exit, free.stdout]).toEqual([0, expect.stringContaining('chain-not-checked')]);
    expect(free.stderr).toContain('NOT checked');
    const named = await said(...scene.trust);
    expect([named.exit, named.stdout.includes('chain-not-checked'), named.stderr]).toEqual([0, false, '']);
  });

  it('signs nothing by a certificate that is suspended, and says so, before the key is used', async () => {
    const { root, authority, crls } = standardHierarchy();
    const held = issue({ subject: PERSON, key: keyOf('judge'), issuer: authority });
    const p12 = path.join(scene.dir, 'held.p12');
    openssl('pkcs12', '-export', '-inkey', held.key, '-in', held.pem, '-passout', `pass:${PIN}`, '-out', p12);
    scene.save('held.pdf', await paper());
    const list = scene.save('held.crl', issueCrl(authority, { revoked: [{ certificate: held, reason: 'certificateHold' }] }));
    const trust = ['--anchor', root.pem, '--cert', authority.pem, '--crl', scene.save('held-root.crl', crls[0]!), '--crl', list];
    let stdout = '';
    const args = ['held.pdf', '--out', 'held-signed.pdf', '--p12', p12, '--pin-stdin', '--json', ...trust];
    const exit = await runSign(
      args,
      io((text) => (stdout += text)),
    );
    const error = { code: 'certificate-unfit', params: { reason: 'suspended' } };
    expect([exit, only(JSON.parse(stdout) as SignedFile[])]).toMatchObject([3, { out: null, error }]);
    expect(existsSync(path.join(scene.dir, 'held-signed.pdf'))).toBe(false);
  });

  it('wants to know file, key, PIN and where to', async () => {
    scene.save('u.pdf', await paper());
    for (const args of [
      ['u.pdf'],
      ['--out', 'x.pdf'],
      ['u.pdf', '--out', 'x.pdf', '--level', 'LTA'],
      ['u.pdf', '--out', 'x.pdf', '--pkcs11', '/usr/lib/none.so', '--slot', 'JUDGE'],
      ['u.pdf', '--out', 'x.pdf', '--slot', 'JUDGE'],
    ])
      await expect(sign(args)).rejects.toThrow(UsageError);
    await expect(
      runSign(
        ['u.pdf', '--out', 'x.pdf', '--p12', scene.p12],
        io(() => undefined),
      ),
    ).rejects.toThrow(UsageError);
    expect(existsSync(path.join(scene.dir, 'x.pdf'))).toBe(false);
  });
});

describe.skipIf(!existsSync(SOFTHSM))('kense sign with a token', () => {
  const onToken = async (args: readonly string[], pin = SOFT_PIN): Promise<{ exit: number; files: SignedFile[] }> => {
    let stdout = '';
    const all = [...args, '--pkcs11', SOFTHSM, '--pin-stdin', '--json'];
    const exit = await runSign(
      all,
      io((text) => (stdout += text), pin),
    );
    return { exit, files: JSON.parse(stdout) as SignedFile[] };
  };
  beforeAll(() => {
    softTokens().token('JUDGE', [
      { kind: 'rsa:2048', id: '01' },
      { kind: 'P-256', id: '02' },
    ]);
  });

  it.each([
    ['RSA-2048', '01'],
    ['ECDSA P-256', '02'],
  ])('signs several files by a %s key under one PIN', async (_, key) => {
    for (const name of ['p1.pdf', 'p2.pdf']) scene.save(name, await paper(name));
    const out = `token-${key}`;
    const { exit, files } = await onToken(['p1.pdf', 'p2.pdf', '--out', out, '--slot', 'JUDGE', '--key', key]);
    expect([exit, files.map(({ level, error }) => [level, error])]).toEqual([
      0,
      [
        ['B', null],
        ['B', null],
      ],
    ]);
    for (const file of files) {
      expect(judges.pdfsig(file.out!)).toContain('Signature is Valid.');
      expect(judges.qpdfFaults(file.out!)).toBe('');
      expect(() => opensslVerifies(readFileSync(file.out!), scene.dir, 0, false)).not.toThrow();
    }
  });

  it('says what is wrong with PIN, token and key, and signs nothing', async () => {
    scene.save('n1.pdf', await paper());
    scene.save('n2.pdf', await paper());
    const named = ['n1.pdf', 'n2.pdf', '--out', 'no-token'];
    const codes = async (args: readonly string[], pin?: string) => {
      const { exit, files } = await onToken([...named, ...args], pin);
      return [exit, ...files.map(({ error }) => error?.code)];
    };
    expect(await codes(['--slot', 'JUDGE', '--key', '01'], '0000')).toEqual([3, 'pin-wrong', 'not-tried']);
    expect(await codes(['--slot', 'OTHER'])).toEqual([3, 'token-absent', 'not-tried']);
    expect(await codes(['--slot', 'JUDGE', '--key', '07'])).toEqual([3, 'key-unreadable', 'not-tried']);
    expect(await codes(['--slot', 'JUDGE'])).toEqual([3, 'key-unreadable', 'not-tried']);
    expect(existsSync(path.join(scene.dir, 'no-token'))).toBe(false);
  });
});

describe('kense sign with NCALayer', () => {
  let program: NcaLayerDouble;
  beforeEach(async () => {
    program = await startNcaLayer(signsBy(scene.judge, [standardHierarchy().authority]));
  });
  afterEach(() => program.close());
  const behind = async (args: readonly string[], certificate = program.certificate): Promise<{ exit: number; files: SignedFile[] }> => {
    let stdout = '';
    const pinned = ['--ncalayer', program.place.url, '--ncalayer-cert', scene.save('ncalayer.pem', Buffer.from(certificate))];
    const exit = await runSign([...args, ...pinned, '--json'], {
      ...io((text) => (stdout += text)),
      readLine: () => Promise.reject(new Error('nobody types a PIN here')),
    });
    return { exit, files: JSON.parse(stdout) as SignedFile[] };
  };
  const allowed = () => ['--allow-host', `127.0.0.1:${server.port}`];

  it('signs several files by its windows alone, each valid to our verifier, and to OpenSSL by its message', async () => {
    for (const name of ['m1.pdf', 'm2.pdf']) scene.save(name, await paper(name));
    const { exit, files } = await behind(['m1.pdf', 'm2.pdf', '--out', 'by-ncalayer', ...scene.trust]);
    expect([exit, files.map(({ level, error, warnings }) => [level, error, warnings])]).toEqual([0, Array(2).fill(['B', null, []])]);
    expect(program.requests).toHaveLength(2);
    for (const file of files) {
      const { exit: verdict, report } = await verify(file.out!, ...scene.trust, ...allowed());
      expect([verdict, report.signatures]).toMatchObject([0, [{ verdict: 'valid', covers: 'whole', level: 'B' }]]);
      expect(() => opensslVerifies(readFileSync(file.out!), scene.dir)).not.toThrow();
      expect(judges.pdfsig(file.out!)).toContain('Signature is Valid.');
      expect(judges.qpdfFaults(file.out!)).toBe('');
    }
  });

  it('raises its signatures to T and LT by timestamp and proofs of our own', async () => {
    scene.save('mt.pdf', await paper());
    for (const level of ['T', 'LT'] as const) {
      const asked = ['mt.pdf', '--out', `mt-${level}.pdf`, '--tsa', scene.tsaUrl, '--level', level, ...scene.trust, ...allowed()];
      const { exit, files } = await behind(asked);
      expect([exit, only(files).level, only(files).error]).toEqual([0, level, null]);
      const { report } = await verify(only(files).out!, ...scene.trust, ...allowed());
      expect(report.signatures).toMatchObject([{ verdict: 'valid', level, timeSource: 'timestamp' }]);
    }
  });

  it('signs a file of 50 MB', async () => {
    scene.save('large.pdf', withFiller(50 * 1024 * 1024));
    const { exit, files } = await behind(['large.pdf', '--out', 'large-signed.pdf', ...scene.trust]);
    expect([exit, only(files).level]).toEqual([0, 'B']);
  });

  it('stops at the first failure there, and writes nothing that was not answered well', async () => {
    for (const name of ['s1.pdf', 's2.pdf', 's3.pdf']) scene.save(name, await paper(name));
    const signing = program.answer;
    program.answer = (request, content) => (program.requests.length === 2 ? CANCELLED : signing(request, content));
    const stopped = await behind(['s1.pdf', 's2.pdf', 's3.pdf', '--out', 'stopped', ...scene.trust]);
    expect([stopped.exit, stopped.files.map(({ error }) => error?.code ?? null)]).toEqual([3, [null, 'ncalayer-cancelled', 'not-tried']]);
    expect(readdirSync(path.join(scene.dir, 'stopped'))).toEqual(['s1.pdf']);
  });

  it('refuses what a certificate signed that is suspended, which shows only then', async () => {
    const { root, authority, crls } = standardHierarchy();
    const list = scene.save('held-2.crl', issueCrl(authority, { revoked: [{ certificate: scene.judge, reason: 'certificateHold' }] }));
    scene.save('sus.pdf', await paper());
    const trust = ['--anchor', root.pem, '--cert', authority.pem, '--crl', scene.save('held-root.crl', crls[0]!), '--crl', list];
    const { exit, files } = await behind(['sus.pdf', '--out', 'sus-signed.pdf', ...trust]);
    expect([exit, only(files)]).toMatchObject([3, { out: null, error: { code: 'certificate-unfit', params: { reason: 'suspended' } } }]);
    expect(existsSync(path.join(scene.dir, 'sus-signed.pdf'))).toBe(false);
  });

  it('gives nothing to a program that is not the named one, and none to another computer', async () => {
    scene.save('q.pdf', await paper());
    const { exit, files } = await behind(['q.pdf', '--out', 'q-signed.pdf'], readFileSync(standardHierarchy().root.pem, 'utf8'));
    expect([exit, only(files).error?.code, program.requests]).toEqual([3, 'ncalayer-untrusted', []]);
    await program.close();
    expect((await behind(['q.pdf', '--out', 'q-signed.pdf'])).files).toMatchObject([{ error: { code: 'ncalayer-absent' } }]);
    const far = ['q.pdf', '--out', 'q-signed.pdf', '--ncalayer', 'wss://10.0.0.1:13579'];
    await expect(
      runSign(
        far,
        io(() => undefined),
      ),
    ).rejects.toThrow(UsageError);
  });
});

describe('kense sign at level T', () => {
  it('carries a timestamp that OpenSSL finds, over the signature value, from an authority that is trusted', async () => {
    scene.save('t.pdf', await paper());
    const { exit, files } = await sign(['t.pdf', '--out', 't-signed.pdf', '--tsa', scene.tsaUrl, ...scene.trust]);
    expect([exit, only(files).level, only(files).error]).toEqual([0, 'T', null]);
    const pdf = readFileSync(only(files).out!);
    expect(opensslVerifies(pdf, scene.dir)).toContain('id-smime-aa-timeStampToken');
    expect(judges.pdfsig(only(files).out!)).toContain('Signature is Valid.');
    const [asked] = server.asked.filter(({ path: at }) => at === '/tsa').slice(-1);
    expect(asked).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/timestamp-query' } });
    const { report } = await verify(only(files).out!, ...scene.trust, '--allow-host', `127.0.0.1:${server.port}`);
    expect(report.signatures).toMatchObject([
      { verdict: 'valid', level: 'T', timeSource: 'timestamp', timestamps: [{ verdict: 'valid' }] },
    ]);
  });

  const faults: [string, string, () => Promise<string> | string][] = [
    ['is down', 'unreachable', async () => `http://127.0.0.1:${await deadPort()}/`],
    ['answers an error', 'http-status', () => (server.answer('/f', (_, response) => void response.writeHead(500).end()), server.url('/f'))],
    ['answers garbage', 'malformed', () => (server.answer('/f', Buffer.from('no timestamp')), server.url('/f'))],
    ['answers without end', 'too-large', () => (server.answer('/f', Buffer.alloc(1_000_000, 0x30)), server.url('/f'))],
    [
      'answers another request',
      'nonce-differs',
      () => {
        server.answer('/f', (asked, response) => {
          response.writeHead(200).end(answerTimestampRequest(otherNonce(asked.body), { authority: scene.tsa }));
        });
        return server.url('/f');
      },
    ],
    [
      'stamps other bytes',
      'imprint-differs',
      () => (
        server.answer('/f', (asked, response) => {
          response.writeHead(200).end(answerTimestampRequest(otherImprint(asked.body), { authority: scene.tsa }));
        }),
        server.url('/f')
      ),
    ],
    [
      'sends a token without our number',
      'malformed',
      () => (server.answer('/f', stamp(Buffer.from('x'), { authority: scene.tsa })), server.url('/f')),
    ],
    [
      'is a stranger',
      'not-trusted',
      () => (
        server.answer('/f', (asked, response) => {
          response.writeHead(200).end(answerTimestampRequest(asked.body, { authority: stranger() }));
        }),
        server.url('/f')
      ),
    ],
  ];
  for (const [what, reason, prepare] of faults)
    it(`stays at level B and says why when the authority ${what}`, async () => {
      scene.save('b.pdf', await paper());
      const { exit, files } = await sign(['b.pdf', '--out', 'b-signed.pdf', '--level', 'T', '--tsa', await prepare(), ...scene.trust]);
      expect(exit).toBe(2);
      expect(only(files)).toMatchObject({ level: 'B', error: { code: 'timestamp-failed', params: { reason } } });
      const pdf = readFileSync(only(files).out!);
      expect(opensslVerifies(pdf, scene.dir)).not.toContain('id-smime-aa-timeStampToken');
      expect(judges.pdfsig(only(files).out!)).toContain('Signature is Valid.');
    });
});

describe('kense sign at level LT', () => {
  const allow = () => ['--allow-host', `127.0.0.1:${server.port}`];

  it('carries everything it takes: the anchor alone verifies it offline', async () => {
    scene.save('lt.pdf', await paper());
    const { exit, files } = await sign([
      'lt.pdf',
      ...['--out', 'lt-signed.pdf', '--level', 'LT', '--tsa', scene.tsaUrl],
      ...scene.trust,
      ...allow(),
    ]);
    expect([exit, only(files).level, only(files).error]).toEqual([0, 'LT', null]);
    expect(judges.pdfsig(only(files).out!)).toContain('Signature is Valid.');
    expect(judges.qpdfFaults(only(files).out!)).toBe('');
    expect(() => opensslVerifies(readFileSync(only(files).out!), scene.dir)).not.toThrow();
    const alone = await verify(only(files).out!, '--offline', '--anchor', standardHierarchy().root.pem);
    expect(alone.exit).toBe(0);
    expect(alone.report.signatures).toMatchObject([{ verdict: 'valid', level: 'LT', timestamps: [{ verdict: 'valid' }] }]);
  });

  it('leaves two earlier signatures with their validation data as valid as they were', async () => {
    scene.save('s0.pdf', await paper());
    for (const n of [0, 1, 2]) {
      const { exit } = await sign([
        `s${n}.pdf`,
        ...['--out', `s${n + 1}.pdf`, '--level', 'LT', '--tsa', scene.tsaUrl],
        ...scene.trust,
        ...allow(),
      ]);
      expect(exit).toBe(0);
    }
    const file = path.join(scene.dir, 's3.pdf');
    expect(judges.pdfsig(file).match(/Signature is Valid\./g)).toHaveLength(3);
    expect(judges.qpdfFaults(file)).toBe('');
    const { exit, report } = await verify(file, '--offline', '--anchor', standardHierarchy().root.pem);
    expect(exit).toBe(0);
    expect(report.signatures.map(({ verdict, level }: { verdict: string; level: string }) => [verdict, level])).toEqual(
      Array(3).fill(['valid', 'LT']),
    );
    const pdf = readFileSync(file);
    for (const n of [0, 1, 2]) expect(() => opensslVerifies(pdf, scene.dir, n)).not.toThrow();
  });

  it('stays at level T and says why when the responder does not answer', async () => {
    scene.save('nt.pdf', await paper());
    const { exit, files } = await sign(['nt.pdf', '--out', 'nt-signed.pdf', '--level', 'LT', '--tsa', scene.tsaUrl, ...scene.trust]);
    expect(exit).toBe(2);
    expect(only(files)).toMatchObject({ level: 'T', error: { code: 'proofs-missing', params: { reason: 'TRY_LATER' } } });
    expect(existsSync(only(files).out!)).toBe(true);
  });
});
