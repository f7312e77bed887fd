/** What the registry tells again about a filing, in rows that name it. */
const COMES_BACK = [
  ...['anomaly', 'case_file_grant', 'document', 'fact_correction', 'filing_annex', 'filing_correction', 'filing_note', 'filing_trace'],
  ...['finding_override', 'form_draft', 'fulfilment', 'proposal', 'proposal_recall', 'survey', 'talon', 'text_print'],
];

const ofDelivery = `new.content ->> '$.filingId' OR filing_id = new.subject
  OR filing_id = (SELECT a.filing_id FROM issued_act a WHERE a.id = new.subject) OR filing_id = (SELECT h.filing_id FROM hearing h WHERE h.id = new.subject)`;
const ofHearing = `new.filing_id OR filing_id IN (SELECT f.id FROM filing f WHERE f.case_number = new.case_number)`;
const ofSummons = `(SELECT h.filing_id FROM hearing h WHERE h.id = new.hearing_id)
  OR filing_id IN (SELECT f.id FROM hearing h JOIN filing f ON f.case_number = h.case_number WHERE h.id = new.hearing_id)`;

const stays = (table: string, filing: string) => `
CREATE TRIGGER ${table}_stays_wiped BEFORE INSERT ON ${table} WHEN EXISTS (SELECT 1 FROM filing_wiped WHERE filing_id = ${filing})
BEGIN SELECT RAISE(IGNORE); END;`;

/**
 * Filings whose contents went when their term was over: their rows stay bare, and what is told of them again is passed over by the database itself.
 * `wiping_left` is what a wiping has still to do outside of its transactions: a file of the document store by its SHA-256, or `words`.
 */
export const wipedFilings = {
  version: 350,
  sql: `
CREATE TABLE filing_wiped (filing_id TEXT PRIMARY KEY REFERENCES filing (id), at TEXT NOT NULL, by_user TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE wiping_left (what TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_done_subject ON outbox (subject) WHERE state = 'done';
CREATE INDEX document_signing ON document (signs) WHERE signs IS NOT NULL;
CREATE INDEX verification_by_document ON verification (document_id);
CREATE INDEX anomaly_by_document ON anomaly (document_id) WHERE document_id IS NOT NULL;
DROP TRIGGER verification_no_delete;
CREATE TRIGGER verification_no_delete BEFORE DELETE ON verification WHEN NOT EXISTS (SELECT 1 FROM filing_wiped WHERE filing_id = old.filing_id)
BEGIN SELECT RAISE(ABORT, 'a verification is kept as it was'); END;
DROP TRIGGER verification_evidence_no_delete;
CREATE TRIGGER verification_evidence_no_delete BEFORE DELETE ON verification_evidence
  WHEN NOT EXISTS (SELECT 1 FROM verification v JOIN filing_wiped w ON w.filing_id = v.filing_id WHERE v.id = old.verification_id)
BEGIN SELECT RAISE(ABORT, 'evidence is kept as it was'); END;
${COMES_BACK.map((table) => stays(table, 'new.filing_id')).join('')}
${stays('delivery', ofDelivery)}
${stays('hearing', ofHearing)}
${stays('summons', ofSummons)}
`,
} as const;
