import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  keepVerification,
  layDownEvidence,
  readVerifications,
  rerunVerification,
  verifyStoredFile,
  type StoredFile,
} from '../../../main/evidence/index.ts';
import { readTrustMaterial, type TrustMaterial } from '../../../main/signature/index.ts';
import { createBlobStore, openStore, type BlobStore } from '../../../main/store/index.ts';
import { CONTENT, signerNaming, sourceFor, trustWithoutSigner } from '../../support/asking.ts';
import { opensslResponder, respondWith, startEvidenceServer } from '../../support/evidence-server.ts';
import { answerOcsp, breakSignature, standardResponder } from '../../support/openssl-ocsp.ts';
import { AT, daysFromNow, issue, issueCrl, keyOf, PERSON, signCms, standardHierarchy, AUTHORITY } from '../../support/openssl-pki.ts';
import { addUnsigned, stamp } from '../../support/openssl-tsa.ts';
import { attribute, OIDS } from '../../support/forge-signed-data.ts';
import { PAGE, signPdfByOpenssl, writePdf } from '../../support/raw-pdf.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { policyNamed, standardTrust } from '../../support/verify-signature.ts';

const FIXTURES = process.env.KENSE_FIXTURES ?? path.resolve(import.meta.dirname, '../../../../shared/fixtures');
const nca = (...parts: string[]) => path.join(FIXTURES, 'nca', ...parts);
const present = existsSync(nca());

const must = <T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const key = new Uint8Array(32).fill(5);
const profile = tempDir();
const open = () => ({
  store: must(openStore(path.join(profile, 'kense.db'), key)),
  blobs: createBlobStore({ dir: path.join(profile, 'documents'), key }),
});
let desk = open();
afterAll(() => desk.store.close());
desk.store.write((tx) => {
  tx.run(
    `INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, search_text, sent_at, received_at) VALUES ('f', 'c', 'claim', 'kk', '{}', 'received', '', '', '', '')`,
  );
  tx.run(
    `INSERT INTO document (id, filing_id, position, role, title, file_name, size, sha256) VALUES ('d', 'f', 0, 'claim', '', 'claim', 0, '')`,
  );
});

type Sample = { readonly name: string; readonly file: StoredFile; readonly trust: TrustMaterial };
let last = 0;

/** Verifies and keeps, as a desk does for a file of a filing; answers the id and the report. */
async function keep(
  { file, trust }: Sample,
  at: string,
  policy = 'kz-incoming',
  source: ReturnType<typeof sourceFor> | null = null,
  receivedAt = at,
): Promise<{ id: string; report: string; overall: string }> {
  const circumstances = { trust, policy: await policyNamed(policy), at, receivedAt };
  const verification = must(await verifyStoredFile(desk.blobs, file, circumstances, source?.inquire({ leftMs: 5_000 }) ?? null));
  const kept = must(await layDownEvidence(desk.blobs, { documentId: 'd', file, circumstances, verification }));
  const id = `v${++last}`;
  desk.store.write((tx) => keepVerification(tx, 'f', id, kept));
  return { id, report: JSON.stringify(verification.report), overall: verification.report.overall };
}

const put = async (bytes: Uint8Array) => must(await desk.blobs.putBytes(bytes)).sha256;
const detached = async (name: string, bytes: Uint8Array, content: Uint8Array, trust: TrustMaterial): Promise<Sample> => ({
  name,
  file: { fileName: `${name}.p7s`, sha256: await put(bytes), contentSha256: await put(content) },
  trust,
});

const { root, authority, person, crls } = standardHierarchy();
const plain = signCms({ content: CONTENT, signers: [person] });
const timestamped = addUnsigned(plain, (value) => [attribute(OIDS.timestamp, stamp(value))]);
const listSigner = issue({
  subject: AUTHORITY,
  key: keyOf('crl-signer'),
  issuer: root,
  extensions: ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,cRLSign', 'subjectKeyIdentifier=hash'],
  from: daysFromNow(-2000),
  to: daysFromNow(5000),
});
const strayed = issue({ subject: PERSON, key: keyOf('second'), issuer: issue({ subject: '/CN=UNKNOWN/C=KZ', key: keyOf('stranger') }) });
const everything: TrustMaterial = {
  anchors: [root.der],
  certs: [authority.der, person.der, listSigner.der, strayed.der, standardResponder().der],
  crls: [
    ...crls,
    issueCrl(listSigner, { number: 40, from: daysFromNow(-0.2), to: daysFromNow(0.8) }),
    issueCrl(authority, {
      number: 41,
      revoked: [{ certificate: person, at: daysFromNow(-1), reason: 'superseded' }],
      from: daysFromNow(-0.1),
    }),
  ],
  ocsp: [
    answerOcsp({ issuer: authority, certificate: person }),
    breakSignature(answerOcsp({ issuer: authority, certificate: person, minutes: 5 }), standardResponder()),
  ],
};

