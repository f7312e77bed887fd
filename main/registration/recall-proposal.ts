import { fail, ok, type Result } from '../../shared/result.ts';
import { readFiling, withdrawProposal } from '../intake/index.ts';
import type { Seen } from './mark-filing.ts';
import type { RegistrationParts } from './registration-parts.ts';

/**
 * Takes back what the office proposed to the judge on a registered filing, while nothing is signed: the drafted ruling leaves the judge's list, and
 * nothing is drafted in its place. Before registration the marks themselves are taken off instead.
 * Errors: `not-found`, `stale-revision`, `move-not-allowed` where nothing is proposed, where it is not registered, or once it is decided;
 * `judge-decides` where the judge has made the draft an own one.
 */
export function recallProposal(
  parts: Pick<RegistrationParts, 'store' | 'clock' | 'newId'>,
  { id, revision, actor }: Seen,
  reason: string,
): Result<null> {
  const at = parts.clock();
  return parts.store.write((tx) => {
    const filing = readFiling(tx, id);
    if (!filing) return fail('not-found');
    if (filing.revision !== revision) return fail('stale-revision');
    if (!filing.flagged || (filing.state !== 'registered' && filing.state !== 'with-judge'))
      return fail('move-not-allowed', { state: filing.state });
    const made = tx.get(
      `SELECT 1 FROM act a JOIN act_version v ON v.act_id = a.id WHERE a.filing_id = ? AND a.state = 'draft' AND v.made_by = ?
         AND a.kind IN ('ruling-accept','ruling-return','ruling-refuse','ruling-transfer')`,
      id,
      filing.judgeId,
    );
    if (made) return fail('judge-decides');
    const { actId, proposed } = withdrawProposal(tx, id);
    const decision = proposed?.decision ?? 'return';
    const [recallId, command] = [parts.newId(), parts.newId()];
    tx.run(
      'INSERT INTO proposal_recall (id, filing_id, proposed, reason, by_user, recalled_at, command) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...[recallId, id, JSON.stringify(proposed ?? { decision, proposal: null, defects: [] }), reason, actor, at, command],
    );
    const details = { proposal: decision, reason, ...(actId === null ? {} : { act: actId }) };
    tx.journal({ at, actor, action: 'proposal.recalled', subject: id, details });
    const payload = { recallId, filingId: id, reason, recalledAt: at };
    tx.outbox({ id: command, subject: id, kind: 'proposal.recall', actor, at, uploads: [], payload });
    return ok(null);
  });
}
