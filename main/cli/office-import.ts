import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ActSummary } from '../../shared/contract/index.ts';
import { LIMITS } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { actsOfFiling, importAct, readDraftText } from '../acts/index.ts';
import type { User } from '../core/index.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall } from './office-call.ts';

/** `import-act FILING --file FILE.pdf [--kind KIND]`: the judge takes a PDF written elsewhere as the text of the draft. Repeating it changes nothing. */
export async function importDraft({ io, desk, id, values }: OfficeCall, judge: User): Promise<Result<unknown>> {
  const [file, ...others] = values.file ?? [];
  if (file === undefined || others.length > 0) throw new UsageError('import-act needs --file FILE.pdf');
  const look = { reference: desk.reference, now: desk.config.clock() };
  const fits = ({ state, kind, preparing }: ActSummary) => state === 'draft' && !preparing && (values.kind ?? kind) === kind;
  const act = actsOfFiling(desk.store.read, look, id).findLast(fits);
  if (!act) return fail('not-found');
  const bytes = readPdfFile(path.resolve(io.cwd, file));
  if (!bytes.ok) return bytes;
  const kept = await desk.blobs.putBytes(bytes.value);
  if (!kept.ok) return kept;
  const editor = { id: judge.id, role: 'judge' as const };
  const imported = await importAct(desk.acts, { actId: act.id, revision: act.revision, sha256: kept.value.sha256, editor });
  if (!imported.ok) return imported;
  const now = readDraftText(desk.acts, { actId: act.id, editor });
  const after = actsOfFiling(desk.store.read, look, id).find((known) => known.id === act.id);
  return now.ok ? ok({ id, act: act.id, kind: act.kind, sha256: now.value.sha256, pages: after?.pages }) : now;
}

function readPdfFile(file: string): Result<Uint8Array> {
  try {
    const bytes = readFileSync(file);
    return bytes.length > LIMITS.wireDocumentBytes ? fail('document-too-large') : ok(new Uint8Array(bytes));
  } catch {
    return fail('file-unreadable');
  }
}
