import { journalEntryHash, JOURNAL_GENESIS, type Store } from '../../main/store/index.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { CLERKS } from './queue-base.ts';

/** What a day at a desk notes, as often as it does. */
const ACTIONS = [
  ...Array<string>(30).fill('filing.viewed'),
  ...Array<string>(28).fill('document.viewed'),
  ...'filing.marked filing.marked filing.marked filing.received filing.checked filing.registered filing.confirmed'.split(' '),
  ...'talon.made talon.issued talon.viewed talon.saved act.drafted act.viewed act.signed act.issued document.saved'.split(' '),
  ...'session.signed-in session.locked dispatch.asked summons.made paper.printed filing.assigned filing.flagged'.split(' '),
];
const REASONS = ['ауырып қалды', 'срок истекает сегодня', 'қате тіркелген', 'переданы другому судье'];
const PART = 50_000;

/** A filing of `makeQueueBase` by its place. */
export const filingOf = (n: number): string =>
  `0190${n.toString(16).padStart(8, '0')}`.replace(/^(.{8})(.{4})$/, '$1-$2') + '-7000-8000-000000000000';

/**
 * Entries of three years as a large office makes them, the same for the same sizes: chained as the desk does it, most of them about filings that were new then.
 * @param filings how many filings there are to be looked at.
 */
export function makeJournalBase(store: Store, { entries, filings, until }: { entries: number; filings: number; until: string }): void {
  const random = seededRandom(1402);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const end = Date.parse(until);
  const step = (3 * 365 * 86_400_000) / entries;
  let previous = JOURNAL_GENESIS;
  for (let from = 0; from < entries; from += PART)
    store.write((tx) => {
      for (let n = from; n < Math.min(entries, from + PART); n++) {
        const seq = n + 1;
        const action = pick(ACTIONS);
        const near = Math.floor((n / entries) * filings + (random() - 0.5) * 2000);
        const entry = {
          at: new Date(end - (entries - n) * step).toISOString(),
          actor: pick(CLERKS),
          action,
          subject: action.startsWith('session.') ? null : filingOf(Math.min(filings - 1, Math.max(0, near))),
          details: detailsOf(action, n),
        };
        const hash = journalEntryHash(previous, seq, entry);
        tx.run(
          'INSERT INTO journal (seq, at, actor, action, subject, details, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
          ...[seq, entry.at, entry.actor, action, entry.subject, entry.details, previous, hash],
        );
        previous = hash;
      }
    });
  store.write((tx) => tx.run('INSERT INTO journal_stretch (first, highest) VALUES (1, ?)', until));

  function detailsOf(action: string, n: number): string {
    if (action.startsWith('document.')) return JSON.stringify({ document: filingOf(n % 1_000_000) });
    if (action === 'filing.registered') return JSON.stringify({ incomingNumber: `9900-26-${String(n).padStart(7, '0')}` });
    if (action === 'filing.assigned') return JSON.stringify({ to: pick(CLERKS), reason: pick(REASONS) });
    return '{}';
  }
}
