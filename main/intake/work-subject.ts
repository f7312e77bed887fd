import type { Reading } from '../store/index.ts';

const WORK = 'work:';
const ANNEX = 'annex:';
const LINK = 'link:';

/**
 * Under which subject of the outbox goes who works on a filing and until when it is put off: one of its own, so that a word that the registry does not
 * take stands before no registration. What follows a filing on paper that the registry does not have yet, or an older such word, goes behind that.
 */
export function workSubject(read: Reading, filingId: string): string {
  const behind = read.get(
    "SELECT 1 FROM outbox WHERE subject = ? AND state <> 'done' AND kind IN ('filing.take-paper', 'filing.assign', 'filing.postpone')",
    filingId,
  );
  return behind ? filingId : WORK + filingId;
}

/** The same for papers that were handed in to a filing: a registry that is older than them holds up no registration. */
export function annexSubject(read: Reading, filingId: string): string {
  const behind = read.get(
    "SELECT 1 FROM outbox WHERE subject = ? AND state <> 'done' AND kind IN ('filing.take-paper', 'filing.add-annexes')",
    filingId,
  );
  return behind ? filingId : ANNEX + filingId;
}

/** The same for a link of two filings; it is not sent before both are at the registry. */
export const linkSubject = (filingId: string): string => LINK + filingId;

/** The filing that an entry of the outbox is about, where it is about one. */
export const filingOfSubject = (subject: string): string => {
  const prefix = [WORK, ANNEX, LINK].find((known) => subject.startsWith(known));
  return prefix === undefined ? subject : subject.slice(prefix.length);
};
export const isWorkSubject = (subject: string): boolean => subject.startsWith(WORK);
/** What does not stand in the way of the filing itself. */
export const isBesideFiling = (subject: string): boolean => [WORK, ANNEX, LINK].some((prefix) => subject.startsWith(prefix));
