import { fail, ok, type Result } from '../../shared/result.ts';
import { drawTalon, signPdf, type TalonContent } from '../pdf/index.ts';
import type { RegistrationParts } from './registration-parts.ts';

/**
 * Draws and seals the talons of registered filings that have none yet, and queues them for the applicant. Runs after each
 * registration and again at start, so that a stop between the two leaves one number and one talon.
 */
export async function finishTalons(parts: RegistrationParts): Promise<Result<{ filingIds: string[] }>> {
  const open = parts.store.read.all<{ filing_id: string; content: string; registered_by: string }>(
    'SELECT t.filing_id, t.content, f.registered_by FROM talon t JOIN filing f ON f.id = t.filing_id WHERE t.sha256 IS NULL ORDER BY f.registered_at',
  );
  const filingIds: string[] = [];
  for (const talon of open) {
    const content = JSON.parse(talon.content) as TalonContent;
    const sealed = await sealTalon(parts, content, content.registeredAt);
    if (!sealed.ok) return sealed;
    const { sha256, size, problem } = sealed.value;
    const at = parts.clock();
    parts.store.write((tx) => {
      if (tx.run('UPDATE talon SET sha256 = ?, size = ? WHERE filing_id = ? AND sha256 IS NULL', sha256, size, talon.filing_id) === 0)
        return;
      tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', talon.filing_id);
      tx.journal({
        at,
        actor: null,
        action: 'talon.made',
        subject: talon.filing_id,
        details: { sha256, ...(problem === null ? {} : { layoutProblem: problem }) },
      });
      tx.outbox({
        id: parts.newId(),
        subject: talon.filing_id,
        kind: 'talon.issue',
        actor: talon.registered_by,
        at,
        uploads: [sha256],
        payload: { filingId: talon.filing_id, sha256, size, qr: content.qrText },
      });
    });
    filingIds.push(talon.filing_id);
  }
  return ok({ filingIds });
}

/** Draws a talon in the court's layout, seals it and keeps it. `problem`: what is wrong with the court's own layout, which was not used then. */
export async function sealTalon(
  parts: RegistrationParts,
  content: TalonContent,
  signedAt: string,
): Promise<Result<{ sha256: string; size: number; problem: string | null }>> {
  const { layout, problem } = parts.talonLayout();
  const pdf = await drawTalon(content, { fontsDir: parts.fontsDir, layout });
  const sealed = await signPdf({ pdf, signer: parts.systemKey, signedAt, name: content.courtNameKk, reason: null, location: null });
  if (!sealed.ok) return sealed;
  const stored = await parts.blobs.putBytes(sealed.value);
  return stored.ok ? ok({ ...stored.value, problem }) : stored;
}

/** The stored talon of a filing. Errors: `not-found` before it is registered, `documents-arriving` while it is being drawn. */
export function readTalon(
  parts: Pick<RegistrationParts, 'store'>,
  filingId: string,
): Result<{ sha256: string; size: number; incomingNumber: string; confirmedAt: string | null }> {
  const row = parts.store.read.get<{ sha256: string | null; size: number | null; confirmed_at: string | null; incoming_number: string }>(
    'SELECT t.sha256, t.size, t.confirmed_at, f.incoming_number FROM talon t JOIN filing f ON f.id = t.filing_id WHERE t.filing_id = ?',
    filingId,
  );
  if (!row) return fail('not-found');
  if (row.sha256 === null || row.size === null) return fail('documents-arriving');
  return ok({ sha256: row.sha256, size: row.size, incomingNumber: row.incoming_number, confirmedAt: row.confirmed_at });
}
