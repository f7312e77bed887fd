import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyProceedingsItem } from '../../../main/proceedings/index.ts';
import { openStore, type Store } from '../../../main/store/index.ts';
import { replayDeferred } from '../../../main/sync/index.ts';
import type { FeedItem } from '../../../shared/registry/index.ts';
import { tempDir } from '../../support/temp-dir.ts';

const AT = '2026-11-21T10:00:00.000Z';
const [HEARING, FILING, OTHER] = [1, 2, 3].map((n) => `01980000-0000-7000-8000-00000000000${n}`) as [string, string, string];

let store: Store;
let seq: number;
let touched: string[];
beforeEach(() => {
  const opened = openStore(path.join(tempDir(), 'kense.db'), new Uint8Array(32).fill(7));
  if (!opened.ok) throw new Error(opened.error.code);
  store = opened.value;
  seq = 0;
  touched = [];
  store.write((tx) =>
    tx.run(
      `INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, search_text, sent_at, received_at, incoming_number, registered_at, case_number)
       VALUES (?, '100000000001', 'minutes_request', 'kk', '{}', 'registered', '', '', '', '', '9900-26-000001', ?, '9900-26-00-2/1')`,
      FILING,
      AT,
    ),
  );
});
afterEach(() => store.close());

const item = (kind: string, data: unknown, more: Partial<FeedItem> = {}): FeedItem => ({
  seq: ++seq,
  kind,
  version: 1,
  subject: HEARING,
  at: AT,
  data,
  ...more,
});
const take = (taken: FeedItem) => store.write((tx) => applyProceedingsItem(tx, taken, AT, (id) => touched.push(id)));
const hearing = (revision: number, more: object = {}) => ({
  ...{ hearingId: HEARING, filingId: null, caseNumber: '9900-26-00-2/1', revision, startsAt: `2026-12-0${revision}T05:00:00Z` },
  ...{ place: 'Астана', room: '214', judgeId: null, mode: 'in-person', link: null, recordingNote: null, recipients: [] },
  ...{ cancelledAt: null, cancelReason: null, ...more },
});
const held = () =>
  JSON.parse(store.read.get<{ held: string }>('SELECT held FROM hearing')!.held) as { revision: number; cancelledAt: string };
const actions = () => store.read.all<{ action: string }>('SELECT action FROM journal ORDER BY seq').map(({ action }) => action);

it('an older word about a hearing never replaces a newer one, and a repeated one changes nothing', () => {
  for (const revision of [2, 1, 2]) expect(take(item('hearing.changed', hearing(revision)))).toBe('applied');
  expect(held().revision).toBe(2);
  take(item('hearing.changed', hearing(2, { cancelledAt: AT })));
  take(item('hearing.changed', hearing(2)));
  expect(held().cancelledAt).toBe(AT);
  expect(actions()).toEqual(['hearing.confirmed', 'hearing.cancel-confirmed']);
  expect(touched).toEqual([FILING, FILING]);
});

it('a hearing of a case that is not known here is kept, and concerns no filing', () => {
  expect(take(item('hearing.changed', hearing(1, { caseNumber: '9900-26-00-2/77' })))).toBe('applied');
  expect(store.read.get('SELECT case_number FROM hearing')).toEqual({ case_number: '9900-26-00-2/77' });
  expect([touched, actions()]).toEqual([[], []]);
});

it('a word about a person goes by its own time, not by the order in which it is looked at', () => {
  const delivery = (state: string, at: string) => ({
    ...{ id: OTHER, notice: 'hearing-set', subject: HEARING, filingId: FILING, name: 'Әлия', channel: 'sms', via: 'sms' },
    ...{ state, reason: null, at },
  });
  take(item('hearing.changed', hearing(1)));
  take(item('delivery.changed', delivery('delivered', '2026-11-21T12:00:00.000Z')));
  take(item('delivery.changed', delivery('sent', '2026-11-21T11:00:00.000Z')));
  expect(store.read.all("SELECT json_extract(content, '$.state') AS state FROM delivery")).toEqual([{ state: 'delivered' }]);
});

it('a fulfilled request is fulfilled here too; looks and answers count once', () => {
  const fulfilled = { filingId: FILING, documents: [], note: 'Хаттама берілді', fulfilledAt: AT };
  const seen = { grantId: OTHER, filingId: FILING, sha256: 'a'.repeat(64), at: AT };
  const survey = { surveyId: OTHER, filingId: FILING, step: 'hearing', questionSet: 'hearing-1' };
  const answers = [{ question: 'notice', value: 5 }];
  for (let round = 0; round < 2; round++) {
    take(item('request.fulfilled', fulfilled));
    take(item('case-file.seen', seen));
    take(item('survey.answered', { ...survey, answers, answeredAt: AT }));
    take(item('survey.asked', { ...survey, askedAt: AT }));
  }
  expect(store.read.get('SELECT state FROM filing')).toEqual({ state: 'fulfilled' });
  expect(actions()).toEqual(['request.fulfilled', 'case-file.seen', 'survey.answered', 'survey.confirmed']);
  expect(store.read.get('SELECT answers, asked_at FROM survey')).toEqual({ answers: JSON.stringify(answers), asked_at: AT });
});

it('what cannot be read or is newer is handed back, and nothing of it stays', () => {
  expect(take(item('hearing.changed', { hearingId: 'x' }))).toEqual({ deferred: 'malformed' });
  expect(take(item('hearing.changed', hearing(1), { version: 2 }))).toEqual({ deferred: 'newer-version' });
  expect(store.read.all('SELECT id FROM hearing')).toEqual([]);
});

it('what an earlier program put by as unknown is taken over at start', () => {
  const kept = item('hearing.changed', hearing(1));
  store.write((tx) =>
    tx.run("INSERT INTO feed_deferred (seq, item, reason) VALUES (?, ?, 'unknown-kind')", kept.seq, JSON.stringify(kept)),
  );
  const apply: Parameters<typeof replayDeferred>[0]['apply'] = (tx, deferred) => applyProceedingsItem(tx, deferred, AT, () => undefined);
  expect(replayDeferred({ store, apply })).toBe(1);
  expect(held().revision).toBe(1);
  expect(store.read.all('SELECT seq FROM feed_deferred')).toEqual([]);
});
