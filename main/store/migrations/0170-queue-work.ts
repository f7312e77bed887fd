/** Stands among the words of a filing that is not registered, so that a search of the queue leaves the rest out. */
export const OPEN_WORD = 'xopenx';
const words = (row: string) =>
  `${row}.search_text || ' ' || coalesce(${row}.incoming_number, '') || ' ' || coalesce(${row}.case_number, ${row}.joins_case, '') ||
   CASE WHEN ${row}.registered_at IS NULL THEN ' ${OPEN_WORD}' ELSE '' END`;
const bare = (number: string) => `replace(replace(replace(replace(coalesce(${number}, ''), '-', ''), '/', ''), '(', ''), ')', '')`;
/** Without what stands between their parts, so that a number is found however it is written. */
const numbers = (row: string) =>
  `coalesce(${row}.cabinet_number, '') || ' ' || ${bare(`${row}.incoming_number`)} || ' ' || ${bare(`coalesce(${row}.case_number, ${row}.joins_case)`)}`;

/**
 * Who works on a filing, until when it is put off, and what the lists of the queue are sorted and filtered by. Every list is read from an index that
 * covers it: the message of a filing is long, and its row is read for what is on the screen alone. `claimant_key` and `respondent_key` sort in the
 * order of the Kazakh alphabet; the desk fills them. `filing_words` numbers the filings for the word index, since row numbers do not outlive a copy.
 */
