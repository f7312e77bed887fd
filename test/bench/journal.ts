import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readJournal, whoSaw, type JournalFilter } from '../../main/journal/index.ts';
import { loadReference } from '../../main/reference/index.ts';
import { openStore, type Store } from '../../main/store/index.ts';
import { filingOf, makeJournalBase } from './journal-base.ts';
import { less, type Measure } from './measure.ts';
import { BASE_NOW, CLERKS, makeQueueBase } from './queue-base.ts';

const ENTRIES = Number(process.env['KENSE_BENCH_ENTRIES'] ?? 5_000_000);
const FILINGS = Math.min(500_000, ENTRIES / 10);
const RUNS = 20;
const PATIENCE_MS = 3000;
const PAGE = 200;
const RESOURCES = path.resolve(import.meta.dirname, '../../resources');
const BARE = 'SELECT seq, at, actor, action, subject, details FROM journal';

/** What the head of office and the administrator ask of the journal at its largest, each through the function behind its channel, against the bare query of the same page. */
export async function benchJournal(): Promise<Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kense-bench-'));
  try {
    const calendar = loadReference(RESOURCES).calendarOn(BASE_NOW.slice(0, 10));
    const file = path.join(folder, 'kense.db');
    const opened = openStore(file, new Uint8Array(32).fill(7));
    if (!opened.ok) throw new Error(opened.error.code);
    const store = opened.value;
    makeQueueBase(store, calendar, { stored: FILINGS, open: FILINGS / 10 });
    const before = sizeOf(folder);
    makeJournalBase(store, { entries: ENTRIES, filings: FILINGS, until: BASE_NOW });
    store.write((tx) => tx.run('ANALYZE'));
    process.stderr.write(`${ENTRIES} entries, about ${Math.round((sizeOf(folder) - before) / ENTRIES)} bytes each with all indexes\n`);
    const measures = await measureJournal(store);
    store.close();
    return measures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureJournal(store: Store): Promise<Measure[]> {
  const { read } = store;
  const me = CLERKS[3]!;
  const period = { from: '2024-11-04T19:00:00.000Z', until: '2024-11-11T19:00:00.000Z' };
  const subject = filingOf(Math.floor(FILINGS / 3));
  const { number } = read.get<{ number: string }>('SELECT cabinet_number AS number FROM filing WHERE id = ?', subject)!;
  const ask = (filter: JournalFilter) => () => readJournal(read, filter, { offset: 0, limit: PAGE });
  const bare =
    (where: string, ...params: readonly unknown[]) =>
    () =>
      read.all(`${BARE} WHERE ${where} ORDER BY seq DESC LIMIT ${PAGE}`, ...params);
  const fts = 'seq IN (SELECT rowid FROM journal_fts WHERE journal_fts MATCH ?)';

  const asked: readonly (readonly [name: string, ours: () => unknown, bare: () => unknown])[] = [
    ['the newest', ask({}), bare('1')],
    ['a person', ask({ actor: me }), bare('actor = ?', me)],
    ['an action', ask({ action: 'talon.saved' }), bare("action = 'talon.saved'")],
    ['a family of actions', ask({ action: 'filing' }), bare("action GLOB 'filing.*'")],
    ['a person and an action', ask({ actor: me, action: 'act.signed' }), bare("actor = ? AND action = 'act.signed'", me)],
    [
      'a person and an action that is not there',
      ask({ actor: me, action: 'report.exported' }),
      bare("actor = ? AND action = 'report.exported'", me),
    ],
    ['a week two years ago', ask(period), bare('at >= ? AND at < ?', period.from, period.until)],
    [
      'a person in a week two years ago',
      ask({ actor: me, ...period }),
      bare('actor = ? AND at >= ? AND at < ?', me, period.from, period.until),
    ],
    ['a filing by its number', ask({ number }), bare('subject = ?', subject)],
    ['a rare word', ask({ text: '9900-26-12345' }), bare(fts, '"9900-26-12345"*')],
    ['a frequent word', ask({ text: 'ауырып' }), bare(fts, '"ауырып"*')],
    ['a frequent word and a person', ask({ text: 'ауырып', actor: me }), bare(`${fts} AND actor = ?`, '"ауырып"*', me)],
    [
      'older than the first ten thousand of a person',
      () =>
        readJournal(read, { actor: me }, { upTo: readJournal(read, { actor: me }, { offset: 0, limit: 1 }).next!, offset: 0, limit: PAGE }),
      bare('actor = ? AND seq < ?', me, Math.floor(ENTRIES * 0.9)),
    ],
  ];
  const measures = asked.flatMap(([name, ours, peer]) => {
    const [a, b] = [timesOf(ours), timesOf(peer)];
    return [less(`${name}, p50`, 'ms', at(a, 0.5), 'bare SQLite', at(b, 0.5)), less(`${name}, p95`, 'ms', at(a, 0.95), 'limit', 1000)];
  });
  const person = (n: number) => {
    const { message } = read.get<{ message: string }>('SELECT message FROM filing WHERE id = ?', filingOf(n))!;
    return (JSON.parse(message) as { parties: { name: string; iin?: string }[] }).parties[0]!;
  };
  const seen = async (question: Parameters<typeof whoSaw>[2]) => {
    const started = performance.now();
    await store.snapshot((one) => whoSaw(one, RESOURCES, question));
    return performance.now() - started;
  };
  const { name, iin } = person(Math.floor(FILINGS / 2));
  measures.push(less('who saw a person, by IIN', 'ms', await seen({ person: iin! }), 'limit', 60_000));
  measures.push(less('who saw a person, by a name', 'ms', await seen({ person: name }), 'limit', 60_000));
  const [first] = name.split(' ');
  measures.push(less('who saw a person, by a frequent surname', 'ms', await seen({ person: first! }), 'limit', 60_000));
  const took = once(() => {
    if (store.checkJournal().chain !== 'ok') throw new Error('the generated chain does not hold');
  });
  const walk = once(() => read.get('SELECT count(*), sum(length(details) + length(hash)) FROM journal'));
  measures.push(less('the whole chain', 'ms', took, 'reading the table', walk));
  return measures;
}

const sizeOf = (folder: string): number => statSync(path.join(folder, 'kense.db')).size;

function once(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Milliseconds, the shortest first; the first run warms the cache and is not counted. */
function timesOf(work: () => unknown): number[] {
  work();
  const times: number[] = [];
  for (let spent = 0; times.length < RUNS && spent < PATIENCE_MS;) {
    times.push(once(work));
    spent += times.at(-1)!;
  }
  return times.sort((a, b) => a - b);
}
const at = (times: readonly number[], share: number): number => times[Math.floor(times.length * share)]!;
