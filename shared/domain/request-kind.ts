/**
 * Kinds of filings that ask the court for something and need no ruling: minutes, recordings, copies, writs, access, remarks, certificates.
 * Ids of resources/reference/document_types.csv.
 */
const REQUEST_KINDS: readonly string[] = [
  'minutes_request',
  'minutes_remarks',
  'av_record_request',
  'copy_request',
  'writ_request',
  'writ_duplicate',
  'case_access',
  'letter',
  'apostille',
];

/** Kinds of filings that are done with an act that was asked for, and the kinds of act that do it. */
const ANSWERED_BY: Readonly<Record<string, readonly string[]>> = { court_order_app: ['court-order'] };

/** Whether an act of a kind is what a filing of a kind asks for. */
export const answers = (act: string, filing: string): boolean => Object.hasOwn(ANSWERED_BY, filing) && ANSWERED_BY[filing]!.includes(act);

export const isRequest = (kind: string): boolean => REQUEST_KINDS.includes(kind);
