import { readDocuments, readFiling, type DocumentRecord, type FilingRecord } from '../intake/index.ts';
import type { Writing } from '../store/index.ts';
import { findAnomalies, type CheckedAt } from './find-anomalies.ts';
import type { Finding } from './finding.ts';
import { printOf, shinglesOf } from './shingles.ts';
import { keepTraces } from './traces.ts';

/** Writes what is noticed about a filing in place of what was noticed before, and the traces by which later ones are compared with it. */
export function writeFindings(tx: Writing, parts: CheckedAt, filing: FilingRecord, documents: readonly DocumentRecord[]): void {
  keepTraces(tx, filing.id, filing.message);
  tx.run('DELETE FROM anomaly WHERE filing_id = ?', filing.id);
  for (const finding of findAnomalies(tx, parts, filing, documents)) keepFinding(tx, filing.id, finding);
}

/** Adds what is noticed about some of its documents; what was noticed before stays. */
export function addFindings(
  tx: Writing,
  parts: CheckedAt,
  filing: FilingRecord,
  documents: readonly DocumentRecord[],
  added: ReadonlySet<string>,
): void {
  for (const id of added) tx.run('DELETE FROM anomaly WHERE filing_id = ? AND document_id = ?', filing.id, id);
  for (const finding of findAnomalies(tx, parts, filing, documents))
    if (finding.documentId !== null && added.has(finding.documentId)) keepFinding(tx, filing.id, finding);
}

function keepFinding(tx: Writing, filingId: string, { rule, severity, documentId, field, relatedId, params }: Finding): void {
  tx.run(
    'INSERT INTO anomaly (filing_id, rule, severity, document_id, field, related_id, params) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ...[filingId, rule, severity, documentId, field, relatedId, JSON.stringify(params)],
  );
}

/** A filing that is not registered is looked at again, after a correction or when more of it can be read. */
function checkAgain(tx: Writing, parts: CheckedAt, filingId: string): void {
  const filing = readFiling(tx, filingId);
  if (filing && filing.registeredAt === null) writeFindings(tx, parts, filing, readDocuments(tx, filingId));
}

const FEWEST_SHINGLES = 40;

/** When the text of a main document is here, it can be compared with others and its language be told. */
export function takeText(
  tx: Writing,
  parts: CheckedAt,
  text: { filingId: string; documentId: string; pages: readonly { readonly text: string }[] },
): void {
  const isMain = tx.get('SELECT 1 FROM document WHERE id = ? AND position = 0 AND signs IS NULL', text.documentId) !== undefined;
  if (!isMain) return;
  const shingles = shinglesOf(text.pages.map((page) => page.text).join('\n'));
  tx.run('DELETE FROM text_print WHERE filing_id = ?', text.filingId);
  if (shingles.size >= FEWEST_SHINGLES)
    tx.run(
      'INSERT INTO text_print (filing_id, document_id, shingles, print) VALUES (?, ?, ?, ?)',
      text.filingId,
      text.documentId,
      shingles.size,
      Buffer.from(printOf(shingles)),
    );
  const before = tx.all('SELECT rule, related_id FROM anomaly WHERE filing_id = ? ORDER BY rule, related_id', text.filingId);
  checkAgain(tx, parts, text.filingId);
  const after = tx.all('SELECT rule, related_id FROM anomaly WHERE filing_id = ? ORDER BY rule, related_id', text.filingId);
  if (JSON.stringify(before) !== JSON.stringify(after)) tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', text.filingId);
}
