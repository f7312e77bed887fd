import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEvidenceCache, createEvidenceSource, createTimestampClient } from '../../../main/evidence/index.ts';
import { raisePdf, sealPdf, type SealingParts } from '../../../main/sealing/index.ts';
import { loadPolicy, verifyFile, type Policy } from '../../../main/signature/index.ts';
import type { PdfRef } from '../../../main/pdf/pdf-value.ts';
import { readPdf } from '../../../main/pdf/read-pdf.ts';
import { createTokenHost, type TokenSession } from '../../../main/token/index.ts';
import { startEvidenceServer, type EvidenceServer } from '../../support/evidence-server.ts';
import { daysFromNow, issue, keyOf, openssl, PERSON, standardHierarchy } from '../../support/openssl-pki.ts';
import { PAGE, signPdfByOpenssl, writePdf } from '../../support/raw-pdf.ts';
import { opensslVerifies, paper, PIN, signingScene, type SigningScene } from '../../support/signing-scene.ts';
import { pdfJudges, type PdfJudges } from '../pdf/pdf-judges.ts';

const RESOURCES = path.resolve(import.meta.dirname, '../../../resources');
const clock = () => new Date().toISOString();
let server: EvidenceServer;
let scene: SigningScene;
let judges: PdfJudges;
let policy: Policy;
let session: TokenSession;

beforeAll(async () => {
  server = await startEvidenceServer();
  scene = signingScene(server);
  judges = pdfJudges({ dir: scene.dir, caPem: standardHierarchy().root.pem });
  const loaded = await loadPolicy(RESOURCES, 'kz-incoming');
  const host = createTokenHost(() => Promise.resolve({ pin: Buffer.from(PIN) }));
  const opened = await host.open({ kind: 'pkcs12', file: scene.p12 }, { purpose: 'act', title: '', lines: [], sha256: null });
  if (!loaded.ok || !opened.ok) throw new Error('no scene');
  policy = loaded.value;
  session = opened.value;
});

function parts(online: boolean): SealingParts {
  const { root, authority, crls } = standardHierarchy();
  const trust = () => Promise.resolve({ anchors: [root.der], certs: [authority.der], crls: [crls[0]!], ocsp: [] });
  const hosts = [{ host: server.host, port: server.port, mayBePrivate: true }];
  const common = { clock, trust, policy };
  if (!online) return { ...common, timestamps: null, evidence: null };
  return {
    ...common,
    timestamps: createTimestampClient({ ...common, url: scene.tsaUrl, tokenPolicy: null, hosts, random: randomBytes }),
    evidence: createEvidenceSource({ hosts, cache: createEvidenceCache(null), clock, random: randomBytes }),
  };
}

async function signedAtB(pdf: Uint8Array): Promise<Uint8Array> {
  const sealed = await sealPdf(parts(false), session, { pdf, level: 'LT', name: null, reason: null, location: null });
  if (!sealed.ok) throw new Error(JSON.stringify(sealed.error));
  expect(sealed.value).toMatchObject({ level: 'B', shortfall: { code: 'timestamp-failed', reason: 'no-authority' } });
  return sealed.value.pdf;
}

async function offline(pdf: Uint8Array) {
  const trust = { anchors: [standardHierarchy().root.der], certs: [], crls: [], ocsp: [] };
  const verified = await verifyFile({ file: 'x.pdf', bytes: pdf, content: null, trust, policy, at: clock() });
  if (!verified.ok) throw new Error(JSON.stringify(verified.error));
  return verified.value.report.signatures;
}

