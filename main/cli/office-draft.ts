import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ACT_TEXT_LIMITS } from '../../shared/domain/act-text-limits.ts';
import { actTextSchema, type ActText } from '../../shared/domain/act-text.ts';
import { COURT_LANGUAGES } from '../../shared/domain/language.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { actsOfFiling, draftAct, handAct } from '../acts/index.ts';
import type { User } from '../core/index.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall } from './office-call.ts';

/**
 * `draft-act FILING --kind KIND [--language kk|ru] [--title TEXT] [--text FILE]`: drafts an act of the office data from the case and gives it to
 * the judge. `--text` is plain text, a paragraph a line. Repeating it answers the draft that is open.
 */
export async function draftAnAct({ io, desk, id, values }: OfficeCall, user: User): Promise<Result<unknown>> {
  const language = COURT_LANGUAGES.find((known) => known === values.language) ?? null;
  if (values.kind === undefined || (values.language !== undefined && language === null))
    throw new UsageError('draft-act needs --kind KIND, and may have --language kk|ru, --title TEXT and --text FILE');
  const text = values.text === undefined ? ok(null) : readText(path.resolve(io.cwd, values.text));
  if (!text.ok) return text;
  const editor = { id: user.id, role: user.roles.includes('secretary') ? ('office' as const) : ('judge' as const) };
  const asked = { filingId: id, kind: values.kind, language, title: values.title ?? null, text: text.value, editor };
  const drafted = await draftAct(desk.acts, asked);
  if (!drafted.ok) return drafted;
  const look = () =>
    actsOfFiling(desk.store.read, { reference: desk.reference, now: desk.config.clock() }, id).find(
      (known) => known.id === drafted.value.actId,
    )!;
  const draft = look();
  if (draft.preparing) {
    const handed = handAct(desk.acts, { actId: draft.id, revision: draft.revision, editor });
    if (!handed.ok) return handed;
  }
  const { id: act, kind, title, state, language: written, sha256, pages } = look();
  return ok({ id, act, kind, title, state, language: written, sha256, pages });
}

function readText(file: string): Result<ActText> {
  let whole: string;
  try {
    whole = readFileSync(file, 'utf8');
  } catch {
    return fail('file-unreadable');
  }
  const lines = whole.length > ACT_TEXT_LIMITS.whole ? [] : whole.split(/\r?\n/).filter((line) => line.trim() !== '');
  const parsed = actTextSchema.safeParse({ version: 1, blocks: lines.map((text) => ({ type: 'paragraph', text })) });
  return parsed.success && lines.length > 0 ? ok(parsed.data) : fail('input-invalid', { field: 'text' });
}
