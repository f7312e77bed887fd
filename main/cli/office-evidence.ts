import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { EVIDENCE_MAX_BYTES, readVerifications, rerunVerification, type KeptVerification } from '../evidence/index.ts';
import { readFiling } from '../intake/index.ts';
import { writeFileAtomically } from '../store/index.ts';
import type { OfficeCall, OpenedDesk } from './office-call.ts';

const ENDING = { anchor: 'cer', cert: 'cer', crl: 'crl', ocsp: 'ocsp' } as const;

/**
 * `office evidence ID`: every verification of a filing with what it rested on. `--out DIR` writes reports, policies and evidence there,
 * `--rerun` makes each verification again from the store alone and says whether the report is the same.
 */
export async function showEvidence({ io, desk, id, values }: OfficeCall): Promise<Result<unknown>> {
  if (!readFiling(desk.store.read, id)) return fail('not-found');
  const verifications: Record<string, unknown>[] = [];
  for (const kept of readVerifications(desk.store.read, id)) {
    const rerun = values.rerun ? { rerun: await outcomeOfRerun(desk, kept.id) } : {};
    verifications.push({ ...describe(desk, kept), ...rerun });
    if (values.out === undefined) continue;
    const written = await writeOut(desk, kept, path.resolve(io.cwd, values.out));
    if (!written.ok) return written;
  }
  if (values.out !== undefined)
    desk.store.write((tx) => tx.journal({ at: desk.config.clock(), actor: null, action: 'evidence.saved', subject: id, details: {} }));
  return ok({ id, verifications });
}

async function outcomeOfRerun(desk: OpenedDesk, id: string): Promise<string> {
  const rerun = await rerunVerification(desk, id);
  return rerun.ok ? (rerun.value.same ? 'same' : 'different') : rerun.error.code;
}

function describe(
  { blobs }: OpenedDesk,
  { id, documentId, at, receivedAt, file, policy, attempts, reportText, evidence }: KeptVerification,
) {
  const { overall, signatures } = JSON.parse(reportText) as { overall: string; signatures: { indication: string }[] };
  return {
    id,
    documentId,
    at,
    receivedAt,
    ...file,
    policy,
    overall,
    signatures: signatures.length,
    asked: attempts,
    evidence: evidence.map(({ kind, sha256 }) => ({ kind, sha256, size: blobs.size(sha256) })),
  };
}

/** Reports by verification; policies and evidence by their SHA-256, each once. */
async function writeOut({ blobs }: OpenedDesk, kept: KeptVerification, dir: string): Promise<Result<null>> {
  writeFileAtomically(path.join(dir, 'reports', `${kept.id}.json`), kept.reportText);
  const pieces = [
    ...kept.evidence.map(({ kind, sha256 }) => ({ sha256, name: path.join(`${kind}s`, `${sha256}.${ENDING[kind]}`) })),
    { sha256: kept.policy.sha256, name: path.join('policies', `${kept.policy.sha256}.json`) },
  ];
  for (const { sha256, name } of pieces) {
    const bytes = await blobs.readAll(sha256, EVIDENCE_MAX_BYTES);
    if (bytes === null) return fail('document-missing');
    writeFileAtomically(path.join(dir, name), bytes, 0o644);
  }
  return ok(null);
}
