import { execFileSync } from 'node:child_process';
import { createPrivateKey, createSign, randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadPolicy } from '../../main/signature/index.ts';
import { beginSeal, finishSeal, inTwoSteps, type SealingParts, type Unjudged } from '../../main/sealing/index.ts';
import { createTokenHost, type KeyRef, type TokenSession } from '../../main/token/index.ts';
import type { Result } from '../../shared/result.ts';
import { runMeasured } from '../support/measured-run.ts';
import { issue, keyOf, openssl, standardHierarchy } from '../support/openssl-pki.ts';
import { answerTimestampRequest, TSA_EXTENSIONS } from '../support/openssl-tsa.ts';
import { stream, writePdf } from '../support/raw-pdf.ts';
import { less, more, type Measure } from './measure.ts';

const SOFTHSM = '/usr/lib/softhsm/libsofthsm2.so';
const RESOURCES = path.resolve(import.meta.dirname, '../../resources');
const PIN = '123456';
const SMALL = 94 * 1024;
const BIG = 50 * 1024 * 1024;

/** Signing, each signature verified, against the bare signatures of the same key in the same run; and what a large act takes of memory. */
export async function benchSign(): Promise<Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kense-bench-'));
  try {
    const { person, authority, root, crls } = standardHierarchy();
    const p12 = path.join(folder, 'judge.p12');
    openssl(
      'pkcs12',
      '-export',
      '-inkey',
      person.key,
      '-in',
      person.pem,
      '-certfile',
      authority.pem,
      '-passout',
      `pass:${PIN}`,
      '-out',
      p12,
    );
    const policy = await loadPolicy(RESOURCES, 'kz-incoming');
    if (!policy.ok) throw new Error(policy.error.code);
    const trust = { anchors: [root.der], certs: [authority.der], crls, ocsp: [] };
    const parts: SealingParts = {
      policy: policy.value,
      trust: () => Promise.resolve(trust),
      clock: () => new Date().toISOString(),
      timestamps: null,
      evidence: null,
    };
    const key = createPrivateKey(readFileSync(keyOf('person')));
    const rawInProcess: RawKey = { sign: () => void createSign('sha256').update(randomBytes(160)).sign(key), end: () => undefined };
    return [
      ...(await benchKey('PKCS#12, RSA-2048', { kind: 'pkcs12', file: p12 }, parts, rawInProcess, 'bare signatures of Node')),
      ...(await benchToken(folder, parts)),
      ...(await benchMemory(folder, p12)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A key with nothing of ours around it. */
type RawKey = { sign(): void; end(): void };

/** The same key imported into SoftHSM; its own rate is that of C_Sign in the process of the module, without ours around it. */
async function benchToken(folder: string, parts: SealingParts): Promise<Measure[]> {
  const { person } = standardHierarchy();
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'ignore' });
  mkdirSync(path.join(folder, 'tokens'));
  const configuration = path.join(folder, 'softhsm2.conf');
  writeFileSync(configuration, `directories.tokendir = ${path.join(folder, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  process.env['SOFTHSM2_CONF'] = configuration;
  const [p8, der] = [path.join(folder, 'key.p8'), path.join(folder, 'certificate.der')];
  run('openssl', 'pkcs8', '-topk8', '-nocrypt', '-in', person.key, '-out', p8);
  writeFileSync(der, person.der);
  run('softhsm2-util', '--init-token', '--free', '--label', 'BENCH', '--so-pin', '12345678', '--pin', PIN);
  run('softhsm2-util', '--import', p8, '--token', 'BENCH', '--label', 'judge', '--id', '01', '--pin', PIN);
  const at = ['--module', SOFTHSM, '--token-label', 'BENCH', '--login', '--pin', PIN];
  run('pkcs11-tool', ...at, '--write-object', der, '--type', 'cert', '--id', '01', '--label', 'judge');
  const raw = await rawToken(SOFTHSM);
  const host = createTokenHost(() => Promise.resolve(null), { places: { keyFolders: [], modules: [SOFTHSM] } });
  const listed = await host.list();
  host.end();
  const found = listed.ok ? listed.value.find(({ ref }) => ref.kind === 'pkcs11') : undefined;
  if (!found) throw new Error('the token is not found');
  return benchKey('SoftHSM, RSA-2048', found.ref, parts, raw, 'C_Sign of SoftHSM');
}

/** C_SignInit and C_Sign over one session, as fast as the module goes. */
async function rawToken(module: string): Promise<RawKey> {
  const { default: pkcs11 } = await import('pkcs11js');
  const token = new pkcs11.PKCS11();
  token.load(module);
  token.C_Initialize();
  const session = token.C_OpenSession(token.C_GetSlotList(true)[0]!, pkcs11.CKF_SERIAL_SESSION);
  token.C_Login(session, pkcs11.CKU_USER, PIN);
  token.C_FindObjectsInit(session, [{ type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY }]);
  const key = token.C_FindObjects(session, 1)[0]!;
  token.C_FindObjectsFinal(session);
  const tbs = randomBytes(160);
  return {
    sign() {
      token.C_SignInit(session, { mechanism: pkcs11.CKM_SHA256_RSA_PKCS }, key);
      token.C_Sign(session, tbs, Buffer.alloc(512));
    },
    end() {
      token.C_Logout(session);
      token.C_CloseSession(session);
      token.C_Finalize();
    },
  };
}

async function benchKey(name: string, key: KeyRef, parts: SealingParts, raw: RawKey, peerName: string): Promise<Measure[]> {
  const modules = key.kind === 'pkcs11' ? [key.module] : [];
  const host = createTokenHost(() => Promise.resolve({ pin: Buffer.from(PIN) }), { places: { keyFolders: [], modules } });
  if (key.kind === 'pkcs11') await host.list();
  const opened = await host.open(key, { purpose: 'paper', title: '', lines: [], sha256: null });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  let inToken = 0;
  const session: TokenSession = {
    ...opened.value,
    sign: async (tbs) => {
      const started = performance.now();
      const signed = await opened.value.sign(tbs);
      inToken += performance.now() - started;
      return signed;
    },
  };
  const acts = Array.from({ length: PER_ROUND }, () => actOf(SMALL));
  const [rates, bares, raws]: [number[], number[], number[]] = [[], [], []];
  let cpuMs = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const rawRate = await rateOf(PER_ROUND, () => Promise.resolve(raw.sign()));
    const bare = await rateOf(PER_ROUND, () => opened.value.sign(randomBytes(160)));
    const cpu = process.cpuUsage();
    const rate = await pipelineRate(parts, session, acts);
    const { user, system } = process.cpuUsage(cpu);
    // the first round warms everything up
    if (round === 0) {
      inToken = 0;
      continue;
    }
    cpuMs += (user + system) / 1000;
    rates.push(rate);
    bares.push(bare);
    raws.push(rawRate);
  }
  const slow = slowed(opened.value);
  const [slowRate, slowBare] = [await pipelineRate(parts, slow, acts), await rateOf(PER_ROUND, () => slow.sign(randomBytes(160)))];
  await opened.value.close();
  host.end();
  raw.end();
  const count = ROUNDS * PER_ROUND;
  const peer = middle(raws);
  return [
    more(`${name}: acts of 94 KB, verified`, 'acts/s', middle(rates), peerName, peer),
    more(`${name}: signatures by our way to the key`, '1/s', middle(bares), peerName, peer),
    less(`${name}: of an act, processor time of this process`, 'ms', cpuMs / count, 'waiting for the key', inToken / count),
    more(`${name}: the same with a key that takes ${SLOW_MS} ms more`, 'acts/s', slowRate, 'that key alone', slowBare),
  ];
}

/** Ours and the bare key take turns, so that whatever else the machine does meets both. */
const ROUNDS = 12;
const PER_ROUND = 25;
const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function rateOf(count: number, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < count; i++) await work();
  return (count * 1000) / (performance.now() - started);
}

/** Far less than a token of USB takes. */
const SLOW_MS = 20;
const slowed = (session: TokenSession): TokenSession => ({
  ...session,
  sign: async (tbs) => {
    await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    return session.sign(tbs);
  },
});

/** Acts a second, as the batch signs them: the key signs an act while the one before is verified. */
async function pipelineRate(parts: SealingParts, session: TokenSession, acts: readonly Uint8Array[]): Promise<number> {
  const begin = async (pdf: Uint8Array) => {
    return { made: await beginSeal(parts, session, { pdf, level: 'B', name: 'Т. Тестов', reason: null, location: null }) };
  };
  const finish = async (_pdf: Uint8Array, begun: Result<Unjudged>) => {
    const sealed = begun.ok ? await finishSeal(parts, begun.value) : begun;
    return sealed.ok ? null : sealed.error;
  };
  const started = performance.now();
  const stop = await inTwoSteps(acts, begin, finish);
  if (stop) throw new Error(JSON.stringify(stop));
  return (acts.length * 1000) / (performance.now() - started);
}

/** One page with a stream that cannot be packed. */
function actOf(bytes: number): Uint8Array {
  const filler = randomBytes(bytes).toString('latin1').replaceAll('endstream', 'xxxxxxxxx');
  return writePdf({
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    4: stream('BT /F1 24 Tf 72 720 Td (Act) Tj ET'),
    5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    6: stream(filler),
  });
}

/** `kense sign` in a process of its own, without what it takes for a small act; for LT with a timestamp authority on this machine and lists beside it. */
async function benchMemory(folder: string, p12: string): Promise<Measure[]> {
  const { authority, root, crls } = standardHierarchy();
  const tsa = issue({
    subject: '/CN=TSA SERVICE/C=KZ',
    key: keyOf('bench-tsa'),
    issuer: authority,
    extensions: [...TSA_EXTENSIONS, 'authorityKeyIdentifier=keyid'],
  });
  const server = http.createServer((request, response) => {
    const asked: Buffer[] = [];
    request.on('data', (chunk: Buffer) => asked.push(chunk));
    request.on('end', () =>
      response
        .writeHead(200, { 'content-type': 'application/timestamp-reply' })
        .end(answerTimestampRequest(Buffer.concat(asked), { authority: tsa })),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const lists = crls.flatMap((crl, i) => {
    writeFileSync(path.join(folder, `${i}.crl`), crl);
    return ['--crl', path.join(folder, `${i}.crl`)];
  });
  const proofs = [
    '--tsa',
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    '--anchor',
    root.pem,
    '--cert',
    authority.pem,
    ...lists,
  ];
  const peakOf = async (bytes: number, level: 'B' | 'LT'): Promise<number> => {
    const [file, out] = [path.join(folder, `${bytes}.pdf`), path.join(folder, `${bytes}-${level}.pdf`)];
    writeFileSync(file, actOf(bytes));
    const args = ['sign', file, '--out', out, '--level', level, '--p12', p12, '--pin-stdin', '--json', ...(level === 'B' ? [] : proofs)];
    const { code, peakMb, stdout } = await runMeasured(args, folder, 120_000, `${PIN}\n`);
    if (code !== 0) throw new Error(stdout);
    return peakMb;
  };
  const measures: Measure[] = [];
  for (const level of ['B', 'LT'] as const) {
    const idle = await peakOf(SMALL, level);
    const peak = await peakOf(BIG, level);
    measures.push(less(`memory for an act of 50 MB, level ${level}`, 'times its size', (peak - idle) / (BIG / 1024 / 1024), 'limit', 4));
  }
  server.close();
  return measures;
}