async function ownSamples(): Promise<Sample[]> {
  const pdf = signPdfByOpenssl(writePdf(PAGE), { signer: person, field: 7 });
  return [
    await detached('plain', plain, CONTENT, everything),
    await detached(
      'plain without its certificate',
      signCms({ content: CONTENT, signers: [person], args: ['-nocerts'] }),
      CONTENT,
      everything,
    ),
    await detached('of an unknown authority', signCms({ content: CONTENT, signers: [strayed], args: ['-nocerts'] }), CONTENT, everything),
    await detached('timestamped', timestamped, CONTENT, everything),
    await detached('over other content', plain, Buffer.from('other'), everything),
    await detached('not a signature', Buffer.from('nothing of the kind'), CONTENT, everything),
    { name: 'pdf', file: { fileName: 'claim.pdf', sha256: await put(pdf), contentSha256: null }, trust: everything },
    { name: 'unsigned pdf', file: { fileName: 'plain.pdf', sha256: await put(writePdf(PAGE)), contentSha256: null }, trust: everything },
  ];
}
const samples = await ownSamples();

/** Some of the pieces, in their order. */
const part = (trust: TrustMaterial, mask: number): TrustMaterial => {
  let bit = 0;
  const some = (items: readonly Uint8Array[]) => items.filter(() => ((mask >> bit++) & 1) === 1);
  return { anchors: some(trust.anchors), certs: some(trust.certs), crls: some(trust.crls), ocsp: some(trust.ocsp) };
};

describe('a kept verification made again from the store alone', () => {
  it('gives the same report octet for octet, whatever was at hand and whenever it was', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples.map(({ name }) => name)),
        fc.constantFrom('kz-incoming', 'court-default', 'ades-strict'),
        fc.integer({ min: 0, max: 2 ** 13 - 1 }),
        fc.constantFrom(-3000, -1, 0, 0.02, 2, 300),
        fc.constantFrom(0, -0.05, -5),
        async (name, policy, mask, days, received) => {
          const sample = samples.find((one) => one.name === name)!;
          const trust = part(sample.trust, mask | (mask % 3 === 0 ? 0 : 1));
          const { id, report, overall } = await keep({ ...sample, trust }, daysFromNow(days), policy, null, daysFromNow(days + received));
          seen.add(overall);
          const rerun = must(await rerunVerification(desk, id));
          expect(rerun.reportText).toBe(report);
          expect(rerun.same).toBe(true);
        },
      ),
      { numRuns: 150, seed: 20261122 },
    );
    expect([...seen].sort()).toEqual(['invalid', 'undecided', 'unsigned', 'valid']);
  }, 120_000);

  it('also of what was asked for: the answer that came, and the reason why none came', async () => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ ocsp: server.url('/ocsp') });
    const sample = await detached('asked', signCms({ content: CONTENT, signers: [signer] }), CONTENT, trustWithoutSigner());
    server.answer('/ocsp', (_, response) => response.writeHead(500).end());
    const failed = await keep(sample, AT, 'kz-incoming', sourceFor([server.port]));
    server.answer('/ocsp', respondWith(opensslResponder({ issuer: authority, known: [signer] })));
    const answered = await keep(sample, AT, 'kz-incoming', sourceFor([server.port]));
    const asked = server.asked.length;
    expect([failed.overall, answered.overall]).toEqual(['undecided', 'valid']);
    expect(failed.report).toContain('ocsp-http-status');
    for (const { id, report } of [failed, answered])
      expect(must(await rerunVerification(desk, id))).toEqual({ same: true, reportText: report });
    expect(server.asked).toHaveLength(asked);
  });

  it.skipIf(!present)('over real signatures of the national authority, GOST among them', async () => {
    const trust = must(
      await readTrustMaterial({
        anchors: [
          nca('ncanode-kz_NCANode/nca_rsa_test.crt'),
          nca('ncanode-kz_NCANode/nca_gost_test.crt'),
          nca('ncanode-kz_NCANode/nca_gost2015_test.cer'),
        ],
        certs: [],
        crls: ['nca_rsa_test.crl', 'nca_gost_test.crl', 'nca_gost2022_test.crl'].map((name) => nca('ncanode-kz_NCANode', name)),
        ocsp: [],
      }),
    );
    const folder = 'danikarik_ncanode-go';
    const files = [
      ...readdirSync(nca(folder))
        .filter((name) => /\.(cms|xml)$/.test(name))
        .map((name) => path.join(folder, name)),
      'mitwork_kalkan/gost2015_org_tsp2004.cms.der',
      'mitwork_kalkan/gost2015_individual.signed.xml',
    ];
    let readable = 0;
    for (const name of files) {
      const file = { fileName: path.basename(name), sha256: await put(readFileSync(nca(name))), contentSha256: null };
      for (const at of ['2020-10-01T00:00:00Z', '2022-09-19T00:00:00Z']) {
        const { id, report } = await keep({ name, file, trust }, at);
        readable += (JSON.parse(report) as { signatures: unknown[] }).signatures.length;
        expect(must(await rerunVerification(desk, id)), `${name} ${at}`).toEqual({ same: true, reportText: report });
      }
    }
    expect(readable).toBeGreaterThan(16);
  });

  it('survives a restart', async () => {
    const [sample] = samples;
    const { id, report } = await keep({ ...sample!, trust: standardTrust() }, AT);
    desk.store.close();
    desk = open();
    expect(must(await rerunVerification(desk, id))).toEqual({ same: true, reportText: report });
  });
});

