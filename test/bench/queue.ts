import { colleagues, countViews, createQueueLists } from '../../main/intake/index.ts';
import type { Reference } from '../../main/reference/index.ts';
import { callCards, findEverything } from '../../main/search/index.ts';
import type { Store } from '../../main/store/index.ts';
import type { QueueQuestion } from '../../shared/contract/index.ts';
import { less, type Measure } from './measure.ts';
import { at, OPEN_FILINGS, timesOf, withLargeOffice } from './large-office.ts';
import { BASE_NOW, CLERKS } from './queue-base.ts';

const PAGE = 60;
const OPEN = "state IN ('received','checking')";
const BARE = 'SELECT id, cabinet_number, kind, claimant, respondent, signature, due_at, received_at, state FROM filing';
const BY_DUE = 'ORDER BY due_at IS NULL, due_at, received_at, id';

/** What the window waits for at the size of the largest office, each through the function behind its channel, against the bare query of the same rows. */
export const benchQueue = (): Measure[] => withLargeOffice(measureQueue);

function measureQueue(store: Store, reference: Reference): Measure[] {
  const { read } = store;
  const me = CLERKS[3]!;
  const lists = createQueueLists({ read, reference, clock: () => BASE_NOW });
  /** Opened when it is first looked at. */
  const inList = (look: (list: number) => unknown) => {
    let list: number | null = null;
    return () => look((list ??= lists.open({ view: 'open' }, me).list));
  };
  const ask = (question: QueueQuestion) => () => lists.open(question, me).rows;
  const bare =
    (rest: string, ...params: readonly unknown[]) =>
    () =>
      read.all(`${BARE} ${rest}`, ...params);
  const page = `LIMIT ${PAGE}`;
  const words = '"алиев"* AND "ерлан"*';
  let place = 0;
  const onward = () => (place = (place + 7919) % (OPEN_FILINGS - PAGE));

  const asked: readonly (readonly [name: string, ours: () => unknown, bare: () => unknown])[] = [
    ['view: mine', ask({ view: 'mine' }), bare(`WHERE ${OPEN} AND assignee = ? ${BY_DUE} ${page}`, me)],
    ['view: all open', ask({ view: 'open' }), bare(`WHERE ${OPEN} ${BY_DUE} ${page}`)],
    ['view: overdue', ask({ view: 'overdue' }), bare(`WHERE ${OPEN} AND due_at <= ? ${BY_DUE} ${page}`, BASE_NOW)],
    ['view: registered', ask({ view: 'registered' }), bare(`WHERE registered_at IS NOT NULL ORDER BY registered_at DESC, id DESC ${page}`)],
    [
      'filter: kind and language',
      ask({ view: 'open', filter: { kind: 'motion', language: 'ru' } }),
      bare(`WHERE ${OPEN} AND kind = 'motion' AND language = 'ru' ${BY_DUE} ${page}`),
    ],
    [
      'sort: by claimant',
      ask({ view: 'open', sort: { column: 'claimant', descending: false } }),
      bare(`WHERE ${OPEN} ORDER BY claimant_key, received_at, id ${page}`),
    ],
    [
      'sort: by signature',
      ask({ view: 'open', sort: { column: 'signature', descending: true } }),
      bare(`WHERE ${OPEN} ORDER BY signature, received_at, id ${page}`),
    ],
    [
      'words in the queue',
      ask({ view: 'open', search: 'әлиев ерлан' }),
      bare(
        `WHERE ${OPEN} AND id IN (SELECT w.filing_id FROM filing_fts x JOIN filing_words w ON w.n = x.rowid WHERE filing_fts MATCH ?) ${BY_DUE} ${page}`,
        words,
      ),
    ],
    [
      'the rows of a screen anywhere in the list',
      inList((list) => lists.rows(list, onward(), PAGE)),
      () => bare(`WHERE ${OPEN} ${BY_DUE} LIMIT ${PAGE} OFFSET ?`, onward())(),
    ],
    ['what has come and gone since', inList((list) => lists.news(list)), () => read.all(`SELECT id FROM filing WHERE ${OPEN} ${BY_DUE}`)],
    [
      'counts of all views',
      () => countViews(read, BASE_NOW, me),
      () =>
        read.get(
          `SELECT count(*), sum(assignee = ?), sum(assignee IS NULL), sum(due_at <= ?), sum(signature <> 'valid') FROM filing WHERE ${OPEN}`,
          me,
          BASE_NOW,
        ),
    ],
    [
      'load of each colleague',
      () => colleagues(read, BASE_NOW),
      () => read.all(`SELECT assignee, count(*), sum(due_at <= ?) FROM filing WHERE ${OPEN} GROUP BY assignee`, BASE_NOW),
    ],
    ['search: number', () => findEverything(read, '460 001', null), () => bare("WHERE cabinet_number LIKE '%460001' LIMIT 8")()],
    [
      'search: surname',
      () => findEverything(read, 'ғалымжанов', null),
      () => read.all(`SELECT rowid FROM filing_fts WHERE filing_fts MATCH '"галымжанов"*' ORDER BY rowid DESC LIMIT 8`),
    ],
    [
      'search: three words',
      () => findEverything(read, 'серіков бауыржан касым', null),
      () =>
        bare(
          `WHERE id IN (SELECT w.filing_id FROM filing_fts x JOIN filing_words w ON w.n = x.rowid WHERE filing_fts MATCH '"сериков"* AND "бауыржан"* AND "касым"*') LIMIT 8`,
        )(),
    ],
    ['card for a call', () => callCards(read, '260000460001'), () => bare("WHERE cabinet_number = '260000460001'")()],
  ];
  return asked.flatMap(([name, ours, peer]) => {
    const [a, b] = [timesOf(ours), timesOf(peer)];
    return [
      less(`${name}, p50`, 'ms', at(a, 0.5), 'bare SQLite', at(b, 0.5)),
      less(`${name}, p95`, 'ms', at(a, 0.95), 'bare SQLite', at(b, 0.95)),
    ];
  });
}
