import { BESIDE_FILING, forgetPassing, giveWay, type BlobStore, type Reading, type Store, type Writing } from '../store/index.ts';

export type Wiping = { readonly actor: string; readonly reason: string; readonly clock: () => string };

const AT_ONCE = 100;
const IDS = '(SELECT value FROM json_each(@ids))';
const ACTS = `(SELECT id FROM act WHERE filing_id IN ${IDS})`;
/** Also those of a whole case: it goes as one. */
const HEARINGS = `(SELECT id FROM hearing WHERE filing_id IN ${IDS}
  OR case_number IN (SELECT coalesce(case_number, joins_case) FROM filing WHERE id IN ${IDS}))`;
const DELIVERIES = `content ->> '$.filingId' IN ${IDS} OR subject IN ${IDS} OR subject IN (SELECT id FROM issued_act WHERE filing_id IN ${IDS}) OR subject IN ${HEARINGS}`;

/** Files of a filing in the document store. */
const FILES = `
  SELECT sha256 FROM document WHERE filing_id IN ${IDS}
  UNION SELECT v.sha256 FROM verification v WHERE v.filing_id IN ${IDS}
  UNION SELECT v.content_sha256 FROM verification v WHERE v.filing_id IN ${IDS}
  UNION SELECT e.sha256 FROM verification v JOIN verification_evidence e ON e.verification_id = v.id WHERE v.filing_id IN ${IDS}
  UNION SELECT sha256 FROM talon WHERE filing_id IN ${IDS}
  UNION SELECT sha256 FROM talon_print WHERE filing_id IN ${IDS}
  UNION SELECT draft_sha256 FROM act WHERE filing_id IN ${IDS}
  UNION SELECT reviewed_sha256 FROM act WHERE filing_id IN ${IDS}
  UNION SELECT signed_sha256 FROM act WHERE filing_id IN ${IDS}
  UNION SELECT sha256 FROM act_version WHERE act_id IN ${ACTS}
  UNION SELECT sha256 FROM act_signed_version WHERE act_id IN ${ACTS}
  UNION SELECT sha256 FROM issued_act WHERE filing_id IN ${IDS}
  UNION SELECT sha256 FROM summons WHERE hearing_id IN ${HEARINGS}
  UNION SELECT sha256 FROM paper_page WHERE work_id IN ${IDS}
  UNION SELECT d.value ->> '$.sha256' FROM fulfilment x, json_each(x.held, '$.documents') d WHERE x.filing_id IN ${IDS}
  UNION SELECT d.value ->> '$.sha256' FROM case_file_grant x, json_each(x.held, '$.documents') d WHERE x.filing_id IN ${IDS}`;

