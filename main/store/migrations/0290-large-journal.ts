/**
 * The journal is asked over millions of entries, always in the order of its chain: by person, action and filing through indexes that end in
 * the place, by period through the stretches in which the clock ran forward, by words through `journal_fts`. No index over the hashes: nobody
 * looks for one, and each entry would touch a random page of it. `wiped_by` is the entry that tells of the wiping of this one's contents.
 */
export const largeJournal = {
  version: 290,
  sql: `
DROP TRIGGER journal_no_update;
DROP TRIGGER journal_no_delete;
CREATE TABLE journal_anew (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT, action TEXT NOT NULL, subject TEXT, details TEXT NOT NULL CHECK (json_valid(details)),
  previous TEXT NOT NULL, hash TEXT NOT NULL, wiped_by INTEGER
) STRICT;
INSERT INTO journal_anew SELECT seq, at, actor, action, subject, details, previous, hash, NULL FROM journal ORDER BY seq;
DROP TABLE journal;
ALTER TABLE journal_anew RENAME TO journal;
CREATE INDEX journal_by_subject ON journal (subject, seq) WHERE subject IS NOT NULL;
CREATE INDEX journal_by_actor ON journal (actor, seq);
CREATE INDEX journal_by_actor_action ON journal (actor, action, seq);
CREATE INDEX journal_by_action ON journal (action, seq);
CREATE INDEX journal_wiped ON journal (wiped_by, seq) WHERE wiped_by IS NOT NULL;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
  WHEN old.wiped_by IS NOT NULL OR new.wiped_by IS NULL OR new.wiped_by <= old.seq OR new.details <> '{}' OR new.actor IS NOT NULL OR new.subject IS NOT NULL
    OR new.seq <> old.seq OR new.at <> old.at OR new.action <> old.action OR new.previous <> old.previous OR new.hash <> old.hash
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE journal_stretch (first INTEGER PRIMARY KEY, highest TEXT NOT NULL) STRICT;
INSERT INTO journal_stretch
  SELECT seq, at FROM (SELECT seq, at, lag(at) OVER (ORDER BY seq) AS before FROM journal)
  WHERE before IS NULL OR unixepoch(at) < unixepoch(before) - 600;
UPDATE journal_stretch SET highest = (
  SELECT max(at) FROM journal
  WHERE seq >= first AND seq < coalesce((SELECT min(n.first) FROM journal_stretch n WHERE n.first > journal_stretch.first), 9223372036854775807));

CREATE VIRTUAL TABLE journal_fts USING fts5 (words, content='', columnsize=0, detail=none, tokenize="unicode61 remove_diacritics 0 tokenchars '-'");
INSERT INTO journal_fts (journal_fts, rank) VALUES ('secure-delete', 1);
INSERT INTO journal_fts (rowid, words) SELECT seq, (SELECT group_concat(value, ' ') FROM json_each(details)) FROM journal WHERE details <> '{}' ORDER BY seq;
CREATE TRIGGER journal_words AFTER INSERT ON journal WHEN new.details <> '{}' BEGIN
  INSERT INTO journal_fts (rowid, words) SELECT new.seq, group_concat(value, ' ') FROM json_each(new.details);
END;
CREATE TRIGGER journal_words_gone AFTER UPDATE ON journal WHEN old.wiped_by IS NULL AND new.wiped_by IS NOT NULL AND old.details <> '{}' BEGIN
  INSERT INTO journal_fts (journal_fts, rowid, words) SELECT 'delete', old.seq, group_concat(value, ' ') FROM json_each(old.details);
END;
`,
} as const;
