import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextRecheck } from '../../../main/checking/recheck.ts';
import { finishWork, pull, syncOnce, viewFiling } from '../../../main/core/index.ts';
import { readVerifications, rerunVerification } from '../../../main/evidence/index.ts';
import { readDocuments, readFiling } from '../../../main/intake/index.ts';
import { profilePaths } from '../../../main/store/index.ts';
import { parseTrainingKit, type TrainingKit } from '../../../main/training/index.ts';
import { local } from '../../support/asking.ts';
import { runKense } from '../../support/cli/run-kense.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { opensslResponder, startEvidenceServer, type EvidenceServer } from '../../support/evidence-server.ts';
import { RESPONDER_EXTENSIONS } from '../../support/openssl-ocsp.ts';
import { derOf, issue, issueCrl, keyOf, signCms, SIGNING_EXTENSIONS, writeTemporary, type Certificate } from '../../support/openssl-pki.ts';
import { tempDir } from '../../support/temp-dir.ts';

let office: TrainingOffice;
let server: EvidenceServer;
let kit: TrainingKit;
let secretary: string;
beforeAll(async () => {
  server = await startEvidenceServer();
  office = await trainingOffice({ evidenceHosts: [local(server.port)] });
  must(await pull(office.desk));
  kit = parseTrainingKit(JSON.parse(fs.readFileSync(path.join(profilePaths(office.profileDir).training, 'kit.json'), 'utf8')))!;
  secretary = await signInAs(office, 'secretary');
});
afterAll(() => office.close());

const record = (id: string) => readFiling(office.desk.store.read, id)!;
const verificationsOf = (id: string) => readVerifications(office.desk.store.read, id);
const overallOf = ({ reportText }: { reportText: string }) => (JSON.parse(reportText) as { overall: string }).overall;
const journalOf = (id: string) =>
  office.desk.store.read.all<{ action: string; details: string }>('SELECT action, details FROM journal WHERE subject = ? ORDER BY seq', id);

/** The authority of the kit that no list is about. */
function authorityWithoutList(): Certificate {
  const { certificate, privateKey } = kit.authorities.ocspOnly;
  const pem = writeTemporary('authority.pem', certificate);
  return { pem, key: writeTemporary('authority.key', privateKey), der: derOf(pem), subject: 'authority' };
}

/** A good claim whose applicant has signed with a certificate that names this server as its responder. */
async function claimAsking(at: string): Promise<{ id: string; signer: Certificate }> {
  const sample = sampleOf(office, 'good', 'claim');
  const applicant = sample.folder.parties.find((party) => party.side === 'claimant')!;
  const person = applicant.iin ? `serialNumber=IIN${applicant.iin}` : `OU=BIN${applicant.bin}`;
  const signer = issue({
    subject: `/CN=ТЕСТОВ ТЕСТ/C=KZ/${person}`,
    key: keyOf('person'),
    issuer: authorityWithoutList(),
    extensions: [...SIGNING_EXTENSIONS, `authorityInfoAccess=OCSP;URI:${server.url(at)}`],
  });
  const files = new Map(sample.files);
  const [main] = sample.folder.documents;
  files.set(main!.signatures[0]!, signCms({ content: files.get(main!.file)!, signers: [signer] }));
  const { id } = await office.submit({ folder: { ...sample.folder, documents: [main!] }, files });
  return { id, signer };
}

const goodAnswer = (signer: Certificate) => {
  const issuer = authorityWithoutList();
  const responder = issue({ subject: '/CN=OCSP/C=KZ', key: keyOf('responder'), issuer, extensions: RESPONDER_EXTENSIONS });
  return opensslResponder({ issuer, known: [signer], responder });
};