/** What goes, in this order; numbers, moments, kinds and who of the office did what stay. */
const WIPED: readonly string[] = [
  `DELETE FROM verification_evidence WHERE verification_id IN (SELECT id FROM verification WHERE filing_id IN ${IDS})`,
  ...['verification', 'anomaly', 'check_mark', 'filing_trace', 'text_print', 'filing_note', 'filing_correction', 'fact_correction'].map(
    from,
  ),
  `DELETE FROM document_text WHERE document_id IN (SELECT id FROM document WHERE filing_id IN ${IDS})`,
  `DELETE FROM document_text_state WHERE document_id IN (SELECT id FROM document WHERE filing_id IN ${IDS})`,
  `DELETE FROM document WHERE signs IS NOT NULL AND filing_id IN ${IDS}`,
  ...['document', 'talon', 'form_draft', 'survey', 'lease_loss'].map(from),
  `DELETE FROM paper_work WHERE id IN ${IDS}`,
  `DELETE FROM print_waiting WHERE paper_id IN ${IDS} OR paper_id IN ${ACTS}`,
  `UPDATE filing_annex SET handed_in_by = '' WHERE filing_id IN ${IDS}`,
  `UPDATE defect SET note = NULL, places = '[]' WHERE filing_id IN ${IDS}`,
  `UPDATE finding_override SET reason = '—', document_id = NULL WHERE filing_id IN ${IDS}`,
  `UPDATE proposal SET notice_kk = '', notice_ru = '', grounds = '[]' WHERE filing_id IN ${IDS}`,
  `UPDATE proposal_recall SET proposed = NULL, reason = '' WHERE filing_id IN ${IDS}`,
  `UPDATE act_version SET text = NULL, grounds = '[]' WHERE act_id IN ${ACTS}`,
  `UPDATE act_word SET text = '' WHERE act_id IN ${ACTS}`,
  `UPDATE act SET title = NULL WHERE filing_id IN ${IDS}`,
  `DELETE FROM act_raise WHERE act_id IN ${ACTS}`,
  `UPDATE issued_act SET title = NULL WHERE filing_id IN ${IDS}`,
  `DELETE FROM dispatch_change WHERE dispatch_id IN (SELECT id FROM dispatch WHERE act_id IN ${ACTS})`,
  `UPDATE dispatch SET recipient = json_object('name', '', 'steps', json('[]')) WHERE act_id IN ${ACTS}`,
  `UPDATE delivery SET content = json_object('id', id, 'notice', content ->> '$.notice', 'subject', subject, 'filingId', content ->> '$.filingId', 'name', '',
     'channel', content ->> '$.channel', 'via', content ->> '$.via', 'state', content ->> '$.state', 'reason', content ->> '$.reason', 'at', at) WHERE ${DELIVERIES}`,
  `UPDATE summons SET recipient = json_object('name', '', 'channel', recipient ->> '$.channel') WHERE hearing_id IN ${HEARINGS}`,
  `UPDATE fulfilment SET held = json_replace(held, '$.documents', json('[]'), '$.note', NULL) WHERE filing_id IN ${IDS}`,
  `UPDATE case_file_grant SET held = json_replace(held, '$.person', '', '$.documents', json('[]'), '$.reason', NULL) WHERE filing_id IN ${IDS}`,
  `UPDATE outbox SET uploads = '[]', payload = CASE WHEN kind IN ('filing.register', 'number.void') THEN json_replace(payload, '$.defects', json('[]')) ELSE '{}' END
     WHERE state = 'done' AND subject IN (SELECT value FROM json_each(@subjects))`,
  `UPDATE hearing SET held = json_replace(held, '$.recipients', json('[]'), '$.link', NULL, '$.recordingNote', NULL, '$.cancelReason', NULL)
     WHERE id IN ${HEARINGS}`,
  `UPDATE filing SET message = json_object('id', id, 'court', message ->> '$.court', 'cabinetNumber', coalesce(cabinet_number, ''), 'kind', kind,
       'language', language, 'category', category, 'parties', json('[]'), 'documents', json('[]'), 'sentAt', sent_at, 'receivedAt', received_at),
     claimant = '', respondent = NULL, claimant_key = '', respondent_key = '', search_text = coalesce(cabinet_number, ''), postpone_reason = NULL,
     recheck_at = NULL, intake = 'ready', revision = revision + 1 WHERE id IN ${IDS}`,
];
function from(table: string): string {
  return `DELETE FROM ${table} WHERE filing_id IN ${IDS}`;
}

/** Commands about the filings under ids of their own. */
const SUBJECTS = `
  SELECT value AS id FROM json_each(@ids) ${BESIDE_FILING.map((word) => `UNION SELECT '${word}' || value FROM json_each(@ids)`).join(' ')}
  UNION SELECT id FROM filing_note WHERE filing_id IN ${IDS} UNION SELECT id FROM hearing WHERE id IN ${HEARINGS}
  UNION SELECT id FROM act WHERE filing_id IN ${IDS} UNION SELECT id FROM dispatch WHERE act_id IN ${ACTS}`;

/** In parts, each a transaction with the entries that tell of it; the files and the words of the index go after the rows. */
export async function wipeFilings(store: Store, blobs: BlobStore, ids: readonly string[], wiping: Wiping): Promise<void> {
  for (let n = 0; n < ids.length; n += AT_ONCE) {
    store.write((tx) => wipePart(tx, ids.slice(n, n + AT_ONCE), wiping));
    await giveWay();
  }
  await finishWiping(store, blobs);
}

