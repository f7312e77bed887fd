import type { Batch } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { actOfJudge, actsOfFiling, listBatches, resumeBatch, reviewAct, settleBatches, startBatch, type BatchRun } from '../acts/index.ts';
import { finishWork, proveUser, type User } from '../core/index.ts';
import type { KeyRef } from '../token/index.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall, OpenedDesk } from './office-call.ts';

/**
 * `batch FILING…` states, as `sign-act` does, that the drafts of these filings were read, and signs them in this order under one PIN;
 * `batch --resume` goes on with the newest batch of this judge that is not done. It stops between two acts when the process is asked to.
 */
export async function signInBatch({ io, desk, rest, values }: OfficeCall, key: KeyRef): Promise<Result<unknown>> {
  if (values.resume === rest.length > 0) throw new UsageError('batch needs ID…, or --resume alone');
  const finished = await finishWork(desk);
  if (!finished.ok) return finished;
  const judge = await proveUser(desk, desk.tokenHost, key, { title: 'Kense', lines: [] });
  if (!judge.ok) return judge;
  if (!judge.value.roles.includes('judge')) return fail('role-not-allowed');
  let asked = false;
  void io.stopped.then(() => (asked = true));
  const run: BatchRun = {
    key,
    place: 'file' in key ? key.file : key.kind,
    certificate: null,
    actor: judge.value.id,
    display: (acts) => ({ title: acts.map(({ number }) => number).join(', '), lines: [] }),
    mayGoOn: () => (asked ? fail('batch-halted').error : null),
  };
  const done = values.resume ? await resumeNewest(desk, run) : await startRead(desk, run, rest);
  return done.ok ? ok(answerOf(desk, done.value)) : done;
}

/** Every batch of this judge, the newest first. */
export function batches({ desk }: OfficeCall, judge: User): Result<unknown> {
  settleBatches(desk.batches);
  return ok(listBatches(desk.store.read, judge.id).map(({ id, stop, ...rest }) => ({ batch: id, ...rest, stop: stop?.code ?? null })));
}

async function startRead(desk: OpenedDesk, run: BatchRun, filings: readonly string[]): Promise<Result<Batch>> {
  const look = { reference: desk.reference, now: desk.config.clock() };
  const acts: { id: string; sha256: string }[] = [];
  for (const filing of filings) {
    const all = actsOfFiling(desk.store.read, look, filing);
    const drafted = all.find(({ state }) => state === 'draft') ?? all.at(-1);
    if (!drafted) return fail('not-found');
    const act = actOfJudge(desk.store.read, look, run.actor, drafted.id);
    if (!act.ok) return act;
    const { id, sha256, revision, state, reviewed } = act.value;
    acts.push({ id, sha256 });
    if (state !== 'draft' || reviewed) continue;
    const read = reviewAct({ store: desk.store, clock: desk.config.clock }, { id, revision, sha256, actor: run.actor });
    if (!read.ok) return read;
  }
  return startBatch(desk.batches, run, acts);
}

async function resumeNewest(desk: OpenedDesk, run: BatchRun): Promise<Result<Batch>> {
  settleBatches(desk.batches);
  const newest = listBatches(desk.store.read, run.actor).find(({ state }) => state !== 'done');
  return newest ? resumeBatch(desk.batches, run, newest.id) : fail('not-found');
}

/** One result for each act, in the order of the batch. */
function answerOf({ store }: OpenedDesk, { id, state, stop, certificate, listSha256, items }: Batch): unknown {
  const filings = new Map(
    store.read
      .all<{ act: string; filing: string; level: string | null; signedAt: string | null }>(
        `SELECT act.id AS act, filing_id AS filing, level, signed_at AS signedAt FROM act
         WHERE act.id IN (SELECT act_id FROM batch_item WHERE batch_id = ?)`,
        id,
      )
      .map(({ act, ...rest }) => [act, rest]),
  );
  return {
    batch: id,
    state,
    stop: stop?.code ?? null,
    certificate: certificate?.sha256 ?? null,
    list: listSha256,
    signed: items.filter((item) => item.state === 'signed').length,
    results: items.map((item) => {
      const act = filings.get(item.actId);
      return {
        id: act?.filing ?? null,
        act: item.actId,
        kind: item.kind,
        number: item.number,
        state: item.state,
        code: item.failure?.code ?? null,
        sha256: item.sha256,
        signedSha256: item.signedSha256,
        signedAt: item.state === 'signed' ? (act?.signedAt ?? null) : null,
        level: item.state === 'signed' ? (act?.level ?? null) : null,
      };
    }),
  };
}
