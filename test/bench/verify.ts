import { createHash, randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { digestOf } from '../../main/signature/algorithms/hash.ts';
import { createFileVerifier } from '../../main/cli/verify-files.ts';
import { createVerificationWorker } from '../../main/signature/index.ts';
import { readCrl } from '../../main/signature/revocation/read-crl.ts';
import { answerOcsp } from '../support/openssl-ocsp.ts';
import {
  AT,
  AUTHORITY,
  CA_EXTENSIONS,
  crlPem,
  issue,
  issueCrl,
  keyOf,
  openssl,
  PERSON,
  ROOT,
  signCms,
  standardHierarchy,
  useGostEngine,
  type Certificate,
} from '../support/openssl-pki.ts';
import { verifyWithPkijs } from './pkijs-peer.ts';
import { bigCrl } from './big-crl.ts';
import { less, median, more, type Measure } from './measure.ts';

/** As the command line verifies: in a thread of its own. */
const worker = createVerificationWorker(path.resolve(import.meta.dirname, '../../main/signature/worker/process.ts'));
const RESOURCES = path.resolve(import.meta.dirname, '../../resources');
const FILES = 1000;
const DISTINCT = 100;
const PEER_FILES = 100;
const GOST_FILES = 100;
const SMALL = 100 * 1024;
const BIG = 50 * 1024 * 1024;

type Signed = { readonly content: string; readonly signature: string };
type Trust = { readonly anchors: string[]; readonly certs: string[]; readonly crls: string[]; readonly ocsp: string[] };

/** Verification against OpenSSL’s command line, PKI.js and the bare arithmetic; files lie on disk for everybody. */
export async function benchVerify(): Promise<Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kense-bench-'));
  const write = (name: string, bytes: Uint8Array | string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    return file;
  };
  try {
    return [
      ...(await benchRsa(write)),
      ...(await benchBig(write)),
      ...(await benchGost(write)),
      ...(await benchStreebog()),
      ...(await benchCrl()),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await worker.close();
  }
}

type Write = (name: string, bytes: Uint8Array | string) => string;

async function benchRsa(write: Write): Promise<Measure[]> {
  const { root, authority, person, crls } = standardHierarchy();
  const signed = Array.from({ length: DISTINCT }, (_, i) => {
    const content = randomBytes(SMALL);
    return { content: write(`${i}.bin`, content), signature: write(`${i}.p7s`, signCms({ content, signers: [person] })) };
  });
  const files = Array.from({ length: FILES }, (_, i) => signed[i % DISTINCT]!);
  const crlFiles = crls.map((crl, i) => write(`crl-${i}.crl`, crl));
  const trust = { anchors: [write('root.der', root.der)], certs: [write('ca.der', authority.der)], crls: crlFiles, ocsp: [] };
  const ours = await perFile(files, trust);
  const bundle = write('bundle.pem', [root, authority].map(({ pem }) => readFileSync(pem, 'utf8')).join('\n') + crls.map(crlPem).join(''));
  const peers = files.slice(0, PEER_FILES);
  const byProcess = (await median(1, () => peers.forEach((file) => opensslVerifies(file, bundle)))) / PEER_FILES;
  const pkijs = await verifyWithPkijs(peers, [root.der], [authority.der]);
  const answer = write('answer.ors', answerOcsp({ issuer: authority, certificate: person, minutes: 60 * 24 }));
  const withOcsp = await perFile(files, { ...trust, crls: crlFiles.slice(0, 1), ocsp: [answer] });
  const full =
    (await median(1, () => peers.forEach((file) => opensslValidates(file, bundle, { root, authority, person }, answer)))) / PEER_FILES;
  return [
    less('RSA CMS of 100 KB, path and CRLs', 'ms per file', ours, 'openssl cms -verify, a process each', byProcess),
    less('RSA CMS of 100 KB, path', 'ms per file', ours, 'PKI.js 4, chain without revocation', pkijs),
    less('RSA CMS of 100 KB, full with OCSP', 'ms per file', withOcsp, 'openssl cms, verify and ocsp', full),
  ];
}

async function benchBig(write: Write): Promise<Measure[]> {
  const { root, authority, person, crls } = standardHierarchy();
  const content = randomBytes(BIG);
  const file = { content: write('big.bin', content), signature: write('big.p7s', signCms({ content, signers: [person] })) };
  const trust = {
    anchors: [write('root.der', root.der)],
    certs: [write('ca.der', authority.der)],
    crls: crls.map((crl, i) => write(`crl-${i}.crl`, crl)),
    ocsp: [],
  };
  const verify = await verifierFor(trust);
  await verify(file);
  const ours = await median(5, () => verify(file));
  const hash = await median(5, () => createHash('sha256').update(readFileSync(file.content)).digest());
  const bundle = write('bundle.pem', [root, authority].map(({ pem }) => readFileSync(pem, 'utf8')).join('\n') + crls.map(crlPem).join(''));
  const byOpenssl = await median(3, () => opensslVerifies(file, bundle));
  return [
    less('RSA CMS of 50 MB', 'ms', ours, 'reading the file and SHA-256', hash),
    less('RSA CMS of 50 MB', 'ms', ours, 'openssl cms -verify', byOpenssl),
  ];
}

/** The engine signs with Russian identifiers: the same curve and hash as the Kazakh ones, under a policy that takes them. */
async function benchGost(write: Write): Promise<Measure[]> {
  if (spawnSync('openssl', ['engine', 'gost']).status !== 0) {
    process.stderr.write('no gost engine of OpenSSL here: GOST is left out\n');
    return [];
  }
  useGostEngine();
  const digest = 'md_gost12_512';
  const kind = 'gost2012_512:A' as const;
  const root = issue({ subject: ROOT, key: keyOf('bench-root', kind), digest, extensions: CA_EXTENSIONS });
  const authority = issue({ subject: AUTHORITY, key: keyOf('bench-authority', kind), issuer: root, digest, extensions: CA_EXTENSIONS });
  const person = issue({ subject: PERSON, key: keyOf('bench-person', kind), issuer: authority, digest });
  const crls = [issueCrl(root, { digest }), issueCrl(authority, { digest })];
  const files = Array.from({ length: GOST_FILES }, (_, i) => {
    const content = randomBytes(10 * 1024);
    return {
      content: write(`gost-${i}.bin`, content),
      signature: write(`gost-${i}.p7s`, signCms({ content, signers: [person], args: ['-md', digest] })),
    };
  });
  const trust = {
    anchors: [write('gost-root.der', root.der)],
    certs: [write('gost-ca.der', authority.der)],
    crls: crls.map((crl, i) => write(`gost-${i}.crl`, crl)),
    ocsp: [],
  };
  const policy = JSON.parse(readFileSync(path.join(RESOURCES, 'policy/kz-incoming.json'), 'utf8'));
  policy.parameters.algorithms.schemes['GOST3410-2012-512'] = {};
  const ours = await perFile(files, trust, write('gost-policy.json', JSON.stringify(policy)));
  const bundle = write('gost.pem', [root, authority].map(({ pem }) => readFileSync(pem, 'utf8')).join('\n') + crls.map(crlPem).join(''));
  const byEngine = (await median(1, () => files.slice(0, 30).forEach((file) => opensslVerifies(file, bundle)))) / 30;
  return [
    more('GOST-512 CMS of 10 KB, path and CRLs', 'per second', 1000 / ours, 'goal', 100),
    less('GOST-512 CMS of 10 KB, path and CRLs', 'ms per file', ours, 'openssl with the gost engine, a process each', byEngine),
  ];
}

async function benchStreebog(): Promise<Measure[]> {
  const bytes = randomBytes(10 * 1024 * 1024);
  const rate = (ms: number): number => 10_000 / ms;
  const ours = rate(await median(3, () => digestOf('STREEBOG-512', bytes)));
  return [
    more('Streebog-512', 'MB/s', ours, 'SHA-512 of OpenSSL', rate(await median(3, () => createHash('sha512').update(bytes).digest()))),
  ];
}

async function benchCrl(): Promise<Measure[]> {
  const crl = bigCrl(400_000);
  const before = process.memoryUsage();
  let read: unknown = null;
  const ms = await median(3, () => (read = readCrl(crl)));
  const after = process.memoryUsage();
  if (read === null) throw new Error('the large CRL was not read');
  const grown = (after.heapUsed + after.external - before.heapUsed - before.external) / 1024 / 1024;
  return [
    less(`CRL of 400,000 entries, ${Math.round(crl.length / 1e6)} MB`, 'ms', ms, 'limit', 1000),
    less('CRL of 400,000 entries, 21 MB, memory', 'MiB kept', Math.max(grown, 0.1), 'limit', 64),
  ];
}

async function verifierFor(trust: Trust, policyName = 'kz-incoming'): Promise<(file: Signed) => Promise<void>> {
  const verifier = createFileVerifier({ resourcesDir: RESOURCES }, null, worker.verify);
  const policy = await verifier.policy(policyName);
  if (!policy.ok) throw new Error('no policy');
  return async ({ content, signature }) => {
    const answer = await verifier.verify({
      file: signature,
      path: signature,
      content,
      trust,
      at: AT,
      policy: policy.value,
      budget: { leftMs: 0 },
    });
    if (!('overall' in answer) || answer.overall !== 'valid') throw new Error(`not valid: ${JSON.stringify(answer)}`);
  };
}

async function perFile(files: readonly Signed[], trust: Trust, policy?: string): Promise<number> {
  const verify = await verifierFor(trust, policy);
  for (const file of files.slice(0, DISTINCT)) await verify(file);
  const started = performance.now();
  for (const file of files) await verify(file);
  return (performance.now() - started) / files.length;
}

const inTime = ['-attime', String(Date.parse(AT) / 1000)];

function opensslVerifies({ content, signature }: Signed, bundle: string): void {
  openssl(
    'cms',
    '-verify',
    '-binary',
    '-inform',
    'DER',
    '-in',
    signature,
    '-content',
    content,
    '-CAfile',
    bundle,
    '-no-CApath',
    '-crl_check_all',
    '-purpose',
    'any',
    ...inTime,
    '-out',
    '/dev/null',
  );
}

/** What a careful script does with OpenSSL alone: signature, path with CRLs, OCSP answer. */
function opensslValidates(
  file: Signed,
  bundle: string,
  { root, authority, person }: Record<'root' | 'authority' | 'person', Certificate>,
  answer: string,
): void {
  opensslVerifies(file, bundle);
  openssl('verify', '-CAfile', root.pem, '-untrusted', authority.pem, '-purpose', 'any', ...inTime, person.pem);
  openssl('ocsp', '-sha256', '-respin', answer, '-issuer', authority.pem, '-cert', person.pem, '-CAfile', bundle, '-no_nonce');
}
