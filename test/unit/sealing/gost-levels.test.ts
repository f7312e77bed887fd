import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTimestampClient } from '../../../main/evidence/index.ts';
import { certificateFault, raisePdf, sealPdf, type Level, type SealingParts } from '../../../main/sealing/index.ts';
import { buildSignedData, contentHasher, loadPolicy, verifyFile, type CmsSigner, type Policy } from '../../../main/signature/index.ts';
import { createTokenHost, type SigningSession } from '../../../main/token/index.ts';
import { startEvidenceServer, type EvidenceServer } from '../../support/evidence-server.ts';
import { gostAuthority } from '../../support/gost-authority.ts';
import { standardHierarchy } from '../../support/openssl-pki.ts';
import { answerTimestampRequest, standardTsa } from '../../support/openssl-tsa.ts';
import { paper } from '../../support/signing-scene.ts';
import { signed, startNcaLayer, type NcaLayerDouble } from '../../support/token/ncalayer-double.ts';

const clock = () => new Date().toISOString();
const gost = gostAuthority();
let server: EvidenceServer;
let policy: Policy;
let program: NcaLayerDouble;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  server = await startEvidenceServer();
  standardTsa();
  server.answer('/tsa', (asked, response) => void response.writeHead(200).end(answerTimestampRequest(asked.body)));
  const loaded = await loadPolicy(path.resolve(import.meta.dirname, '../../../resources'), 'court-default');
  if (!loaded.ok) throw new Error('no policy');
  policy = loaded.value;
  program = await startNcaLayer(() => null);
});
afterAll(async () => {
  for (const close of closing) await close();
  await program.close();
});

/** A GOST authority for the judge, an RSA one for the timestamps, as the National CA has them. */
function parts(list = gost.list): SealingParts {
  const { root, authority, crls } = standardHierarchy();
  const certs = [authority.der];
  const trust = () => Promise.resolve({ anchors: [gost.authority.certificate, root.der], certs, crls: [...crls, list], ocsp: [] });
  const hosts = [{ host: server.host, port: server.port, mayBePrivate: true }];
  const common = { clock, trust, policy };
  const timestamps = createTimestampClient({ ...common, url: server.url('/tsa'), tokenPolicy: null, hosts, random: randomBytes });
  return { ...common, timestamps, evidence: null };
}

const { certificate, key } = gost.person;
const signer: CmsSigner = { certificate, chain: [], algorithm: key.algorithm, sign: (tbs) => Promise.resolve(key.sign(tbs)) };

const SESSIONS: Readonly<Record<string, () => Promise<SigningSession>>> = {
  'a key file': () =>
    Promise.resolve({
      ...{ certificate, chain: [], algorithm: key.algorithm, signsOnce: false },
      sign: (tbs) => Promise.resolve({ ok: true, value: key.sign(tbs) }),
      close: () => Promise.resolve(),
    }),
  NCALayer: async () => {
    const host = createTokenHost(() => Promise.resolve(null), { places: { keyFolders: [], modules: [], ncaLayer: program.place } });
    const ref = { kind: 'ncalayer', url: program.place.url, certificate: Buffer.from(certificate).toString('base64') } as const;
    const opened = await host.openProgram(ref, 'kk');
    if (!opened.ok) throw new Error(opened.error.code);
    closing.push(() => opened.value.close());
    return opened.value;
  },
};

/** What the verifier says by both anchors and nothing else. */
async function offline(pdf: Uint8Array) {
  const trust = { anchors: [gost.authority.certificate, standardHierarchy().root.der], certs: [], crls: [], ocsp: [] };
  const verified = await verifyFile({ file: 'x.pdf', bytes: pdf, content: null, trust, policy, at: clock() });
  if (!verified.ok) throw new Error(JSON.stringify(verified.error));
  return verified.value.report.signatures;
}

describe.each(Object.keys(SESSIONS))('a PDF signed with a GOST key of 34.310-2015 by %s', (way) => {
  async function seal(level: Level): Promise<Uint8Array> {
    program.answer = (_request, content) => messageOver(content);
    const sealed = await sealPdf(parts(), await SESSIONS[way]!(), { pdf: await paper(), level, name: null, reason: null, location: null });
    if (!sealed.ok) throw new Error(JSON.stringify(sealed.error));
    expect([sealed.value.level, sealed.value.shortfall]).toEqual([level, null]);
    return sealed.value.pdf;
  }

  it('reaches T by a timestamp of an RSA authority', async () => {
    const [report] = await offline(await seal('T'));
    expect(report).toMatchObject({ level: 'T', timestamps: [expect.anything()] });
    expect(JSON.stringify(report)).toContain('GOST3410-2015-512');
  });

  it('reaches LT with the lists of both authorities, and is valid by the anchors alone, offline', async () => {
    expect(await offline(await seal('LT'))).toMatchObject([{ verdict: 'valid', level: 'LT', timeSource: 'timestamp' }]);
  });

  it('is raised from B to LT later, and stays what it was', async () => {
    const before = await seal('B');
    const raised = await raisePdf(parts(), before, 'LT');
    if (!raised.ok) throw new Error(JSON.stringify(raised.error));
    expect(Buffer.from(raised.value.pdf.subarray(0, before.length)).equals(before)).toBe(true);
    expect(await offline(raised.value.pdf)).toMatchObject([{ verdict: 'valid', level: 'LT' }]);
  });
});

describe('a GOST certificate', () => {
  it('signs while the list of its authority says nothing against it, and not while it is on hold there', async () => {
    expect(await certificateFault(parts(), certificate)).toBeNull();
    expect(await certificateFault(parts(gost.listWithHold), certificate)).toBe('suspended');
  });
});

/** What NCALayer answers: a detached message with a signing time of its own. */
function messageOver(content: Buffer): unknown {
  const hasher = contentHasher(signer.algorithm);
  hasher.update(content);
  const message = buildSignedData({ signer, contentDigest: Uint8Array.from(hasher.digest()), attachedContent: null, signingTime: clock() });
  return message.then(signed);
}