describe('a verdict that waits for the network', () => {
  it('is tried again as soon as the line is back, and the change is journalled and announced', async () => {
    const { id, signer } = await claimAsking('/returns');
    server.answer('/returns', (_, response) => response.writeHead(503).end());
    must(await pull(office.desk));
    expect(record(id)).toMatchObject({ verdict: 'undecided', recheckCount: 1 });
    const waiting = viewFiling(office.desk, id, 'secretary')!.nextRecheckAt!;
    expect(Date.parse(waiting)).toBeGreaterThan(Date.parse(office.desk.config.clock()));

    office.fault = () => ({ kind: 'drop' });
    expect((await syncOnce(office.desk)).ok).toBe(false);
    const answer = goodAnswer(signer);
    server.answer('/returns', async (asked, response) => response.end(await answer(asked.body)));
    expect(record(id).verdict).toBe('undecided');
    office.fault = null;
    const changes = must(await pull(office.desk));
    expect(record(id)).toMatchObject({ verdict: 'valid', signature: 'valid', recheckAt: null });
    expect(changes.filingIds.has(id)).toBe(true);
    expect(journalOf(id).find(({ action }) => action === 'verdict.changed')?.details).toBe(
      '{"from":"undecided","verdict":"valid","fatal":0}',
    );
  });

  it('keeps both verifications, and each made again after a restart gives what it gave', async () => {
    const id = office.desk.store.read.get<{ id: string }>("SELECT subject AS id FROM journal WHERE action = 'verdict.changed' LIMIT 1")!.id;
    const asked = server.asked.length;
    await office.reopen();
    const kept = verificationsOf(id);
    expect(kept.map(overallOf)).toEqual(['undecided', 'valid']);
    expect(kept.map(({ attempts }) => attempts.map(({ outcome }) => outcome))).toEqual([['http-status'], ['fetched']]);
    expect(kept[1]!.evidence.map(({ kind }) => kind)).toEqual(['anchor', 'cert', 'crl', 'ocsp']);
    for (const { id: verification } of kept) expect(must(await rerunVerification(office.desk, verification)).same).toBe(true);
    expect(server.asked).toHaveLength(asked);
  });

  it('is tried after 1, 5, 15 and 60 minutes, then every hour', () => {
    const at = '2026-11-21T10:00:00.000Z';
    const minutes = [0, 1, 2, 3, 4, 400].map((tries) => (Date.parse(nextRecheck(at, tries)) - Date.parse(at)) / 60_000);
    expect(minutes).toEqual([1, 5, 15, 60, 60, 60]);
  });

  it('is tried at once when a new list is installed', async () => {
    const id = await arrive(office, sampleOf(office, 'ocsp-unreachable'));
    const before = record(id);
    must(await finishWork(office.desk));
    expect(record(id)).toMatchObject({ verdict: 'undecided', recheckCount: before.recheckCount });
    const list = path.join(profilePaths(office.profileDir).training, 'trust', 'crls', 'ocsp-only.crl');
    fs.writeFileSync(list, issueCrl(authorityWithoutList()));
    try {
      must(await finishWork(office.desk));
      expect(record(id)).toMatchObject({ verdict: 'valid', recheckAt: null });
    } finally {
      fs.rmSync(list);
    }
  });

  it('is left to the clerk who registered meanwhile; the verification is kept all the same', async () => {
    const { id, signer } = await claimAsking('/meanwhile');
    server.answer('/meanwhile', (_, response) => response.writeHead(503).end());
    must(await pull(office.desk));
    const answer = goodAnswer(signer);
    server.answer('/meanwhile', async (asked, response) => {
      must(register(office, id, secretary));
      response.end(await answer(asked.body));
    });
    await office.desk.verify(id);
    expect(record(id)).toMatchObject({ verdict: 'undecided', recheckAt: null });
    expect(verificationsOf(id).map(overallOf)).toEqual(['undecided', 'valid']);
    expect(journalOf(id).map(({ action }) => action)).not.toContain('verdict.changed');
    const count = verificationsOf(id).length;
    must(await syncOnce(office.desk));
    expect(verificationsOf(id)).toHaveLength(count);
  });
});

describe('a desk that closes while it asks', () => {
  it('says nothing about what it could not ask any more', async () => {
    const { id, signer } = await claimAsking('/closing');
    const answer = goodAnswer(signer);
    server.answer('/closing', () => office.desk.evidence.stop());
    must(await pull(office.desk));
    expect(record(id)).toMatchObject({ verdict: null, signature: 'not-checked', recheckCount: 0 });
    expect(verificationsOf(id)).toEqual([]);
    await office.reopen();
    server.answer('/closing', async (asked, response) => response.end(await answer(asked.body)));
    must(await finishWork(office.desk));
    expect(record(id).verdict).toBe('valid');
  });
});

describe('a training office', () => {
  it('asks this very machine alone, so that the filing without a list stays undecided, with the reason', async () => {
    const id = await arrive(office, sampleOf(office, 'ocsp-unreachable'));
    const [kept] = verificationsOf(id);
    expect(record(id).verdict).toBe('undecided');
    expect(kept!.attempts).toMatchObject([{ kind: 'ocsp', address: 'http://127.0.0.1:9/ocsp', outcome: 'unreachable' }]);
    expect(kept!.reportText).toContain('"reason":"ocsp-unreachable"');
  });
});

