import { manualChecks } from '../../../main/checking/index.ts';
import type { Desk } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { markCheck } from '../../../main/registration/index.ts';

/** Ticks every check that is the clerk's own, whatever was found. */
export function tickChecks(desk: Desk, id: string, actor: string): void {
  const filing = readFiling(desk.store.read, id)!;
  let revision = filing.revision;
  for (const check of manualChecks(filing, desk.reference.kindRule(filing.kind))) {
    const marked = markCheck(desk.registration, { id, revision: revision++, actor }, { check, value: true, page: null });
    if (!marked.ok) throw new Error(marked.error.code);
  }
}
