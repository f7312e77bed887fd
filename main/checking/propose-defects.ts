import type { FilingRecord } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { readFindings } from './read-findings.ts';

/**
 * The defect codes that what was found about a filing calls for. A proposal: a person marks them, and the judge decides.
 * A signature that cannot be confirmed counts once nothing is left to wait for; a case that the clerk names answers an unknown one.
 */
export function proposeDefects(read: Reading, reference: Reference, filing: FilingRecord, chosenCase: string | null): string[] {
  const found = readFindings(read, reference, filing.id)
    .filter((a) => a.severity !== 'warn' && a.override === null && !(a.rule === 'case-unknown' && chosenCase !== null))
    .flatMap((a) => reference.findings.rule(a.rule)?.defect ?? []);
  const unsound = filing.signature === 'invalid' || (filing.signature === 'undecided' && filing.recheckAt === null);
  return [...new Set(unsound ? [...found, 'signature'] : found)].sort();
}
