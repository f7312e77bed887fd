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

/** Kinds that are done with the act that was asked for, such as a court order. */
const ANSWERED_BY_ACT: readonly string[] = ['court_order_app'];

export const isAnsweredByAct = (kind: string): boolean => ANSWERED_BY_ACT.includes(kind);

export const isRequest = (kind: string): boolean => REQUEST_KINDS.includes(kind);