describe('what the registry received', () => {
  it('bounds the time of signing of every signature', async () => {
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    const { receivedAt } = record(id).message;
    const [signature] = readDocuments(office.desk.store.read, id)[0]!.signatures[0]!.report!.signatures;
    expect(signature).toMatchObject({ boundedByReceipt: true, verdict: 'valid' });
    expect(Math.abs(Date.parse(signature!.bestTime) - Date.parse(receivedAt))).toBeLessThan(1000);
    expect(verificationsOf(id).every((kept) => kept.receivedAt === receivedAt)).toBe(true);
  });
});

describe('a report of an earlier version', () => {
  it('without timestamps and receipts is read as one that knew none', async () => {
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    office.desk.store.write((tx) =>
      tx.run(
        "UPDATE document SET report = json_remove(report, '$.signatures[0].timestamps', '$.signatures[0].boundedByReceipt') WHERE filing_id = ? AND report IS NOT NULL",
        id,
      ),
    );
    const reports = readDocuments(office.desk.store.read, id).flatMap((d) => d.signatures.flatMap((s) => s.report ?? []));
    expect(reports.length).toBeGreaterThan(0);
    for (const { signatures } of reports)
      expect(signatures[0]).toMatchObject({ timestamps: [], boundedByReceipt: false, verdict: 'valid' });
    expect(viewFiling(office.desk, id, 'secretary')!.documents[0]!.signature).toBe('valid');
  });
});

describe('kense office evidence', () => {
  it('lists, exports and makes again what a filing’s verdicts rest on', async () => {
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    const [home, out] = [tempDir(), path.join(tempDir(), 'evidence')];
    const run = (...args: string[]) => runKense(['office', 'evidence', id, '--profile', office.profileDir, '--json', ...args], { home });
    const { code, stdout, stderr } = await run('--rerun', '--out', out);
    expect([code, stderr]).toEqual([0, '']);
    const { verifications } = JSON.parse(stdout) as {
      verifications: { id: string; rerun: string; overall: string; evidence: { sha256: string }[] }[];
    };
    expect(verifications.length).toBeGreaterThan(0);
    expect(new Set(verifications.map(({ rerun }) => rerun))).toEqual(new Set(['same']));
    expect(fs.readdirSync(path.join(out, 'reports'))).toHaveLength(verifications.length);
    const exported = ['anchors', 'certs', 'crls'].flatMap((kind) => fs.readdirSync(path.join(out, kind)));
    expect(new Set(exported.map((name) => path.parse(name).name))).toEqual(
      new Set(verifications.flatMap(({ evidence }) => evidence.map(({ sha256 }) => sha256))),
    );
    expect(journalOf(id).map(({ action }) => action)).toContain('evidence.saved');

    const report = JSON.parse(fs.readFileSync(path.join(out, 'reports', `${verifications[0]!.id}.json`), 'utf8')) as { at: string };
    expect(report.at).toMatch(/^2/);
    const unknown = await runKense(['office', 'evidence', '0192f000-0000-7000-8000-000000000000', '--profile', office.profileDir], {
      home,
    });
    expect(unknown.code).toBe(1);
  });

  it('a report that does not come out again is said, and the exit code says so too', async () => {
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    const { store } = office.desk;
    store.write((tx) => {
      const columns =
        'filing_id, document_id, at, received_at, file_name, sha256, content_sha256, policy_id, policy_version, policy_sha256, attempts';
      const [first] = readVerifications(tx, id);
      const report = "json_set(report, '$.overall', 'invalid')";
      tx.run(
        `INSERT INTO verification (id, ${columns}, report) SELECT 'other', ${columns}, ${report} FROM verification WHERE id = ?`,
        first!.id,
      );
      tx.run(
        "INSERT INTO verification_evidence SELECT 'other', kind, position, sha256 FROM verification_evidence WHERE verification_id = ?",
        first!.id,
      );
    });
    const { code, stdout } = await runKense(['office', 'evidence', id, '--profile', office.profileDir, '--rerun'], { home: tempDir() });
    const outcomes = (JSON.parse(stdout) as { verifications: { id: string; rerun: string }[] }).verifications.map(({ rerun }) => rerun);
    expect([code, outcomes.filter((outcome) => outcome === 'different').length]).toEqual([1, 1]);
  });

  it('and the self-check tells how old the lists are', async () => {
    const { stdout } = await runKense(['doctor', '--profile', office.profileDir, '--json'], { home: tempDir() });
    const step = (JSON.parse(stdout) as { step: string; ok: boolean; detail: string }[]).find((one) => one.step === 'crl');
    expect(step).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/^2 installed, \d+ fetched, 0 out of date, the oldest \d+ h, the newest \d+ h$/),
    });
  });
});
