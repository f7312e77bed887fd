import type { Session } from '../../shared/contract/index.ts';
import type { CourtDay } from '../../shared/domain/court-day.ts';
import type { Desk } from './desk.ts';
import { sha256Of } from './hand-out.ts';

/** The window asks again whenever something changes, which alone is not another look; after a rest it is one. */
const ONE_LOOK_MS = 60_000;

/** What one place of the window shows: it is journalled once for each look of a session. */
export type Looks = {
  /** Does `journal` when this is another look: another thing, another session, or the same after a rest. One that could not be journalled is still owed. */
  note(session: Session, what: string, journal: () => void): void;
  /** The place shows it no more: when it is asked for again, that is another look. */
  leave(what: string): void;
};

/** Looks at one place of the window. @param clock it may have been set back: then it is another look */
export function createLooks(clock: () => string): Looks {
  let last = { who: '', what: '', at: 0 };
  return {
    note({ userId, signedInAt }, what, journal) {
      const now = { who: `${userId} ${signedInAt}`, what, at: Date.parse(clock()) };
      if (now.who !== last.who || what !== last.what || Math.abs(now.at - last.at) > ONE_LOOK_MS) journal();
      last = now;
    },
    leave(what) {
      if (last.what === what) last = { who: '', what: '', at: 0 };
    },
  };
}

/** A table of filings as somebody had it before him: which report, of which days, and the filing of each row, by which a row that came is another look. */
export type ShownTable = {
  readonly id: string;
  readonly from: CourtDay;
  readonly until: CourtDay;
  readonly rows: number;
  readonly filings: readonly (string | null)[];
};

/** Journals that a table was shown; who saw a filing is told by the report and its days. */
export function noteTable(desk: Desk, looks: Looks, session: Session, { id, from, until, rows, filings }: ShownTable): void {
  looks.note(session, [id, from, until, sha256Of(Buffer.from(filings.join(' ')))].join(' '), () =>
    desk.store.write((tx) => {
      const details = { report: id, from, until, rows };
      tx.journal({ at: desk.config.clock(), actor: session.userId, action: 'report.shown', subject: null, details });
    }),
  );
}