describe('raising a signed file', () => {
  it('goes from B to LT by what is added after its bytes, and is verified by the anchor alone', async () => {
    const before = await signedAtB(await paper());
    const raised = await raisePdf(parts(true), before, 'LT');
    if (!raised.ok) throw new Error(JSON.stringify(raised.error));
    expect([raised.value.level, raised.value.shortfall]).toEqual(['LT', null]);
    const after = raised.value.pdf;
    expect(Buffer.from(after.subarray(0, before.length)).equals(before)).toBe(true);
    expect(await offline(after)).toMatchObject([{ verdict: 'valid', level: 'LT', timeSource: 'timestamp' }]);
    const file = scene.save('raised.pdf', after);
    expect(judges.pdfsig(file)).toContain('Signature is Valid.');
    expect(judges.qpdfFaults(file)).toBe('');
    expect(() => opensslVerifies(after, scene.dir)).not.toThrow();
  });

  it('adds nothing twice to a file that is there already', async () => {
    const first = await raisePdf(parts(true), await signedAtB(await paper()), 'LT');
    if (!first.ok) throw new Error(JSON.stringify(first.error));
    const again = await raisePdf(parts(true), first.value.pdf, 'LT');
    expect(again).toMatchObject({ ok: true, value: { level: 'LT', shortfall: null } });
    if (again.ok) expect(again.value.pdf).toBe(first.value.pdf);
  });

  it('stops at T without a responder and goes on from there', async () => {
    const half = await raisePdf({ ...parts(true), evidence: null }, await signedAtB(await paper()), 'LT');
    if (!half.ok) throw new Error(JSON.stringify(half.error));
    expect(half.value).toMatchObject({ level: 'T', shortfall: { code: 'proofs-missing', reason: 'TRY_LATER' } });
    const whole = await raisePdf(parts(true), half.value.pdf, 'LT');
    if (!whole.ok) throw new Error(JSON.stringify(whole.error));
    expect(whole.value).toMatchObject({ level: 'LT', shortfall: null });
    expect(Buffer.from(whole.value.pdf.subarray(0, half.value.pdf.length)).equals(half.value.pdf)).toBe(true);
    expect(await offline(whole.value.pdf)).toMatchObject([{ verdict: 'valid', level: 'LT' }]);
  });

  it('gives the very bytes back when no timestamp is to be had', async () => {
    const before = await signedAtB(await paper());
    const raised = await raisePdf(parts(false), before, 'T');
    expect(raised).toEqual({
      ok: true,
      value: { pdf: before, level: 'B', shortfall: { code: 'timestamp-failed', reason: 'no-authority' } },
    });
  });

  it('raises nothing that is not sound', async () => {
    const broken = Buffer.from(await signedAtB(await paper()));
    broken[400] = broken[400]! ^ 1;
    expect(await raisePdf(parts(true), broken, 'LT')).toMatchObject({ ok: false, error: { code: 'signature-check-failed' } });
    expect(await raisePdf(parts(true), await paper(), 'LT')).toMatchObject({ ok: false, error: { code: 'signature-check-failed' } });
  });

  it('gives a certified file that allows no change its timestamp and its proofs all the same', async () => {
    const certified = signPdfByOpenssl(writePdf(PAGE), {
      ...{ signer: scene.judge, field: 7 },
      dictionary: '/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >>]',
      objects: { 1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /Perms << /DocMDP 8 0 R >> >>' },
    });
    const again = await sealPdf(parts(true), session, { pdf: certified, level: 'B', name: null, reason: null, location: null });
    expect(again).toMatchObject({ ok: false, error: { code: 'format-unsupported', params: { reason: 'changes-forbidden' } } });
    const raised = await raisePdf(parts(true), certified, 'LT');
    expect(raised).toMatchObject({ ok: true, value: { level: 'LT' } });
    if (!raised.ok) return;
    expect(await offline(raised.value.pdf)).toMatchObject([{ verdict: 'valid', level: 'LT' }]);
  });

  it('writes one piece once however many signatures rest on it', async () => {
    let pdf = await paper();
    for (let n = 0; n < 2; n++) {
      const sealed = await sealPdf(parts(true), session, { pdf, level: 'LT', name: null, reason: null, location: null });
      if (!sealed.ok) throw new Error(JSON.stringify(sealed.error));
      expect(sealed.value.level).toBe('LT');
      pdf = sealed.value.pdf;
    }
    const file = readPdf(pdf);
    const store = file.dict(file.dict(file.trailer.get('Root'))!.get('DSS'))!;
    for (const list of ['Certs', 'OCSPs', 'CRLs']) {
      const pieces = file.array(store.get(list))!.map((ref) => Buffer.from(file.stream(ref as PdfRef)!).toString('hex'));
      expect(pieces.length).toBeGreaterThan(0);
      expect(new Set(pieces).size).toBe(pieces.length);
    }
    expect(file.dict(store.get('VRI'))!.size).toBe(2);
  });
});

describe('a clock that is off', () => {
  it('leaves a signature at level B whose timestamp would lie before the certificate began', async () => {
    const later = () => new Date(Date.now() + 2 * 86_400_000).toISOString();
    const { authority } = standardHierarchy();
    const young = issue({ subject: PERSON, key: keyOf('judge'), issuer: authority, from: daysFromNow(1) });
    const p12 = path.join(scene.dir, 'young.p12');
    openssl('pkcs12', '-export', '-inkey', young.key, '-in', young.pem, '-passout', `pass:${PIN}`, '-out', p12);
    const host = createTokenHost(() => Promise.resolve({ pin: Buffer.from(PIN) }), { clock: later });
    const opened = await host.open({ kind: 'pkcs12', file: p12 }, { purpose: 'act', title: '', lines: [], sha256: null });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    const { root, crls } = standardHierarchy();
    const trust = () => Promise.resolve({ anchors: [root.der], certs: [authority.der], crls: [crls[0]!], ocsp: [] });
    const hosts = [{ host: server.host, port: server.port, mayBePrivate: true }];
    const timestamps = createTimestampClient({
      clock: later,
      trust,
      policy,
      url: scene.tsaUrl,
      tokenPolicy: null,
      hosts,
      random: randomBytes,
    });
    const sealed = await sealPdf({ policy, trust, clock: later, timestamps, evidence: null }, opened.value, {
      ...{ pdf: await paper(), level: 'T', name: null, reason: null, location: null },
    });
    expect(sealed).toMatchObject({
      ok: true,
      value: { level: 'B', shortfall: { code: 'timestamp-failed', reason: 'time-outside-certificate' } },
    });
  });
});
