import type { Reading } from '../store/index.ts';

const WORK = 'work:';

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

/** The filing that an entry of the outbox is about, where it is about one. */
export const filingOfSubject = (subject: string): string => (subject.startsWith(WORK) ? subject.slice(WORK.length) : subject);
export const isWorkSubject = (subject: string): boolean => subject.startsWith(WORK);
