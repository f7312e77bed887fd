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

/** The same for a link of two filings. */
export function linkSubject(read: Reading, filingId: string, otherId: string): string {
  const behind = read.get<{ subject: string }>(
    "SELECT subject FROM outbox WHERE subject IN (?, ?) AND state <> 'done' AND kind = 'filing.take-paper' ORDER BY position DESC LIMIT 1",
    filingId,
    otherId,
  );
  return behind?.subject ?? LINK + filingId;
}

/** The filing that an entry of the outbox is about, where it is about one. */
export const filingOfSubject = (subject: string): string => {
  const prefix = [WORK, ANNEX, LINK].find((known) => subject.startsWith(known));
  return prefix === undefined ? subject : subject.slice(prefix.length);
};
export const isWorkSubject = (subject: string): boolean => subject.startsWith(WORK);
/** What does not stand in the way of the filing itself. */
export const isBesideFiling = (subject: string): boolean => [WORK, ANNEX, LINK].some((prefix) => subject.startsWith(prefix));