describe('what is kept', () => {
  it('is one copy of each piece, whatever many verifications rest on it', async () => {
    const written: string[] = [];
    const counting: BlobStore = {
      ...desk.blobs,
      putBytes: async (bytes) => {
        const done = await desk.blobs.putBytes(bytes);
        if (done.ok) written.push(done.value.sha256);
        return done;
      },
    };
    const list = issueCrl(authority, { number: 99 });
    const trust = { ...trustWithoutSigner(), crls: [...trustWithoutSigner().crls, list] };
    const circumstances = { trust, policy: await policyNamed('kz-incoming'), at: AT, receivedAt: AT };
    const { file } = samples[0]!;
    for (let i = 0; i < 3; i++) {
      const verification = must(await verifyStoredFile(desk.blobs, file, circumstances, null));
      must(await layDownEvidence(counting, { documentId: 'd', file, circumstances, verification }));
    }
    expect(written.filter((sha256, i) => written.indexOf(sha256) === i && desk.blobs.size(sha256) === list.length)).toHaveLength(1);
    expect(written.filter((sha256) => desk.blobs.size(sha256) === list.length)).toHaveLength(1);
  });

  it('names the trust it rested on and nothing beside', async () => {
    const { id } = await keep({ ...samples[0]!, trust: { ...standardTrust(), certs: [authority.der, strayed.der, listSigner.der] } }, AT);
    const kept = readVerifications(desk.store.read, 'f').find((verification) => verification.id === id)!;
    expect(kept.evidence.map(({ kind }) => kind)).toEqual(['anchor', 'cert', 'crl', 'crl']);
    expect(kept).toMatchObject({
      at: AT,
      file: samples[0]!.file,
      policy: { id: 'kz-incoming', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('can be neither changed nor taken away', () => {
    const write = (sql: string) => () => desk.store.write((tx) => tx.run(sql));
    expect(write("UPDATE verification SET report = '{}'")).toThrow('kept as it was');
    expect(write('DELETE FROM verification')).toThrow('kept as it was');
    expect(write("UPDATE verification_evidence SET sha256 = ''")).toThrow('kept as it was');
    expect(write('DELETE FROM verification_evidence')).toThrow('kept as it was');
  });

  it('says so when a piece of it is gone, and when there is no such verification', async () => {
    const { id } = await keep(samples[0]!, AT);
    const gone = { ...desk, blobs: { ...desk.blobs, readAll: () => Promise.resolve(null) } };
    expect(await rerunVerification(gone, id)).toMatchObject({ ok: false, error: { code: 'document-missing' } });
    expect(await rerunVerification(desk, 'no such')).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});
