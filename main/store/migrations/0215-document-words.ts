/** Kazakh letters and their Russian neighbours, as names are folded (shared/domain/kk-format.ts): a text typed either way is found. */
const FOLDED: readonly (readonly [string, string])[] = [
  ['ә', 'а'],
  ['ғ', 'г'],
  ['қ', 'к'],
  ['ң', 'н'],
  ['ө', 'о'],
  ['ұ', 'у'],
  ['ү', 'у'],
  ['һ', 'х'],
  ['і', 'и'],
  ['ё', 'е'],
];
const folded = (text: string) =>
  FOLDED.flatMap(([from, to]) => [
    [from, to],
    [from.toUpperCase(), to],
  ]).reduce((sql, [from, to]) => `replace(${sql}, '${from}', '${to}')`, text);

/**
 * The words of the pages of documents, in the encrypted database like the pages themselves. The index keeps no text of its own; a page is told by its
 * number, which outlives a copy of the database.
 */
export const documentWords = {
  version: 215,
  sql: `
CREATE TABLE document_page (n INTEGER PRIMARY KEY, document_id TEXT NOT NULL, page INTEGER NOT NULL, UNIQUE (document_id, page)) STRICT;
CREATE VIRTUAL TABLE page_fts USING fts5 (words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='3', detail='none');
CREATE TRIGGER page_read AFTER INSERT ON document_text BEGIN
  INSERT INTO document_page (document_id, page) VALUES (new.document_id, new.page);
  INSERT INTO page_fts (rowid, words) SELECT n, ${folded('new.text')} FROM document_page WHERE document_id = new.document_id AND page = new.page;
END;
CREATE TRIGGER page_forgotten AFTER DELETE ON document_text BEGIN
  DELETE FROM page_fts WHERE rowid = (SELECT n FROM document_page WHERE document_id = old.document_id AND page = old.page);
  DELETE FROM document_page WHERE document_id = old.document_id AND page = old.page;
END;
INSERT INTO document_page (document_id, page) SELECT document_id, page FROM document_text ORDER BY document_id, page;
INSERT INTO page_fts (rowid, words) SELECT p.n, ${folded('t.text')} FROM document_page p JOIN document_text t USING (document_id, page);
`,
} as const;
