import type { Reading } from '../store/index.ts';

/** What a hearing is about: a filing, or a case. */
export type About = { readonly filingId: string | null; readonly caseNumber: string | null };

/** The filings here that belong to it: the filing itself, or those that opened or joined the case. */
export function filingsAbout(read: Reading, { filingId, caseNumber }: About): string[] {
  if (filingId !== null) return [filingId];
  if (caseNumber === null) return [];
  return read
    .all<{ id: string }>('SELECT id FROM filing WHERE case_number = ? OR joins_case = ?', caseNumber, caseNumber)
    .map(({ id }) => id);
}
