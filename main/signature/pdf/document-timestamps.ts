import { surveyEncoding } from '../../asn1/index.ts';
import { isDigest } from '../algorithms/hash.ts';
import type { Finding } from '../checks/finding.ts';
import { contentFromPieces, limitWork, rememberDigests } from '../content-source.ts';
import { verifyTimestamp, type VerifiedTimestamp } from '../timestamp/verify-timestamp.ts';
import type { VerificationFrame } from '../verify-signed-data.ts';
import { createWorkbench } from '../workbench.ts';
import type { ByteRange } from './byte-range.ts';
import { entryOf, type PdfDictionary } from './pdf-value.ts';
import type { PieceOfFile, ValidationData } from './validation-data.ts';

export type DocumentTimestamp = VerifiedTimestamp & {
  /** Where the covered bytes end. */
  readonly end: number;
  /** Where the covered bytes leave out the token itself. */
  readonly hole: PieceOfFile;
};

type Candidate = { readonly dictionary: PdfDictionary; readonly range: ByteRange | null; readonly findings: readonly Finding[] };

/** The newest ones count most; a file with more of them is not read further back. */
const MAX_TIMESTAMPS = 8;

/**
 * Verifies document timestamps (EN 319 142-1 §5.4.3) from the newest back: each proves that what it covers existed at its time, the older
 * timestamps and their validation data too. Answers them in the order of the file.
 * @param candidates in the order of the file.
 */
export async function verifyDocumentTimestamps(
  candidates: readonly Candidate[],
  validation: ValidationData,
  { policy, at, ledger, trust, computing }: VerificationFrame,
): Promise<DocumentTimestamp[]> {
  const verified: DocumentTimestamp[] = [];
  for (const { dictionary, range, findings } of candidates.slice(-MAX_TIMESTAMPS).reverse()) {
    const contents = entryOf(dictionary, 'Contents');
    if (range === null || contents?.type !== 'string') continue;
    const token = tokenIn(contents.octets);
    const { pool, pathsUnder } = createWorkbench(
      { trust, at, ledger, computing },
      [validation.material],
      provenTimes(validation, verified),
      [token],
    );
    const content = rememberDigests(limitWork(contentFromPieces(range.pieces), range.end, computing));
    const since = Math.min(at, ...verified.flatMap(({ proven }) => proven ?? []));
    const frame = { policy, pool, pathsOf: pathsUnder(policy), ledger, computing, at, since };
    const digestOf = async (hash: string) => (isDigest(hash) ? content.digest(hash) : null);
    const stamp = await verifyTimestamp(token, 'document', digestOf, frame, findings);
    const place = { end: range.end, hole: { from: range.pieces[0].length, to: range.end - range.pieces[1].length } };
    const coversValidationData = [...validation.places.values()].some((piece) => isCovered(piece, place));
    verified.unshift({ ...stamp, ...place, coversValidationData });
  }
  return verified;
}

/** The token without the zeros that fill the place kept for it; anything else after it makes it unreadable. */
function tokenIn(octets: Uint8Array): Uint8Array {
  const end = surveyEncoding(octets)?.end ?? octets.length;
  return octets.subarray(end).every((octet) => octet === 0) ? octets.subarray(0, end) : octets;
}

/** When each piece of validation data was proven to exist; ms. */
export function provenTimes({ places }: ValidationData, timestamps: readonly DocumentTimestamp[]): Map<Uint8Array, number> {
  const times = new Map<Uint8Array, number>();
  for (const [piece, place] of places) {
    const proofs = timestamps.flatMap((stamp) => (stamp.proven !== null && isCovered(place, stamp) ? stamp.proven : []));
    if (proofs.length > 0) times.set(piece, Math.min(...proofs));
  }
  return times;
}

/** To its last octet, and not through what the timestamp leaves out. */
function isCovered({ from, to }: PieceOfFile, { end, hole }: Pick<DocumentTimestamp, 'end' | 'hole'>): boolean {
  return to <= hole.from || (from >= hole.to && to <= end);
}
