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

export const isRequest = (kind: string): boolean => REQUEST_KINDS.includes(kind);
