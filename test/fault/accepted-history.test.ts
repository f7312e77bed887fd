import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { acceptHistoryOf, createJournalWatch, findingOf, syncOnce } from '../../main/core/index.ts';
import { readReceipt } from '../../main/sync/index.ts';
import { editDatabase } from '../support/desk/edit-database.ts';
import { must, signInAs, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';

let office: TrainingOffice;
let head: string;
const reason = 'the disk was replaced';

beforeEach(async () => {
  office = await trainingOffice({ samples: 1 });
  must(await syncOnce(office.desk));
});
afterEach(() => office.close());

/** An entry of the journal is another than it was, and the next round finds it. */
async function found(): Promise<void> {
  office.desk.close();
  editDatabase(office.profileDir, (db) => db.exec("UPDATE journal SET action = 'nothing.happened' WHERE seq = 2"));
  await office.reopen();
  expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code: 'journal-edited' } });
  head = await signInAs(office, 'office-head');
}
const said = () =>
  office.desk.store.read
    .all<{ action: string; actor: string | null; details: string }>(
      "SELECT action, actor, details FROM journal WHERE action LIKE 'history.accept%' ORDER BY seq",
    )
    .map(({ details, ...entry }) => ({ ...entry, details: JSON.parse(details) as object }));
const entry = (action: string, actor: string) => ({ action, actor, details: { code: 'journal-edited', entry: 2, reason } });

it('what the registry was not there to accept is journalled as asked, each time, and as accepted only once it is', async () => {
  await found();
  office.fault = () => ({ kind: 'drop' });
  for (let tries = 0; tries < 2; tries++)
    expect(await acceptHistoryOf(office.desk, { actor: head, reason })).toMatchObject({ error: { code: 'registry-unreachable' } });
  expect(findingOf(office.desk)).toMatchObject({ code: 'journal-edited' });
  expect(said()).toEqual([entry('history.accept-asked', head), entry('history.accept-asked', head)]);

  office.fault = null;
  expect(await syncOnce(office.desk), 'nobody has accepted it yet').toMatchObject({ ok: false, error: { code: 'journal-edited' } });
  must(await acceptHistoryOf(office.desk, { actor: head, reason }));
  expect(said().slice(2)).toEqual([entry('history.accept-asked', head), entry('history.accepted', head)]);
  must(await syncOnce(office.desk));
});

it('what the registry refuses to take from somebody is not journalled as accepted', async () => {
  await found();
  const secretary = await signInAs(office, 'secretary');
  expect(await acceptHistoryOf(office.desk, { actor: secretary, reason })).toMatchObject({ error: { code: 'role-not-allowed' } });
  expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code: 'journal-edited' } });
  expect(said()).toEqual([entry('history.accept-asked', secretary)]);
});

it('an acceptance whose answer is lost is journalled in the name of who asked as soon as the registry is heard again, also after a restart', async () => {
  await found();
  office.fault = ({ method, route }) => (method === 'POST' && route === '/v1/commands' ? { kind: 'drop-answer' } : null);
  expect((await acceptHistoryOf(office.desk, { actor: head, reason })).ok).toBe(false);
  expect(said()).toEqual([entry('history.accept-asked', head)]);
  expect(findingOf(office.desk)).not.toBeNull();

  office.fault = null;
  await office.reopen();
  must(await syncOnce(office.desk));
  expect(said()).toEqual([entry('history.accept-asked', head), entry('history.accepted', head)]);
  expect(findingOf(office.desk)).toBeNull();
  expect(readReceipt(office.desk.store.read)).toMatchObject(office.desk.store.journalHead());
  must(await syncOnce(office.desk));
  expect(said()).toHaveLength(2);
});

it('an acceptance that a round hears of before its answer comes is one', async () => {
  await found();
  const { desk } = office;
  const { command } = desk.sessions;
  const slow: typeof command = async (envelope) => {
    const answer = await command(envelope);
    must(await syncOnce(desk));
    return answer;
  };
  must(await acceptHistoryOf({ ...desk, sessions: { ...desk.sessions, command: slow } }, { actor: head, reason }));
  expect(said()).toEqual([entry('history.accept-asked', head), entry('history.accepted', head)]);
  must(await syncOnce(desk));
});

it('the whole journal is checked again every day, also when the clock was set back meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let now = '2026-11-20T05:00:00.000Z';
    const watch = createJournalWatch({ ...office.desk, config: { ...office.desk.config, clock: () => now } });
    const checkedAt = async () => {
      await vi.advanceTimersByTimeAsync(61_000);
      return watch.state().last?.at;
    };
    watch.start();
    expect(await checkedAt()).toBe(now);
    now = '2026-11-20T09:00:00.000Z';
    expect(await checkedAt()).toBe('2026-11-20T05:00:00.000Z');
    now = '2026-11-01T05:00:00.000Z';
    expect(await checkedAt()).toBe(now);
    now = '2026-11-02T06:00:00.000Z';
    expect(await checkedAt()).toBe(now);
    watch.stop();
  } finally {
    vi.useRealTimers();
  }
});
