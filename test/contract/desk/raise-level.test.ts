import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actsOfFiling } from '../../../main/acts/index.ts';
import { finishWork, outboxOf, pull, syncOnce } from '../../../main/core/index.ts';
import { verifyFile } from '../../../main/signature/index.ts';
import { local } from '../../support/asking.ts';
import { signOpen } from '../../support/desk/office-work.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { stampBy, trainingTsa } from '../../support/desk/training-tsa.ts';
import { startEvidenceServer, type EvidenceServer } from '../../support/evidence-server.ts';
import type { Certificate } from '../../support/openssl-pki.ts';

let office: TrainingOffice;
let server: EvidenceServer;
let tsa: Certificate;
let secretary: string;
let judge: string;

beforeAll(async () => {
  server = await startEvidenceServer();
  const authority = { url: server.url('/tsa'), policy: null, level: 'LT' } as const;
  office = await trainingOffice({ evidenceHosts: [local(server.port)], desk: { timestampAuthority: authority } });
  tsa = trainingTsa(office.profileDir);
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
  judge = await signInAs(office, 'judge');
});
afterAll(() => office.close());

type Act = { id: string; state: string; level: string; sha256: string; signedAt: string };
const actOf = (filingId: string): Act =>
  office.desk.store.read.get<Act>(
    'SELECT id, state, level, signed_sha256 AS sha256, signed_at AS signedAt FROM act WHERE filing_id = ?',
    filingId,
  )!;
const waitsFor = (actId: string) =>
  office.desk.store.read.get<{ target: string; next_at: string | null; last_reason: string | null }>(
    'SELECT target, next_at, last_reason FROM act_raise WHERE act_id = ?',
    actId,
  );
/** As the window shows it. */
const shownAct = (filingId: string) =>
  actsOfFiling(office.desk.store.read, { reference: office.desk.reference, now: office.desk.config.clock() }, filingId)[0];
const bytesOf = async (sha256: string) => Buffer.from((await office.desk.blobs.readAll(sha256, 64 * 1024 * 1024))!);
const journalOf = (filingId: string, action: string) =>
  office.desk.store.read
    .all<{ details: string }>('SELECT details FROM journal WHERE subject = ? AND action = ?', filingId, action)
    .map(({ details }) => JSON.parse(details) as Record<string, string>);
const heldBy = async (filingId: string) => must(await office.desk.client.filingState(filingId))!.acts[0]!.sha256;

/** A filing of its own, registered and signed by the judge. */
async function signedAct(): Promise<{ filingId: string; act: Act }> {
  const filingId = await arrive(office, sampleOf(office, 'good', 'claim'));
  must(register(office, filingId, secretary));
  must(await finishWork(office.desk));
  await signOpen(office.desk, judge);
  return { filingId, act: actOf(filingId) };
}

/** The report on the act with the anchors of the profile and nothing else. */
async function reportOf(sha256: string) {
  const { anchors } = await office.desk.trust();
  const at = office.desk.config.clock();
  const trust = { anchors, certs: [], crls: [], ocsp: [] };
  const verified = await verifyFile({
    file: 'act.pdf',
    bytes: await bytesOf(sha256),
    content: null,
    trust,
    policy: office.desk.policy,
    at,
  });
  return must(verified).report.signatures[0]!;
}

