import { BESIDE_FILING, type BesideFiling, type Reading } from '../store/index.ts';

const WORK = 'work:' satisfies BesideFiling;
const ANNEX = 'annex:' satisfies BesideFiling;
const LINK = 'link:' satisfies BesideFiling;
const FACT = 'fact:' satisfies BesideFiling;

const waits = (read: Reading, subject: string, kinds: readonly string[]): boolean =>
  read.get(
    `SELECT 1 FROM outbox WHERE subject = ? AND state <> 'done' AND kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})`,
    subject,
  ) !== undefined;

/**
 * Under which subject of the outbox goes who works on a filing and until when it is put off: one of its own, so that a word that the registry does not
 * take stands before no registration. What follows a filing on paper that the registry does not have yet, or an older such word, goes behind that.
 */
export const workSubject = (read: Reading, filingId: string): string =>
  waits(read, filingId, ['filing.take-paper', 'filing.assign', 'filing.postpone']) ? filingId : WORK + filingId;

/** The same for papers that were handed in to a filing: a registry that is older than them holds up no registration. */
export const annexSubject = (read: Reading, filingId: string): string =>
  waits(read, filingId, ['filing.take-paper', 'filing.add-annexes']) ? filingId : ANNEX + filingId;

/** The same for a link of two filings; it is not sent before both are at the registry. */
export const linkSubject = (filingId: string): string => LINK + filingId;

/**
 * The same for what is corrected of a registered filing; it is not sent before the registration. Corrections of one filing keep their order, also behind
 * one that an older program has laid among what is said of the filing itself.
 */
export const factSubject = (read: Reading, filingId: string): string =>
  waits(read, filingId, ['fact.correct']) ? filingId : ownFactSubject(filingId);
export const ownFactSubject = (filingId: string): string => FACT + filingId;

/** The filing that an entry of the outbox is about, where it is about one. */
export const filingOfSubject = (subject: string): string => {
  const prefix = BESIDE_FILING.find((known) => subject.startsWith(known));
  return prefix === undefined ? subject : subject.slice(prefix.length);
};
export const isWorkSubject = (subject: string): boolean => subject.startsWith(WORK);
/** What does not stand in the way of the filing itself. */
export const isBesideFiling = (subject: string): boolean => BESIDE_FILING.some((prefix) => subject.startsWith(prefix));
