import type { Defect, DefectPlace, Proposal } from '../../shared/contract/index.ts';
import { moveFiling } from '../../shared/domain/filing-status.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { manualChecks } from '../checking/index.ts';
import { readFiling, type FilingRecord } from '../intake/index.ts';
import type { Reading } from '../store/index.ts';
import { heldElsewhere } from '../sync/index.ts';
import { checkProposal, keepProposal } from './propose.ts';
import type { RegistrationParts } from './registration-parts.ts';

export type Seen = { readonly id: string; readonly revision: number; readonly actor: string };

/** The filing as the person saw it, still open for the office and not in the hands of another desk; says what stands in the way. */
export function openFiling(read: Reading, seen: Seen, now: string): Result<FilingRecord> {
  const filing = readFiling(read, seen.id);
  if (!filing) return fail('not-found');
  if (filing.revision !== seen.revision) return fail('stale-revision');
  if (moveFiling(filing.state, 'register') === null) return fail('move-not-allowed', { state: filing.state });
  return heldElsewhere(read, seen.id, now) ? fail('lease-held') : ok(filing);
}

/** Ticks or unticks one of the clerk's own checks; who, when and which page was open is kept. */
export function markCheck(
  parts: RegistrationParts,
  seen: Seen,
  mark: { check: string; value: boolean; page: number | null },
): Result<null> {
  const at = parts.clock();
  return parts.store.write((tx) => {
    const filing = openFiling(tx, seen, at);
    if (!filing.ok) return filing;
    if (!manualChecks(filing.value, parts.reference.kindRule(filing.value.kind)).includes(mark.check))
      return fail('input-invalid', { field: 'check' });
    if (mark.value)
      tx.run(
        'INSERT INTO check_mark (filing_id, check_id, by_user, at, page) VALUES (?, ?, ?, ?, ?) ON CONFLICT (filing_id, check_id) DO NOTHING',
        seen.id,
        mark.check,
        seen.actor,
        at,
        mark.page,
      );
    else tx.run('DELETE FROM check_mark WHERE filing_id = ? AND check_id = ?', seen.id, mark.check);
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', seen.id);
    tx.journal({
      at,
      actor: seen.actor,
      action: 'filing.marked',
      subject: seen.id,
      details: { check: mark.check, value: mark.value ? 1 : 0, ...(mark.page ? { page: mark.page } : {}) },
    });
    return ok(null);
  });
}

/**
 * Marks the defects of a filing and keeps what is proposed to the judge, replacing what was marked before; none and no proposal clears the flag.
 * It is registered all the same.
 */
export function flagFiling(
  parts: RegistrationParts,
  seen: Seen,
  defects: readonly Defect[],
  proposal: Proposal | null = null,
): Result<null> {
  const known = new Set(parts.reference.defectCodes().map((d) => d.code));
  if (defects.some((d) => !known.has(d.code)) || new Set(defects.map((d) => d.code)).size !== defects.length)
    return fail('input-invalid', { field: 'defects' });
  const at = parts.clock();
  return parts.store.write((tx) => {
    const filing = openFiling(tx, seen, at);
    if (!filing.ok) return filing;
    const asked = proposal ?? (defects.length > 0 ? { decision: 'return' as const, grounds: [], transferTo: null } : null);
    const checked = asked && checkProposal(parts.reference, filing.value, asked, at);
    if (checked && !checked.ok) return checked;
    if (checked?.value.decision === 'return' && defects.length === 0) return fail('input-invalid', { field: 'defects' });
    tx.run('DELETE FROM defect WHERE filing_id = ?', seen.id);
    for (const d of defects)
      tx.run(
        'INSERT INTO defect (filing_id, code, note, places) VALUES (?, ?, ?, ?)',
        ...[seen.id, d.code, d.note, JSON.stringify(d.places ?? [])],
      );
    if (checked) keepProposal(tx, parts.reference, { filing: filing.value, defects, proposal: checked.value, at }, seen.actor);
    else tx.run('DELETE FROM proposal WHERE filing_id = ?', seen.id);
    tx.run('UPDATE filing SET flagged = ?, revision = revision + 1 WHERE id = ?', checked ? 1 : 0, seen.id);
    tx.journal({
      at,
      actor: seen.actor,
      action: 'filing.flagged',
      subject: seen.id,
      details: { defects: defects.map((d) => d.code).join(' '), ...(checked ? { proposal: checked.value.decision } : {}) },
    });
    return ok(null);
  });
}

export function readDefects(read: Reading, filingId: string): Defect[] {
  return read
    .all<{ code: string; note: string | null; places: string }>(
      'SELECT code, note, places FROM defect WHERE filing_id = ? ORDER BY code',
      filingId,
    )
    .map(({ code, note, places }) => {
      const kept = JSON.parse(places) as DefectPlace[];
      return { code, note, ...(kept.length > 0 ? { places: kept } : {}) };
    });
}
