/** What is said beside a filing stands under a subject of the outbox of its own, which is the id of the filing behind a word. */
export const BESIDE_FILING = ['work:', 'annex:', 'link:', 'fact:'] as const;
export type BesideFiling = (typeof BESIDE_FILING)[number];

/** The same in SQL, of a column that holds a subject: the id of its filing, where it is about one. */
export const filingOfSubjectSql = (column: string): string =>
  `CASE ${BESIDE_FILING.map((word) => `WHEN ${column} LIKE '${word}%' THEN substr(${column}, ${word.length + 1})`).join(' ')} ELSE ${column} END`;
