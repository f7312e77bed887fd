/** Of the last correction of a filing that a person did not take back before the registry had it; else of its filer. */
const CATEGORY = `nullif(trim(coalesce(
  (SELECT json_object('category', json_extract(c.content, '$.category')) FROM filing_correction c LEFT JOIN outbox o ON o.id = c.command
     WHERE c.filing_id = filing.id AND NOT (o.state IS 'done' AND o.last_code IS 'withdrawn') ORDER BY c.number DESC LIMIT 1),
  message) ->> '$.category'), '')`;

/** What filings are counted by; nothing is kept as an empty text. */
const SPLITS = { person: 'assignee', kind: 'kind', category: 'category', verdict: 'verdict', language: 'language' } as const;
const COUNTED = ['received_at', 'due_at', 'state', ...Object.values(SPLITS)];
const isOpen = (row: string) => `${row}.state IN ('received','checking')`;
const dayOf = (row: string) => `coalesce(date(${row}.received_at, '+5 hours'), '')`;
const hourOf = (row: string) => `substr(${row}.received_at, 1, 13)`;
const termOf = (row: string) => `coalesce(${row}.due_at, '')`;

const add = (n: 1 | -1, row: string, what: string, at: string, when = '1') =>
  `INSERT INTO board_tally (what, at, split, value, n) ${Object.entries(SPLITS)
    .map(([split, column]) => `SELECT '${what}', ${at}, '${split}', coalesce(${row}.${column}, ''), ${n} WHERE ${when}`)
    .join(' UNION ALL ')} ON CONFLICT (what, at, split, value) DO UPDATE SET n = n + excluded.n;`;
const addHour = (n: 1 | -1, row: string) =>
  `INSERT INTO board_tally (what, at, split, value, n) VALUES ('hour', ${hourOf(row)}, '', '', ${n}) ON CONFLICT (what, at, split, value) DO UPDATE SET n = n + excluded.n;`;
const count = (n: 1 | -1, row: string) =>
  `${add(n, row, 'arrived', dayOf(row))} ${addHour(n, row)} ${add(n, row, 'open', termOf(row), isOpen(row))}`;
const forgetEmpty = `DELETE FROM board_tally WHERE n = 0 AND (what, at) IN (VALUES ('arrived', ${dayOf('old')}), ('hour', ${hourOf('old')}), ('open', ${termOf('old')}));`;

/** The sums as they must be, from the filings themselves. */
export const BOARD_TALLY_RECOUNT = `
  ${Object.entries(SPLITS)
    .map(
      ([split, column]) => `
  SELECT 'arrived' AS what, ${dayOf('filing')} AS at, '${split}' AS split, coalesce(${column}, '') AS value, count(*) AS n FROM filing GROUP BY 2, 4
  UNION ALL SELECT 'open', ${termOf('filing')} AS at, '${split}', coalesce(${column}, '') AS value, count(*) FROM filing WHERE ${isOpen('filing')} GROUP BY 2, 4`,
    )
    .join(' UNION ALL ')}
  UNION ALL SELECT 'hour', ${hourOf('filing')} AS at, '', '', count(*) FROM filing GROUP BY 2`;

/**
 * What the board of the head of office counts by. Sums of what has arrived, by court day, and of what is open, by the instant at which its term ends, are
 * kept with every change of a filing, because counting 50,000 open filings in five ways takes longer than a person waits; `hour` counts arrivals by hour in
 * UTC. What was registered is read from an index, since a median is no sum; so are the numbers of one person.
 */
export const boardFigures = {
  version: 260,
  sql: `
ALTER TABLE filing ADD COLUMN category TEXT;
UPDATE filing SET category = ${CATEGORY};
DROP INDEX filing_by_received;
CREATE INDEX filing_by_received ON filing (received_at, id, kind, state, verdict, language, channel, assignee, due_at, registered_at, registered_by, category, judge_id);
DROP INDEX filing_done;
CREATE INDEX filing_done ON filing (registered_at, id, kind, state, verdict, language, channel, assignee, due_at, received_at, registered_by, category, judge_id)
  WHERE registered_at IS NOT NULL;
DROP INDEX filing_open;
CREATE INDEX filing_open ON filing (due_at IS NULL, due_at, received_at, id, assignee, postponed_until, kind, state, verdict, signature, language, channel,
  documents, cabinet_number, category) WHERE state IN ('received','checking');
CREATE INDEX filing_with_judge ON filing (judge_id, due_at, kind, category, verdict, language, registered_by) WHERE state = 'with-judge';

CREATE TABLE board_tally (what TEXT NOT NULL CHECK (what IN ('arrived','open','hour')), at TEXT NOT NULL, split TEXT NOT NULL, value TEXT NOT NULL,
  n INTEGER NOT NULL, PRIMARY KEY (what, at, split, value)) STRICT, WITHOUT ROWID;
INSERT INTO board_tally (what, at, split, value, n) ${BOARD_TALLY_RECOUNT};
CREATE TRIGGER filing_board_in AFTER INSERT ON filing BEGIN ${count(1, 'new')} END;
CREATE TRIGGER filing_board_out AFTER DELETE ON filing BEGIN ${count(-1, 'old')} ${forgetEmpty} END;
CREATE TRIGGER filing_board_changed AFTER UPDATE OF ${COUNTED.join(', ')} ON filing
  WHEN ${COUNTED.map((column) => `old.${column} IS NOT new.${column}`).join(' OR ')}
  BEGIN ${count(-1, 'old')} ${count(1, 'new')} ${forgetEmpty} END;
`,
} as const;
