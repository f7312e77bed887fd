import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  actOfJudge,
  listBatches,
  planBatch,
  readBatch,
  resumeBatch,
  reviewAct,
  settleBatches,
  signAct,
  startBatch,
  type BatchParts,
  type BatchRun,
} from '../../../main/acts/index.ts';
import { verifyFile } from '../../../main/signature/index.ts';
import { claimFile, profilePaths } from '../../../main/store/index.ts';
import { createTokenHost, type SigningDisplay, type TokenHost } from '../../../main/token/index.ts';
import { parseTrainingKit } from '../../../main/training/index.ts';
import { issueCrl } from '../../../main/training/issue-crl.ts';
import { issuerFrom } from '../../../main/training/issue-certificate.ts';
import type { Batch } from '../../../shared/contract/index.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { actsToSign, readAll } from '../../support/desk/acts-to-sign.ts';
import { userOf, type ActToRead } from '../../support/desk/office-work.ts';
import { must, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

const TESTS = 18;
const SIZE = 4;
let office: TrainingOffice;
let judge: string;
/** Four drafts for each test, none of which another test touches. */
let acts: ActToRead[];
let prompts: SigningDisplay[] = [];
let pin = '123456';

/** The real key host; `fault` may answer instead of the nth signature of this test, or do something before it; `signsOnce` as a token that asks each time. */
function tokenHost(
  fault: (nth: number) => Promise<Result<Uint8Array> | null> = () => Promise.resolve(null),
  more: { readonly signsOnce?: boolean } = {},
): TokenHost {
  let signatures = 0;
  const host = createTokenHost((display) => (prompts.push(display), Promise.resolve({ pin: Buffer.from(pin) })));
  return {
    ...host,
    open: async (key, display) => {
      const opened = await host.open(key, display);
      if (!opened.ok) return opened;
      const session = opened.value;
      return { ok: true, value: { ...session, ...more, sign: async (tbs) => (await fault(++signatures)) ?? session.sign(tbs) } };
    },
  };
}
const parts = (host: TokenHost = tokenHost()): BatchParts => ({ ...office.desk.batches, tokenHost: host });
const run = (more: Partial<BatchRun> = {}): BatchRun => ({
  key: office.keyOf('judge'),
  place: 'judge.p12',
  certificate: null,
  actor: judge,
  display: (shown) => ({ title: `${shown.length}`, lines: [] }),
  ...more,
});
const states = ({ items }: Batch) => items.map(({ state, failure }) => failure?.code ?? state);
const actRow = (id: string) =>
  office.desk.store.read.get<{ state: string; signedSha: string | null; by: string | null }>(
    'SELECT state, signed_sha256 AS signedSha, signed_by AS by FROM act WHERE id = ?',
    id,
  )!;
const sent = (kind: string) =>
  office.desk.store.read
    .all<{ payload: string }>('SELECT payload FROM outbox WHERE kind = ?', kind)
    .map(({ payload }) => (JSON.parse(payload) as { actId: string }).actId);
const signings = (id: string) =>
  office.desk.store.read.all("SELECT 1 FROM journal WHERE action = 'act.signed' AND json_extract(details, '$.act') = ?", id).length;

let left: ActToRead[];
beforeAll(async () => {
  office = await trainingOffice({ samples: 12 });
  left = await actsToSign(office, TESTS * SIZE);
  judge = userOf(office.desk, 'judge')!;
}, 240_000);
afterAll(() => office.close());
beforeEach(() => {
  acts = left.splice(0, SIZE);
  readAll(office.desk, acts);
  prompts = [];
  pin = '123456';
});

describe('a batch', () => {
  it('signs every act in its order under one PIN and one certificate, each valid, and dispatches nothing', async () => {
    const changes: string[] = [];
    const order = [acts[2]!, acts[0]!, acts[3]!, acts[1]!];
    const done = must(await startBatch(parts(), run({ onChange: (id) => changes.push(id) }), order));
    expect(done).toMatchObject({
      state: 'done',
      stop: null,
      keyPlace: 'judge.p12',
      certificate: { sha256: expect.stringMatching(/^\w{64}$/) },
    });
    expect(done.items.map(({ actId, state }) => [actId, state])).toEqual(order.map(({ id }) => [id, 'signed']));
    const list = createHash('sha256')
      .update(order.map(({ sha256 }) => `${sha256}\n`).join(''))
      .digest('hex');
    expect(done.listSha256).toBe(list);
    expect(prompts).toEqual([{ purpose: 'act', title: '4', lines: [], sha256: list }]);
    expect(new Set(changes)).toEqual(new Set([done.id]));
    for (const { actId, signedSha256 } of done.items) {
      expect(actRow(actId)).toEqual({ state: 'signed', signedSha: signedSha256, by: judge });
      const bytes = (await office.desk.blobs.readAll(signedSha256!, 1 << 24))!;
      const { trust, policy, config } = office.desk;
      const verified = await verifyFile({ file: 'act.pdf', bytes, content: null, trust: await trust(), policy, at: config.clock() });
      expect(must(verified).report.overall).not.toBe('invalid');
      expect(sent('act.issue')).toContain(actId);
      expect(sent('act.dispatch')).not.toContain(actId);
    }
    expect(listBatches(office.desk.store.read, judge)[0]).toMatchObject({ id: done.id, total: 4, signed: 4, failed: 0, notTried: 0 });
    expect(readBatch(office.desk.store.read, 'somebody else', done.id)).toBeNull();
    expect(listBatches(office.desk.store.read, 'somebody else')).toEqual([]);
  });

  it('plans only what was read as it is now, and says why the rest is left out', () => {
    const { store, reference, config } = office.desk;
    const unread = left.at(-1)!;
    store.write((tx) => tx.run('UPDATE act SET draft_sha256 = ? WHERE id = ?', 'f'.repeat(64), acts[1]!.id));
    const look = { reference, now: config.clock() };
    const plan = must(planBatch(store.read, look, judge, [unread.id, acts[0]!.id, acts[1]!.id, acts[0]!.id]));
    expect(plan.acts.map(({ id }) => id)).toEqual([acts[0]!.id]);
    expect(plan.leftOut.map(({ act, failure }) => [act.id, failure.code])).toEqual([
      [unread.id, 'act-not-reviewed'],
      [acts[1]!.id, 'act-not-reviewed'],
    ]);
    expect(planBatch(store.read, look, 'somebody else', [acts[0]!.id])).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(prompts).toEqual([]);
  });

  it('takes nothing that another judge has read: who takes the filing over reads it anew', () => {
    const { store, reference, config } = office.desk;
    const look = { reference, now: config.clock() };
    const [act] = acts as [ActToRead];
    const give = (to: string) => store.write((tx) => tx.run('UPDATE act SET judge_id = ? WHERE id = ?', to, act.id));
    const seenBy = (who: string) => must(actOfJudge(store.read, look, who, act.id));
    const leftOutOf = (who: string) => must(planBatch(store.read, look, who, [act.id])).leftOut.map(({ failure }) => failure.code);
    give('another judge');
    expect([seenBy('another judge').reviewed, leftOutOf('another judge')]).toEqual([false, ['act-not-reviewed']]);
    const { revision, sha256 } = seenBy('another judge');
    must(reviewAct({ store, clock: config.clock }, { id: act.id, revision, sha256, actor: 'another judge' }));
    expect([seenBy('another judge').reviewed, leftOutOf('another judge')]).toEqual([true, []]);
    give(judge);
    expect([seenBy(judge).reviewed, seenBy(judge).changedSinceReview, leftOutOf(judge)]).toEqual([false, false, ['act-not-reviewed']]);
  });

  it('asks nobody for a PIN when nothing of it can be signed, and takes no act of somebody else', async () => {
    const changed = acts.map(({ id }) => ({ id, sha256: 'e'.repeat(64) }));
    const done = must(await startBatch(parts(), run(), changed));
    expect([done.state, states(done)]).toEqual(['done', Array(4).fill('act-changed')]);
    expect(prompts).toEqual([]);
    expect(await startBatch(parts(), run({ actor: 'somebody else' }), acts)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(await resumeBatch(parts(), run(), done.id)).toMatchObject({ ok: false, error: { code: 'move-not-allowed' } });
  });

  it('records the fault of one act and goes on: bytes touched on the disk, a draft made anew meanwhile, an act signed alone meanwhile', async () => {
    const [touched, anew, alone, good] = acts as [ActToRead, ActToRead, ActToRead, ActToRead];
    await damage(touched.sha256);
    const host = tokenHost(async (nth) => {
      if (nth !== 1) return null;
      // while the second act is being signed
      office.desk.store.write((tx) => tx.run('UPDATE act SET draft_sha256 = ? WHERE id = ?', 'd'.repeat(64), anew.id));
      const revision = office.desk.store.read.get<{ revision: number }>('SELECT revision FROM act WHERE id = ?', alone.id)!.revision;
      const request = { actId: alone.id, revision, sha256: alone.sha256, actor: judge, key: office.keyOf('judge') };
      must(await signAct({ ...office.desk.acts, tokenHost: tokenHost() }, { ...request, display: { title: '', lines: [] } }));
      return null;
    });
    const done = must(await startBatch(parts(host), run(), acts));
    expect(done.state).toBe('done');
    expect(states(done)).toEqual(['act-changed', 'act-changed', 'act-already-signed', 'signed']);
    expect([signings(alone.id), signings(good.id), signings(touched.id), signings(anew.id)]).toEqual([1, 1, 0, 0]);
    expect(sent('act.issue').filter((id) => id === alone.id)).toHaveLength(1);
  });

  it('stops when the token is pulled, keeps what is signed, and goes on with the rest alone when it is back', async () => {
    const pulled = tokenHost((nth) => Promise.resolve(nth >= 3 ? fail('token-removed') : null));
    const stopped = must(await startBatch(parts(pulled), run(), acts));
    expect([stopped.state, stopped.stop?.code]).toEqual(['stopped', 'token-removed']);
    expect(states(stopped)).toEqual(['signed', 'signed', 'token-removed', 'not-tried']);
    expect(prompts).toHaveLength(1);
    const before = acts.map(({ id }) => actRow(id).signedSha);

    const done = must(await resumeBatch(parts(), run(), stopped.id));
    expect([done.id, done.state, states(done)]).toEqual([stopped.id, 'done', Array(4).fill('signed')]);
    expect(prompts).toHaveLength(2);
    expect(acts.slice(0, 2).map(({ id }) => actRow(id).signedSha)).toEqual(before.slice(0, 2));
    expect(acts.map(({ id }) => signings(id))).toEqual([1, 1, 1, 1]);
    expect(await resumeBatch(parts(), run(), stopped.id)).toMatchObject({ ok: false, error: { code: 'move-not-allowed' } });
  });

  it('stops at the first signature that does not verify, and keeps nothing that was signed after it', async () => {
    const asked: number[] = [];
    const lying = tokenHost((nth) => {
      asked.push(nth);
      return Promise.resolve(nth === 2 ? { ok: true, value: new Uint8Array(256).fill(7) } : null);
    });
    const stopped = must(await startBatch(parts(lying), run(), acts));
    expect([stopped.stop?.code, states(stopped)]).toEqual([
      'signature-check-failed',
      ['signed', 'signature-check-failed', 'not-tried', 'not-tried'],
    ]);
    // the key was at the third while the second was verified; the fourth was never asked for
    expect(asked).toEqual([1, 2, 3]);
    expect(acts.map(({ id }) => [actRow(id).state, signings(id)])).toEqual([['signed', 1], ...Array(3).fill(['draft', 0])]);
    expect(states(must(await resumeBatch(parts(), run(), stopped.id)))).toEqual(Array(4).fill('signed'));
    expect(acts.map(({ id }) => signings(id))).toEqual([1, 1, 1, 1]);
  });

  it('stops at a wrong PIN before the first act, and never tries a PIN again by itself', async () => {
    pin = '000000';
    const stopped = must(await startBatch(parts(), run(), acts));
    expect([stopped.state, stopped.stop?.code, stopped.certificate]).toEqual(['stopped', 'pin-wrong', null]);
    expect(states(stopped)).toEqual(Array(4).fill('not-tried'));
    expect(prompts).toHaveLength(1);
    expect(acts.map(({ id }) => actRow(id).state)).toEqual(Array(4).fill('draft'));
  });

  it('keeps its certificate: another one is refused, also when the batch is gone on with', async () => {
    const other = must(await startBatch(parts(), run({ certificate: 'a'.repeat(64) }), acts));
    expect([other.stop?.code, other.certificate, states(other)]).toEqual(['batch-other-certificate', null, Array(4).fill('not-tried')]);
    const secretary = must(await resumeBatch(parts(), run({ key: office.keyOf('secretary') }), other.id));
    expect([secretary.stop?.code, states(secretary)]).toEqual(['key-not-of-user', Array(4).fill('not-tried')]);

    // asked before each act, and once more after the PIN
    let asked = 0;
    const halted = must(await resumeBatch(parts(), run({ mayGoOn: () => (++asked > 3 ? fail('batch-halted').error : null) }), other.id));
    expect([halted.stop?.code, states(halted)]).toEqual(['batch-halted', ['signed', 'signed', 'not-tried', 'not-tried']]);
    const changed = must(await resumeBatch(parts(), run({ key: office.keyOf('secretary') }), other.id));
    expect([changed.stop?.code, changed.certificate]).toEqual(['batch-other-certificate', halted.certificate]);
    expect(states(must(await resumeBatch(parts(), run(), other.id)))).toEqual(Array(4).fill('signed'));
  });

  it('keeps nothing of a session that was locked while the PIN was asked for or while the key signed', async () => {
    const locked = fail('session-locked').error;
    const atPin = must(await startBatch(parts(), run({ whyOver: () => (prompts.length > 0 ? locked : null) }), acts));
    expect([prompts.length, atPin.stop, states(atPin)]).toEqual([1, locked, Array(4).fill('not-tried')]);
    let signatures = 0;
    const counting = tokenHost((nth) => ((signatures = nth), Promise.resolve(null)));
    const stopped = must(await resumeBatch(parts(counting), run({ whyOver: () => (signatures > 1 ? locked : null) }), atPin.id));
    expect([signatures, stopped.stop, states(stopped)]).toEqual([2, locked, ['signed', 'not-tried', 'not-tried', 'not-tried']]);
    expect(acts.map(({ id }) => signings(id))).toEqual([1, 0, 0, 0]);
    const halted = fail('batch-halted').error;
    prompts = [];
    const pressed = must(await resumeBatch(parts(), run({ mayGoOn: () => (prompts.length > 0 ? halted : null) }), atPin.id));
    expect([prompts.length, pressed.stop, signings(acts[1]!.id)]).toEqual([1, halted, 0]);
  });

  it('with a token that asks for its PIN each time is one PIN for each act, and asks for no further one after the key failed', async () => {
    const broken = tokenHost((nth) => Promise.resolve(nth === 2 ? fail('device-error') : null), { signsOnce: true });
    const stopped = must(await startBatch(parts(broken), run(), acts));
    expect([stopped.stop?.code, states(stopped)]).toEqual(['device-error', ['signed', 'device-error', 'not-tried', 'not-tried']]);
    expect(prompts).toHaveLength(2);
    const done = must(await resumeBatch(parts(tokenHost(undefined, { signsOnce: true })), run(), stopped.id));
    expect([states(done), prompts.length]).toEqual([Array(4).fill('signed'), 5]);
    expect(acts.map(({ id }) => signings(id))).toEqual([1, 1, 1, 1]);
  });

  it('asks for the next PIN of such a token only when the act before is verified and kept', async () => {
    const lying = tokenHost((nth) => Promise.resolve(nth === 2 ? { ok: true, value: new Uint8Array(256).fill(7) } : null), {
      signsOnce: true,
    });
    const stopped = must(await startBatch(parts(lying), run(), acts));
    expect([stopped.stop?.code, states(stopped)]).toEqual([
      'signature-check-failed',
      ['signed', 'signature-check-failed', 'not-tried', 'not-tried'],
    ]);
    expect(prompts).toHaveLength(2);
  });

  it('signs nothing by a certificate that is suspended, and says that it is', async () => {
    const stopped = must(await startBatch({ ...parts(), trust: suspending('judge') }, run(), acts));
    expect([stopped.stop, states(stopped)]).toMatchObject([
      { code: 'certificate-unfit', params: { reason: 'suspended' } },
      Array(4).fill('not-tried'),
    ]);
    expect(acts.map(({ id }) => [actRow(id).state, signings(id)])).toEqual(Array(4).fill(['draft', 0]));
  });

  it('stops when there is no room for a signed file, and signs it when there is', async () => {
    const { blobs } = office.desk;
    let stored = 0;
    const full: BatchParts = {
      ...parts(),
      blobs: { ...blobs, putBytes: (bytes) => (++stored === 2 ? Promise.resolve(fail('disk-full')) : blobs.putBytes(bytes)) },
    };
    const stopped = must(await startBatch(full, run(), acts));
    expect([stopped.stop?.code, states(stopped)]).toEqual(['disk-full', ['signed', 'disk-full', 'not-tried', 'not-tried']]);
    expect(states(must(await resumeBatch(parts(), run(), stopped.id)))).toEqual(Array(4).fill('signed'));
    expect(acts.map(({ id }) => signings(id))).toEqual([1, 1, 1, 1]);
  });

  it('leaves nothing half done when the disk is full at any of its writes, and goes on when there is room', async () => {
    const { store } = office.desk;
    const full = Object.assign(new Error('no space left'), { code: 'SQLITE_FULL' });
    for (const [at, act] of acts.entries()) {
      let writes = 0;
      const write: typeof store.write = (work) => {
        if (++writes > at + 1) throw full;
        return store.write(work);
      };
      const before = listBatches(store.read, judge).length;
      expect(await startBatch({ ...parts(), store: { ...store, write } }, run(), [act])).toMatchObject({
        ok: false,
        error: { code: 'disk-full' },
      });
      expect([actRow(act.id).state, signings(act.id)]).toEqual(at < 3 ? ['draft', 0] : ['signed', 1]);
      settleBatches(parts());
      const [left, ...older] = listBatches(store.read, judge);
      expect(older).toHaveLength(before);
      expect(left).toMatchObject({
        state: 'stopped',
        total: 1,
        signed: at < 3 ? 0 : 1,
        notTried: at < 3 ? 1 : 0,
        stop: { code: 'batch-interrupted' },
      });
      if (at < 3) expect(states(must(await resumeBatch(parts(), run(), left!.id)))).toEqual(['signed']);
      else expect(await resumeBatch(parts(), run(), left!.id)).toMatchObject({ ok: false, error: { code: 'move-not-allowed' } });
      expect([signings(act.id), sent('act.issue').filter((id) => id === act.id).length]).toEqual([1, 1]);
    }
  });

  it('is signed at one place at a time, and a second one waits for nobody', async () => {
    let second: Result<Batch> | null = null;
    const host = tokenHost(async (nth) => {
      if (nth === 2) second = await startBatch(parts(), run(), acts);
      return null;
    });
    const first = must(await startBatch(parts(host), run(), acts));
    expect(second).toMatchObject({ ok: false, error: { code: 'batch-running' } });
    expect(states(first)).toEqual(Array(4).fill('signed'));
    expect(prompts).toHaveLength(1);
    expect(acts.map(({ id }) => signings(id))).toEqual([1, 1, 1, 1]);
  });

  it('whose process died is put in order by whoever looks next, but never while it is being signed', async () => {
    const { store } = office.desk;
    const done = must(await startBatch(parts(), run(), acts.slice(0, 2)));
    const dead = office.desk.config.newId();
    store.write((tx) => {
      tx.run(
        `INSERT INTO batch (id, judge_id, made_at, list_sha256, key_place, state) SELECT ?, judge_id, made_at, list_sha256, key_place, 'running' FROM batch WHERE id = ?`,
        dead,
        done.id,
      );
      for (const [position, { id, sha256 }] of acts.slice(2).entries())
        tx.run(
          "INSERT INTO batch_item (batch_id, position, act_id, sha256, kind, number, pages, state) VALUES (?, ?, ?, ?, 'ruling-accept', '', 1, ?)",
          dead,
          position,
          id,
          sha256,
          position === 0 ? 'signing' : 'waiting',
        );
    });
    const release = claimFile(profilePaths(office.profileDir).batchLock)!;
    settleBatches(parts());
    expect(readBatch(store.read, judge, dead)?.state).toBe('running');
    release();
    settleBatches(parts());
    const settled = readBatch(store.read, judge, dead)!;
    expect([settled.state, settled.stop?.code, states(settled)]).toEqual(['stopped', 'batch-interrupted', ['not-tried', 'not-tried']]);
    expect(states(must(await resumeBatch(parts(), run(), dead)))).toEqual(['signed', 'signed']);
    expect(store.checkJournal().chain).toBe('ok');
  });
});

/** What the desk trusts, and a newer list of its authority by which the certificate of an official is on hold. */
function suspending(role: string): BatchParts['trust'] {
  const kit = parseTrainingKit(JSON.parse(fs.readFileSync(path.join(profilePaths(office.profileDir).training, 'kit.json'), 'utf8')))!;
  const { certificate, privateKey } = kit.authorities.issuing;
  const held = new X509Certificate(kit.officials.find((official) => official.role === role)!.certificate);
  const now = Date.parse(office.desk.config.clock());
  const crl = issueCrl({
    issuer: issuerFrom(new X509Certificate(certificate).raw, createPrivateKey(privateKey)),
    thisUpdate: new Date(now - 60_000).toISOString(),
    nextUpdate: new Date(now + 86_400_000).toISOString(),
    revoked: [{ serial: Buffer.from(held.serialNumber, 'hex'), revokedAt: new Date(now - 3_600_000).toISOString(), reason: 6 }],
  });
  return async () => {
    const trust = await office.desk.trust();
    return { ...trust, crls: [...trust.crls, crl] };
  };
}

/** Turns an octet in the sealed file of a document, as a bad disk would; the file is found by trying. */
async function damage(sha256: string): Promise<void> {
  const folder = profilePaths(office.profileDir).blobs;
  const readable = () => office.desk.blobs.readAll(sha256, 1 << 24).catch(() => null);
  expect(await readable()).not.toBeNull();
  const turn = (file: string) => {
    const bytes = fs.readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    fs.writeFileSync(file, bytes);
  };
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((found) => found.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    turn(file);
    if ((await readable()) === null) return;
    turn(file);
  }
  throw new Error('the document was not found');
}
