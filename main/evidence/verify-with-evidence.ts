import type { CheckRecord, SignatureReport, TimestampReport, VerificationReport } from '../../shared/domain/verdict.ts';
import { ok, type Result } from '../../shared/result.ts';
import { rememberDigests, verifyFile, type Verification, type VerifyInput } from '../signature/index.ts';
import { addMaterial } from './add-material.ts';
import type { Attempt } from './attempt.ts';
import type { Inquiry } from './evidence-source.ts';

/** A verification together with what came of asking for evidence. */
export type InformedVerification = Verification & { readonly attempts: readonly Attempt[] };

export type FileVerification = (input: VerifyInput) => Promise<Result<Verification>>;

/** Responder, list and delta, and a few authorities on the way up. */
const MAX_ROUNDS = 6;

/**
 * Verifies, asks for what was missing, and verifies again with it, until nothing is missing or nothing more comes.
 * @param inquiry null: nothing is asked.
 * @param verify verifyFile, or the same in another thread.
 */
export async function verifyWithEvidence(
  input: VerifyInput,
  inquiry: Inquiry | null,
  verify: FileVerification = verifyFile,
): Promise<Result<InformedVerification>> {
  const content = input.content && rememberDigests(input.content);
  let { trust } = input;
  for (let round = 0; ; round++) {
    const verified = await verify({ ...input, content, trust });
    if (!verified.ok) return verified;
    const { report, wanted } = verified.value;
    // What is invalid stays so, whatever a responder says: nobody is asked on behalf of a forgery.
    const open = report.signatures.some(({ verdict }) => verdict !== 'invalid');
    const more = inquiry && open && wanted.length > 0 && round < MAX_ROUNDS ? await inquiry.gather(wanted) : null;
    if (more === null || [more.certs, more.crls, more.ocsp].every((items) => items.length === 0)) {
      const attempts = inquiry?.attempts ?? [];
      return ok({ ...verified.value, report: explainAttempts(report, attempts), attempts });
    }
    trust = addMaterial(trust, more);
  }
}

/** Where nothing about a revocation could be had, the report says what came of asking instead of that. */
export function explainAttempts(report: VerificationReport, attempts: readonly Attempt[]): VerificationReport {
  const explained = (check: CheckRecord): CheckRecord => {
    if (check.id !== 'revocation.known' || check.reason !== 'revocation-unavailable') return check;
    const attempt = attempts.find(({ kind, certificate }) => (kind === 'ocsp' || kind === 'crl') && certificate === check.certificate);
    return attempt ? { ...check, reason: `${attempt.kind}-${attempt.outcome}` } : check;
  };
  const withReasons = <T extends SignatureReport | TimestampReport>(item: T): T => ({ ...item, checks: item.checks.map(explained) });
  return {
    ...report,
    signatures: report.signatures.map((signature) => ({ ...withReasons(signature), timestamps: signature.timestamps.map(withReasons) })),
  };
}
