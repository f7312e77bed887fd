/**
 * The text of documents page by page, and how far each document is: it is due as soon as its bytes are here and right, and `reading` while it
 * is read, so that one which brings the program down is not tried for ever. `cut`: the text is longer than what is kept.
 */
export const documentText = {
  version: 180,
  sql: `
CREATE TABLE document_text_state (
  document_id TEXT PRIMARY KEY REFERENCES document (id),
  state TEXT NOT NULL CHECK (state IN ('due','reading','done','none','failed','too-large')),
  reason TEXT, attempts INTEGER NOT NULL DEFAULT 0, pages INTEGER, read_at TEXT,
  CHECK ((state IN ('due','reading')) = (read_at IS NULL)),
  CHECK (state <> 'failed' OR reason IS NOT NULL)
) STRICT;
CREATE INDEX document_text_due ON document_text_state (state) WHERE state IN ('due','reading');
CREATE TABLE document_text (
  document_id TEXT NOT NULL REFERENCES document (id), page INTEGER NOT NULL CHECK (page > 0), text TEXT NOT NULL CHECK (text <> ''),
  PRIMARY KEY (document_id, page)
) STRICT;
INSERT INTO document_text_state (document_id, state) SELECT id, 'due' FROM document WHERE state = 'stored' AND signs IS NULL;
CREATE TRIGGER document_text_due_by_arrival AFTER UPDATE OF state ON document WHEN NEW.state = 'stored' AND NEW.signs IS NULL
BEGIN INSERT OR IGNORE INTO document_text_state (document_id, state) VALUES (NEW.id, 'due'); END;
CREATE TRIGGER document_text_due_at_once AFTER INSERT ON document WHEN NEW.state = 'stored' AND NEW.signs IS NULL
BEGIN INSERT OR IGNORE INTO document_text_state (document_id, state) VALUES (NEW.id, 'due'); END;
`,
} as const;