export const queueWork = {
  version: 170,
  sql: `
ALTER TABLE filing ADD COLUMN assignee TEXT;
ALTER TABLE filing ADD COLUMN assigned_by TEXT;
/* An instant: from then on it is back in the work of its assignee. */
ALTER TABLE filing ADD COLUMN postponed_until TEXT;
ALTER TABLE filing ADD COLUMN postpone_reason TEXT;
ALTER TABLE filing ADD COLUMN channel TEXT NOT NULL DEFAULT 'cabinet' CHECK (channel IN ('cabinet','paper'));
ALTER TABLE filing ADD COLUMN claimant_key TEXT;
ALTER TABLE filing ADD COLUMN respondent_key TEXT;
ALTER TABLE filing ADD COLUMN documents INTEGER NOT NULL DEFAULT 0;
UPDATE filing SET documents = (SELECT count(*) FROM document WHERE filing_id = filing.id AND signs IS NULL);
CREATE TRIGGER document_counted AFTER INSERT ON document WHEN new.signs IS NULL
  BEGIN UPDATE filing SET documents = documents + 1 WHERE id = new.filing_id; END;
CREATE TRIGGER document_uncounted AFTER DELETE ON document WHEN old.signs IS NULL
  BEGIN UPDATE filing SET documents = documents - 1 WHERE id = old.filing_id; END;

CREATE INDEX filing_open ON filing (due_at IS NULL, due_at, received_at, id, assignee, postponed_until, kind, state, verdict, signature, language, channel,
  documents, cabinet_number) WHERE state IN ('received','checking');
CREATE INDEX filing_open_claimant ON filing (claimant_key, received_at, id, due_at, assignee, postponed_until, kind, state, verdict, signature, language, channel)
  WHERE state IN ('received','checking');
CREATE INDEX filing_open_respondent ON filing (respondent_key, received_at, id, due_at, assignee, postponed_until, kind, state, verdict, signature, language, channel)
  WHERE state IN ('received','checking');
CREATE INDEX filing_open_assignee ON filing (assignee, due_at, postponed_until, signature) WHERE state IN ('received','checking');
CREATE INDEX filing_open_due ON filing (due_at) WHERE state IN ('received','checking');
CREATE INDEX filing_open_signature ON filing (signature) WHERE state IN ('received','checking');
CREATE INDEX filing_done ON filing (registered_at, id, kind, state, verdict, language, channel, assignee, due_at) WHERE registered_at IS NOT NULL;
CREATE INDEX filing_done_kind ON filing (kind, registered_at, id, state, verdict, language, channel, assignee, due_at) WHERE registered_at IS NOT NULL;
CREATE INDEX filing_done_state ON filing (state, registered_at, id) WHERE registered_at IS NOT NULL;
CREATE INDEX filing_done_incoming ON filing (incoming_number, id) WHERE registered_at IS NOT NULL;
CREATE INDEX filing_done_case ON filing (case_number, registered_at, id) WHERE registered_at IS NOT NULL;
CREATE INDEX filing_done_claimant ON filing (claimant_key, registered_at, id) WHERE registered_at IS NOT NULL;
CREATE INDEX filing_done_respondent ON filing (respondent_key, registered_at, id) WHERE registered_at IS NOT NULL;
CREATE INDEX filing_unkeyed ON filing (id) WHERE claimant_key IS NULL;

CREATE TABLE queue_tally (registered INTEGER NOT NULL, filings INTEGER NOT NULL) STRICT;
INSERT INTO queue_tally SELECT coalesce(sum(registered_at IS NOT NULL), 0), count(*) FROM filing;
CREATE TRIGGER filing_tallied AFTER INSERT ON filing
  BEGIN UPDATE queue_tally SET filings = filings + 1, registered = registered + (new.registered_at IS NOT NULL); END;
CREATE TRIGGER filing_untallied AFTER DELETE ON filing
  BEGIN UPDATE queue_tally SET filings = filings - 1, registered = registered - (old.registered_at IS NOT NULL); END;
CREATE TRIGGER filing_retallied AFTER UPDATE OF registered_at ON filing WHEN (old.registered_at IS NULL) <> (new.registered_at IS NULL)
  BEGIN UPDATE queue_tally SET registered = registered + (new.registered_at IS NOT NULL) - (old.registered_at IS NOT NULL); END;

CREATE TABLE filing_words (n INTEGER PRIMARY KEY, filing_id TEXT NOT NULL UNIQUE, words TEXT NOT NULL, numbers TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE filing_fts USING fts5 (words, content='filing_words', content_rowid='n', tokenize='unicode61 remove_diacritics 0', prefix='2 3',
  detail='none', columnsize=0);
CREATE VIRTUAL TABLE number_fts USING fts5 (numbers, content='filing_words', content_rowid='n', tokenize='trigram', columnsize=0);
CREATE TRIGGER filing_words_in AFTER INSERT ON filing_words BEGIN
  INSERT INTO filing_fts (rowid, words) VALUES (new.n, new.words);
  INSERT INTO number_fts (rowid, numbers) VALUES (new.n, new.numbers);
END;
CREATE TRIGGER filing_words_out AFTER DELETE ON filing_words BEGIN
  INSERT INTO filing_fts (filing_fts, rowid, words) VALUES ('delete', old.n, old.words);
  INSERT INTO number_fts (number_fts, rowid, numbers) VALUES ('delete', old.n, old.numbers);
END;
CREATE TRIGGER filing_words_changed AFTER UPDATE OF words, numbers ON filing_words BEGIN
  INSERT INTO filing_fts (filing_fts, rowid, words) VALUES ('delete', old.n, old.words);
  INSERT INTO filing_fts (rowid, words) VALUES (new.n, new.words);
  INSERT INTO number_fts (number_fts, rowid, numbers) VALUES ('delete', old.n, old.numbers);
  INSERT INTO number_fts (rowid, numbers) VALUES (new.n, new.numbers);
END;
CREATE TRIGGER filing_renamed AFTER UPDATE OF claimant, respondent ON filing
  WHEN new.claimant <> old.claimant OR new.respondent IS NOT old.respondent
  BEGIN UPDATE filing SET claimant_key = NULL, respondent_key = NULL WHERE id = new.id; END;
CREATE TRIGGER filing_on_paper AFTER INSERT ON filing WHEN json_type(new.message, '$.paper') = 'object'
  BEGIN UPDATE filing SET channel = 'paper' WHERE id = new.id; END;
CREATE TRIGGER filing_read AFTER INSERT ON filing BEGIN
  INSERT INTO filing_words (filing_id, words, numbers) VALUES (new.id, ${words('new')}, ${numbers('new')});
END;
CREATE TRIGGER filing_reread AFTER UPDATE OF search_text, cabinet_number, incoming_number, case_number, joins_case, registered_at ON filing BEGIN
  UPDATE filing_words SET words = ${words('new')}, numbers = ${numbers('new')} WHERE filing_id = new.id;
END;
INSERT INTO filing_words (filing_id, words, numbers) SELECT id, ${words('filing')}, ${numbers('filing')} FROM filing ORDER BY received_at, id;

CREATE TABLE saved_view (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL CHECK (json_valid(content)),
  UNIQUE (user_id, name)) STRICT;
CREATE TABLE list_layout (user_id TEXT NOT NULL, list TEXT NOT NULL, content TEXT NOT NULL CHECK (json_valid(content)), PRIMARY KEY (user_id, list)) STRICT;
/*
 * What was last done here to the assignment of a filing or its putting off, until the registry has told it to every desk; \`held\` is what it
 * told last, as JSON.
 */
CREATE TABLE own_work (filing_id TEXT NOT NULL, what TEXT NOT NULL CHECK (what IN ('assign','postpone')), command TEXT NOT NULL,
  held TEXT NOT NULL CHECK (json_valid(held)), PRIMARY KEY (filing_id, what)) STRICT, WITHOUT ROWID;
`,
} as const;
