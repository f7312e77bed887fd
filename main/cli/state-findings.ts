import type { Failure } from '../../shared/result.ts';
import { manualChecks, proposeDefects } from '../checking/index.ts';
import type { Desk } from '../core/index.ts';
import { readFiling } from '../intake/index.ts';
import { flagFiling, markCheck } from '../registration/index.ts';

/**
 * What a person at the command line states by registering: the defects that were found are marked; where there are none, the
 * clerk's own checks are ticked. Null when all went well. Defects that are marked already stay as they are.
 */
export function stateFindings(desk: Desk, id: string, actor: string, chosenCase: string | null): { ok: false; error: Failure } | null {
  const filing = readFiling(desk.store.read, id);
  if (!filing || filing.flagged) return null;
  const defects = proposeDefects(desk.store.read, desk.reference, filing, chosenCase);
  if (defects.length > 0) {
    const flagged = flagFiling(
      desk.registration,
      { id, revision: filing.revision, actor },
      defects.map((code) => ({ code, note: null })),
    );
    return flagged.ok ? null : flagged;
  }
  let revision = filing.revision;
  for (const check of manualChecks(filing, desk.reference.kindRule(filing.kind))) {
    const marked = markCheck(desk.registration, { id, revision: revision++, actor }, { check, value: true, page: null });
    if (!marked.ok) return marked;
  }
  return null;
}
