import type { Failure } from '../../shared/result.ts';
import { manualChecks } from '../checking/index.ts';
import type { Desk } from '../core/index.ts';
import { readFiling } from '../intake/index.ts';
import { markCheck } from '../registration/index.ts';

/** Ticks the clerk's checks that are still open, as the person at the command line states them; null when all went well. */
export function stateChecks(desk: Desk, id: string, actor: string): { ok: false; error: Failure } | null {
  const filing = readFiling(desk.store.read, id)!;
  for (const check of manualChecks(filing, desk.reference.kindRule(filing.kind))) {
    const { revision } = readFiling(desk.store.read, id)!;
    const marked = markCheck(desk.registration, { id, revision, actor }, { check, value: true, page: null });
    if (!marked.ok) return marked;
  }
  return null;
}
