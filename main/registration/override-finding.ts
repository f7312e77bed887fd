import { moveFiling } from '../../shared/domain/filing-status.ts';
import type { Role } from '../../shared/domain/role.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readFindings } from '../checking/index.ts';
import { readFiling } from '../intake/index.ts';
import { heldElsewhere } from '../sync/index.ts';
import { openFiling, type Seen } from './mark-filing.ts';
import type { RegistrationParts } from './registration-parts.ts';

/**
 * A person goes on in spite of a finding, in writing. An error is the secretary's or the head's to answer for; what is fatal only the head's, also while
 * another desk has the filing: the word goes to that desk through the registry.
 * Errors: those of an open filing, `not-found` for what is not noticed any more, `head-decides`, `input-invalid` for a warning, which needs no word.
 */
export function overrideFinding(
  parts: RegistrationParts,
  seen: Seen & { readonly role: Role },
  { finding, reason }: { readonly finding: string; readonly reason: string },
): Result<null> {
  const at = parts.clock();
  return parts.store.write((tx) => {
    const filing = seen.role === 'office-head' && heldElsewhere(tx, seen.id, at) ? unregistered(tx, seen) : openFiling(tx, seen, at);
    if (!filing.ok) return filing;
    const found = readFindings(tx, parts.reference, seen.id).find(({ id }) => id === finding);
    if (!found) return fail('not-found');
    const { severity, rule } = found;
    if (severity === 'warn' || reason.trim() === '') return fail('input-invalid', { field: severity === 'warn' ? 'finding' : 'reason' });
    if (severity === 'fatal' && seen.role !== 'office-head') return fail('head-decides', { rule });
    const kept = tx.run(
      `INSERT INTO finding_override (filing_id, finding, rule, severity, document_id, by_user, at, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (filing_id, finding) DO UPDATE SET severity = excluded.severity, by_user = excluded.by_user, at = excluded.at, reason = excluded.reason
       WHERE excluded.severity = 'fatal' AND finding_override.severity <> 'fatal'`,
      seen.id,
      finding,
      rule,
      severity,
      found.documentId,
      seen.actor,
      at,
      reason.trim(),
    );
    // a second press says nothing new
    if (kept === 0) return ok(null);
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', seen.id);
    tx.journal({
      at,
      actor: seen.actor,
      action: 'finding.overridden',
      subject: seen.id,
      details: { rule, finding, severity, reason: reason.trim() },
    });
    tx.outbox({
      id: parts.newId(),
      subject: seen.id,
      kind: 'finding.override',
      actor: seen.actor,
      at,
      uploads: [],
      payload: { filingId: seen.id, finding, rule, severity, reason: reason.trim() },
    });
    return ok(null);
  });
}

function unregistered(...[read, seen]: [Parameters<typeof readFiling>[0], Seen]): ReturnType<typeof openFiling> {
  const filing = readFiling(read, seen.id);
  if (!filing) return fail('not-found');
  if (filing.revision !== seen.revision) return fail('stale-revision');
  return moveFiling(filing.state, 'register') === null ? fail('move-not-allowed', { state: filing.state }) : ok(filing);
}
