import { readAnomalies, type FilingRecord } from '../intake/index.ts';
import type { Reading } from '../store/index.ts';

/** Which defect a finding speaks for. Warnings speak for none. */
const DEFECT_OF_RULE: Readonly<Record<string, string>> = {
  'signature-missing': 'signature',
  'signature-unreadable': 'signature',
  'signer-not-applicant': 'noAuthority',
  'document-missing': 'unreadable',
  'document-hash-mismatch': 'unreadable',
  'document-empty': 'unreadable',
  'document-type-mismatch': 'unreadable',
  'document-too-large': 'attachments',
  'no-documents': 'attachments',
  'kind-unknown': 'form',
  'case-unknown': 'form',
  'party-missing': 'form',
};

/**
 * The defect codes that what was found about a filing calls for. A proposal: a person marks them, and the judge decides.
 * A signature that cannot be confirmed counts once nothing is left to wait for; a case that the clerk names answers an unknown one.
 */
export function proposeDefects(read: Reading, filing: FilingRecord, chosenCase: string | null): string[] {
  const found = readAnomalies(read, filing.id)
    .filter((a) => a.severity !== 'warn' && !(a.rule === 'case-unknown' && chosenCase !== null))
    .flatMap((a) => DEFECT_OF_RULE[a.rule] ?? []);
  const unsound = filing.signature === 'invalid' || (filing.signature === 'undecided' && filing.recheckAt === null);
  return [...new Set(unsound ? [...found, 'signature'] : found)].sort();
}