function wipePart(tx: Writing, part: readonly string[], { actor, reason, clock }: Wiping): void {
  const ids = JSON.stringify(part);
  const subjects = JSON.stringify(tx.all<{ id: string }>(SUBJECTS, { ids }).map(({ id }) => id));
  const at = clock();
  for (const id of part) tx.run('INSERT INTO filing_wiped (filing_id, at, by_user) VALUES (?, ?, ?)', id, at, actor);
  tx.run(`INSERT OR IGNORE INTO wiping_left (what) SELECT sha256 FROM (${FILES}) WHERE sha256 IS NOT NULL UNION SELECT 'words'`, { ids });
  for (const sql of WIPED) tx.run(sql, sql.includes('@subjects') ? { subjects } : { ids });
  for (const id of part) tx.journal({ at, actor, action: 'filing.wiped', subject: id, details: { reason } });
}

const KEPT_ACTS = 'filing_id NOT IN (SELECT filing_id FROM filing_wiped)';
/** Files that nothing needs but what was wiped. */
const UNNEEDED = `
  SELECT what FROM wiping_left WHERE what <> 'words'
  EXCEPT SELECT sha256 FROM document
  EXCEPT SELECT sha256 FROM verification EXCEPT SELECT content_sha256 FROM verification EXCEPT SELECT sha256 FROM verification_evidence
  EXCEPT SELECT sha256 FROM talon EXCEPT SELECT sha256 FROM talon_print WHERE ${KEPT_ACTS}
  EXCEPT SELECT draft_sha256 FROM act WHERE ${KEPT_ACTS} EXCEPT SELECT reviewed_sha256 FROM act WHERE ${KEPT_ACTS}
  EXCEPT SELECT signed_sha256 FROM act WHERE ${KEPT_ACTS}
  EXCEPT SELECT v.sha256 FROM act_version v JOIN act a ON a.id = v.act_id WHERE a.${KEPT_ACTS}
  EXCEPT SELECT v.sha256 FROM act_signed_version v JOIN act a ON a.id = v.act_id WHERE a.${KEPT_ACTS}
  EXCEPT SELECT sha256 FROM issued_act WHERE ${KEPT_ACTS}
  EXCEPT SELECT s.sha256 FROM summons s JOIN hearing h ON h.id = s.hearing_id WHERE NOT EXISTS (SELECT 1 FROM filing f JOIN filing_wiped w ON w.filing_id = f.id
    WHERE f.id = h.filing_id OR h.case_number IN (f.case_number, f.joins_case))
  EXCEPT SELECT sha256 FROM paper_page
  EXCEPT SELECT pdf_sha256 FROM made_report EXCEPT SELECT xlsx_sha256 FROM made_report
  EXCEPT SELECT d.value ->> '$.sha256' FROM fulfilment x, json_each(coalesce(x.own, x.held), '$.documents') d
  EXCEPT SELECT d.value ->> '$.sha256' FROM case_file_grant x, json_each(coalesce(x.own, x.held), '$.documents') d
  EXCEPT SELECT u.value FROM outbox o, json_each(o.uploads) u WHERE o.state <> 'done'`;

/** Goes on with what a wiping that was interrupted has left; returns at once when there is nothing. */
export async function finishWiping(store: Store, blobs: BlobStore): Promise<void> {
  if (!isUnfinished(store.read)) return;
  forgetPassing({ store, blobs }, null); // they may name those whose filings are gone
  const gone = store.read.all<{ what: string }>(UNNEEDED);
  for (const { what } of gone) blobs.remove(what);
  store.write((tx) => {
    for (const { what } of gone) tx.run('DELETE FROM document_flags WHERE sha256 = ?', what);
    tx.run("DELETE FROM wiping_left WHERE what <> 'words'");
  });
  for (const index of ['filing_fts', 'number_fts', 'page_fts']) {
    store.write((tx) => tx.run(`INSERT INTO ${index} (${index}) VALUES ('optimize')`));
    await giveWay();
  }
  store.write((tx) => tx.run('DELETE FROM wiping_left'));
  store.settle();
}

const isUnfinished = (read: Reading): boolean => read.get('SELECT 1 FROM wiping_left LIMIT 1') !== undefined;
