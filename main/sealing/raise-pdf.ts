import { fail, ok, type Result } from '../../shared/result.ts';
import { timestampPdf } from '../pdf/index.ts';
import { addProofs } from './add-proofs.ts';
import { checkSealed, signaturesOf } from './check-sealed.ts';
import { isAtLeast, type Level, type SealingParts, type Shortfall } from './sealing-parts.ts';

/** A file as far as it could be raised; the bytes it was made from are its beginning. */
export type Raised = { readonly pdf: Uint8Array; readonly level: Level; readonly shortfall: Shortfall | null };

/**
 * Adds to a signed file what its newest signature lacks for a level. What cannot be had now is the shortfall, no error.
 * Errors: `signature-check-failed` when the file is not sound as it is or would not be any more, and those of `timestampPdf`.
 */
export async function raisePdf(parts: SealingParts, pdf: Uint8Array, wanted: Level): Promise<Result<Raised>> {
  const before = (await signaturesOf(parts, pdf)).at(-1);
  if (!before || before.verdict === 'invalid') return fail('signature-check-failed', { reason: before?.subIndication ?? 'none' });
  let raised = pdf;
  let level: Level = before.level === 'LTA' ? 'LT' : before.level;
  // a timestamp that is there but not trusted proves nothing
  if (!before.timestamps.some(({ verdict, subIndication }) => verdict === 'valid' || subIndication === 'TRY_LATER')) level = 'B';
  if (level === 'B' && wanted !== 'B') {
    const stamped = await addTimestamp(parts, pdf);
    if (!stamped.ok) return stamped;
    if (stamped.value.shortfall) return ok({ pdf, level, shortfall: stamped.value.shortfall });
    raised = stamped.value.pdf;
    level = 'T';
  }
  if (isAtLeast(level, wanted)) return ok({ pdf: raised, level, shortfall: null });
  const proven = await addProofs(parts, raised);
  if (proven.ok) return ok({ pdf: proven.value, level: 'LT', shortfall: null });
  return ok({ pdf: raised, level, shortfall: proven.error });
}

type Stamped = { readonly pdf: Uint8Array; readonly shortfall: Shortfall | null };

/** The timestamp is asked for last, over a file that is otherwise ready. */
async function addTimestamp(parts: SealingParts, pdf: Uint8Array): Promise<Result<Stamped>> {
  const { timestamps } = parts;
  if (timestamps === null) return ok({ pdf, shortfall: { code: 'timestamp-failed', reason: 'no-authority' } });
  let shortfall: Shortfall | null = null;
  const stamped = await timestampPdf({
    pdf,
    at: parts.clock(),
    token: async (sha256) => {
      const answer = await timestamps.stamp(sha256);
      if (answer.ok) return answer.token;
      shortfall = { code: 'timestamp-failed', reason: answer.fault };
      return new Uint8Array(0);
    },
  });
  if (!stamped.ok) return stamped;
  if (shortfall) return ok({ pdf, shortfall });
  const checked = await checkSealed(parts, stamped.value, pdf);
  if (!checked.ok) return checked;
  return checked.value.level === 'B' ? fail('signature-check-failed', { reason: 'timestamp' }) : ok({ pdf: stamped.value, shortfall });
}