describe('an act signed where the court has an authority for timestamps', () => {
  it('has its timestamp at once, and what it takes to verify it offline with the next round', async () => {
    server.answer('/tsa', stampBy(tsa));
    const { filingId, act } = await signedAct();
    expect(act.level).toBe('T');
    must(await syncOnce(office.desk));
    expect(await heldBy(filingId)).toBe(act.sha256);
    must(await syncOnce(office.desk));
    const raised = actOf(filingId);
    expect([raised.level, raised.signedAt]).toEqual(['LT', act.signedAt]);
    expect(await heldBy(filingId)).toBe(raised.sha256);
    expect(await reportOf(raised.sha256)).toMatchObject({ verdict: 'valid', level: 'LT', timeSource: 'timestamp' });
    expect(journalOf(filingId, 'act.raised')).toEqual([{ act: act.id, signed: act.sha256, raised: raised.sha256, level: 'LT' }]);
  });

  const badDays: [string, () => void][] = [
    ['is down', () => server.answer('/tsa', (_, response) => response.writeHead(503).end())],
    ['answers garbage', () => server.answer('/tsa', Buffer.from('garbage'))],
    ['breaks off', () => server.answer('/tsa', (_, response) => void response.socket?.destroy())],
  ];
  for (const [what, begin] of badDays)
    it(`is signed at level B when it ${what}, issued, and raised by itself when it answers again`, async () => {
      begin();
      const { filingId, act } = await signedAct();
      expect(act.level).toBe('B');
      expect(waitsFor(act.id)).toMatchObject({ target: 'LT', next_at: expect.any(String) });
      must(await syncOnce(office.desk));
      must(await finishWork(office.desk));
      expect(actOf(filingId)).toMatchObject({ level: 'B', sha256: act.sha256 });
      expect(await heldBy(filingId)).toBe(act.sha256);
      expect(waitsFor(act.id)!.last_reason).not.toBeNull();
      expect(shownAct(filingId)).toMatchObject({ level: 'B', raiseTo: 'LT' });

      server.answer('/tsa', stampBy(tsa));
      office.fault = () => ({ kind: 'drop' });
      expect((await syncOnce(office.desk)).ok).toBe(false);
      office.fault = null;
      await office.reopen();
      judge = await signInAs(office, 'judge');
      secretary = await signInAs(office, 'secretary');
      must(await syncOnce(office.desk));
      const raised = actOf(filingId);
      expect(raised.level).toBe('LT');
      expect(raised.state).not.toBe('signed');
      const [before, after] = [await bytesOf(act.sha256), await bytesOf(raised.sha256)];
      expect(after.subarray(0, before.length).equals(before)).toBe(true);
      expect(await heldBy(filingId)).toBe(raised.sha256);
      expect(await reportOf(raised.sha256)).toMatchObject({ verdict: 'valid', level: 'LT' });
      expect(journalOf(filingId, 'act.raised')).toEqual([{ act: act.id, signed: act.sha256, raised: raised.sha256, level: 'LT' }]);
      expect(waitsFor(act.id)).toMatchObject({ next_at: null, last_reason: null });
      expect(shownAct(filingId)).toMatchObject({ level: 'LT', raiseTo: null });
      expect(outboxOf(office.desk)).toMatchObject({ waiting: 0, parked: [] });
    });

  it('waits longer from try to try, and asks nobody about an act that is not issued yet', async () => {
    server.answer('/tsa', (_, response) => response.writeHead(503).end());
    const { act } = await signedAct();
    const before = server.asked.length;
    must(await finishWork(office.desk));
    expect(server.asked.length).toBe(before);
    must(await syncOnce(office.desk));
    must(await finishWork(office.desk));
    const first = waitsFor(act.id)!.next_at!;
    expect(Date.parse(first)).toBeGreaterThan(Date.parse(office.desk.config.clock()));
    const asked = server.asked.length;
    must(await finishWork(office.desk));
    expect([waitsFor(act.id)!.next_at, server.asked.length]).toEqual([first, asked]);
  });

  it('is not signed when the bytes on the disk are no longer those that were reviewed', async () => {
    server.answer('/tsa', stampBy(tsa));
    const filingId = await arrive(office, sampleOf(office, 'good', 'claim'));
    must(register(office, filingId, secretary));
    must(await finishWork(office.desk));
    const files = () =>
      fs
        .readdirSync(path.join(office.profileDir, 'documents'), { recursive: true, encoding: 'utf8' })
        .map((name) => path.join(office.profileDir, 'documents', name))
        .filter((file) => fs.statSync(file).isFile());
    const newest = files().sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs);
    for (const file of newest.slice(0, 3)) {
      const sealed = fs.readFileSync(file);
      sealed[sealed.length - 40] = sealed[sealed.length - 40]! ^ 1;
      fs.writeFileSync(file, sealed);
    }
    const asked = server.asked.length;
    await signOpen(office.desk, judge);
    expect(office.desk.store.read.get('SELECT state, signed_sha256 AS signed FROM act WHERE filing_id = ?', filingId)).toEqual({
      state: 'draft',
      signed: null,
    });
    expect(server.asked.length).toBe(asked);
  });
});
