import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JOURNAL_WINDOW, readJournal, type JournalFilter } from '../../../main/journal/index.ts';
import { openStore, type JournalEntry, type Store } from '../../../main/store/index.ts';
import { tempDir } from '../../support/temp-dir.ts';

let store: Store;
beforeEach(() => {
  const opened = openStore(path.join(tempDir(), 'kense.db'), new Uint8Array(32).fill(9));
  if (!opened.ok) throw new Error(opened.error.code);
  store = opened.value;
});
afterEach(() => store.close());

const note = (...entries: readonly (Partial<JournalEntry> & { readonly at: string })[]) =>
  store.write((tx) =>
    entries.forEach((entry) => tx.journal({ actor: null, action: 'filing.viewed', subject: null, details: {}, ...entry })),
  );
const find = (filter: JournalFilter, limit = 100) => readJournal(store.read, filter, { offset: 0, limit });
const places = (filter: JournalFilter) => find(filter).lines.map(({ seq }) => seq);
const at = (minute: number) => new Date(Date.parse('2026-11-20T04:00:00.000Z') + minute * 60_000).toISOString();

describe('every filter finds what it says and nothing else', () => {
  beforeEach(() =>
    note(
      { at: at(0), actor: 'a', action: 'filing.viewed', subject: 'f1' },
      { at: at(1), actor: 'b', action: 'filing.registered', subject: 'f1', details: { incomingNumber: '9900-26-000017' } },
      { at: at(2), actor: 'a', action: 'act.signed', subject: 'f2', details: { reason: 'Ауырып қалды', times: 3 } },
      { at: at(3), actor: 'a', action: 'filing.assigned', subject: 'f2', details: { reason: 'әріптесі ауырып' } },
      { at: at(4), action: 'filings.counted' },
    ),
  );

  it.each<[string, JournalFilter, number[]]>([
    ['nothing asked: all, newest first', {}, [5, 4, 3, 2, 1]],
    ['a person', { actor: 'a' }, [4, 3, 1]],
    ['a family of actions, and no action that only begins like it', { action: 'filing' }, [4, 2, 1]],
    ['one action', { action: 'act.signed' }, [3]],
    ['a person and a family', { actor: 'a', action: 'filing' }, [4, 1]],
    ['a family that nobody used', { action: 'session' }, []],
    ['a filing', { subject: 'f2' }, [4, 3]],
    ['a filing and a person and an action', { subject: 'f1', actor: 'b', action: 'filing' }, [2]],
    ['a period: its first instant, not its last', { from: at(1), until: at(3) }, [3, 2]],
    ['a word by its beginning, in any case', { text: 'АУЫРЫП' }, [4, 3]],
    ['two words that stand apart', { text: 'ауыр қал' }, [3]],
    ['a number with hyphens', { text: '9900-26-0000' }, [2]],
    ['a number that was noted as a number', { text: '3' }, [3]],
    ['a word and a person and a period', { text: 'ауырып', actor: 'a', until: at(3) }, [3]],
    ['what is no word', { text: '" * ()' }, []],
    ['a number that no filing has', { number: '26000000001' }, []],
  ])('%s', (_, filter, found) => {
    expect(places(filter)).toEqual(found);
    expect(find(filter)).toMatchObject({ total: found.length, next: null });
  });
});

it('a filing is found by each of its numbers, however blanks stand in them', () => {
  store.write((tx) =>
    tx.run(
      `INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, search_text, sent_at, received_at, incoming_number, case_number,
         registered_at, registered_by) VALUES ('f', '260000000042', 'claim', 'kk', '{}', 'registered', '', '', '', '', '9900-26-000042', '9900-26-00-2/42', '', '')`,
    ),
  );
  note({ at: at(0), subject: 'f' }, { at: at(1), subject: 'g' });
  for (const number of ['260000000042', ' 2600 0000 0042 ', '9900-26-000042', '9900-26-00-2/42'])
    expect(places({ number }), number).toEqual([1]);
  expect(find({ number: '260000000042' }).lines[0]?.subject).toEqual({ id: 'f', number: '9900-26-00-2/42' });
});

describe('more entries than one question counts', () => {
  const more = JOURNAL_WINDOW + 30;
  beforeEach(() =>
    note(
      ...Array.from({ length: more }, (_, n) => ({
        at: at(n),
        actor: n % 2 === 0 ? 'a' : 'b',
        action: `filing.${n % 3 === 0 ? 'viewed' : 'marked'}`,
      })),
    ),
  );

  it('are counted up to there, say from where they go on, and every one is met once', () => {
    const seen: number[] = [];
    const totals: number[] = [];
    for (let upTo: number | null | undefined; upTo !== null;) {
      const first = readJournal(store.read, { action: 'filing' }, { upTo, offset: 0, limit: 1 });
      totals.push(first.total);
      for (let offset = 0; offset < first.total; offset += 200)
        seen.push(...readJournal(store.read, { action: 'filing' }, { upTo: first.upTo, offset, limit: 200 }).lines.map(({ seq }) => seq));
      upTo = first.next;
    }
    expect(totals).toEqual([JOURNAL_WINDOW, 30]);
    expect(seen).toEqual(Array.from({ length: more }, (_, n) => more - n));
  });

  it('what is written meanwhile does not move the pages', () => {
    const { upTo, total } = find({ actor: 'a' });
    note({ at: at(more), actor: 'a' });
    expect(readJournal(store.read, { actor: 'a' }, { upTo, offset: 0, limit: 1 })).toMatchObject({ total, lines: [{ seq: more - 1 }] });
    expect(readJournal(store.read, { actor: 'a' }, { upTo, offset: total, limit: 200 }).lines).toEqual([]);
  });
});

describe('a clock that was set back', () => {
  it('is told by an entry of its own, and the entries stay in the order in which they were made', () => {
    note({ at: at(0) }, { at: at(100), action: 'act.signed' }, { at: at(30), action: 'act.viewed' }, { at: at(31) });
    expect(find({}).lines.map(({ seq, at: when, action }) => [seq, when, action])).toEqual([
      [5, at(31), 'filing.viewed'],
      [4, at(30), 'act.viewed'],
      [3, at(30), 'clock.set-back'],
      [2, at(100), 'act.signed'],
      [1, at(0), 'filing.viewed'],
    ]);
    expect(find({ action: 'clock' }).lines[0]).toMatchObject({ actor: null, details: { from: at(100), to: at(30) } });
    expect(store.checkJournal()).toEqual({ entries: 5, chain: 'ok', brokenAt: null });
  });

  it('hides nothing of a period, neither before nor after', () => {
    note({ at: at(0) }, { at: at(600) }, { at: at(610) }, { at: at(5) }, { at: at(300) }, { at: at(605) });
    expect(places({ from: at(600), until: at(606) })).toEqual([7, 2]);
    expect(places({ until: at(10) })).toEqual([5, 4, 1]);
    expect(places({ from: at(700) })).toEqual([]);
  });

  it('is not seen in work that took a while and notes when it began', () => {
    note({ at: at(0) }, { at: at(9) }, { at: at(1) }, { at: at(10) });
    expect(find({ action: 'clock' }).total).toBe(0);
    expect(places({ from: at(1), until: at(2) })).toEqual([3]);
  });
});
