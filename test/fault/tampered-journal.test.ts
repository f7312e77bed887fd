import fs from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acceptHistoryOf, checkedDesk, checkHistory, createJournalWatch, findingOf, push, syncOnce } from '../../main/core/index.ts';
import { profilePaths, wipedDigest } from '../../main/store/index.ts';
import { editDatabase, rechain, replaceDatabase } from '../support/desk/edit-database.ts';
import { must, signInAs, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { tempDir } from '../support/temp-dir.ts';

let office: TrainingOffice;
beforeEach(async () => {
  office = await trainingOffice({ samples: 1 });
  must(await syncOnce(office.desk));
  for (let n = 0; n < 12; n++) note(n);
  expect(must(await checkHistory(office.desk))).toMatchObject({ chain: 'ok', fault: null, finding: null });
  // from here on there is no line: what is found is found by what lies on this machine
  office.fault = () => ({ kind: 'drop' });
});
afterEach(() => office.close());

const note = (page: number) =>
  office.desk.store.write((tx) =>
    tx.journal({ at: office.desk.config.clock(), actor: null, action: 'filing.viewed', subject: null, details: { page } }),
  );
const entries = () => office.desk.store.journalHead().entries;
const hashOf = (seq: number) => office.desk.store.read.get<{ hash: string }>('SELECT hash FROM journal WHERE seq = ?', seq)!.hash;

async function tampered(work: (db: Database.Database) => void): Promise<void> {
  office.desk.close();
  editDatabase(office.profileDir, work);
  await office.reopen();
}

/** By the background in its steps, and by a person who asks. */
async function expectNamed(fault: object, code: string): Promise<void> {
  const watch = createJournalWatch(office.desk);
  watch.start();
  await vi.waitFor(() => expect(watch.state()).toMatchObject({ last: { fault }, progress: null }), { timeout: 20_000 });
  watch.stop();
  expect(findingOf(office.desk)).toMatchObject({ code, entry: (fault as { entry: number }).entry });
  expect(must(await checkHistory(office.desk))).toMatchObject({ fault, compared: false, finding: { code } });
  expect(await push(office.desk)).toMatchObject({ ok: false, error: { code } });
}

describe('a journal that somebody changed is named as such without a line to the registry', () => {
  it('cut at the end', async () => {
    const all = entries();
    await tampered((db) => db.prepare('DELETE FROM journal WHERE seq > ?').run(all - 3));
    await expectNamed({ kind: 'end-missing', entry: all - 2, expected: String(all), found: String(all - 3) }, 'journal-rolled-back');
  });

  it('cut at the end and written on', async () => {
    const all = entries();
    const known = hashOf(all);
    await tampered((db) => db.prepare('DELETE FROM journal WHERE seq > ?').run(all - 3));
    for (let n = 0; n < 5; n++) note(100 + n);
    await expectNamed({ kind: 'other-journal', entry: all, expected: known, found: hashOf(all) }, 'journal-edited');
  });

  it('cut at the start', async () => {
    await tampered((db) => db.exec('DELETE FROM journal WHERE seq <= 2'));
    await expectNamed({ kind: 'start-missing', entry: 3, expected: '1', found: '3' }, 'journal-edited');
  });

  it('an entry left out of the middle', async () => {
    await tampered((db) => db.exec('DELETE FROM journal WHERE seq = 5'));
    await expectNamed({ kind: 'entries-missing', entry: 6, expected: '5', found: '6' }, 'journal-edited');
  });

  it('an entry edited', async () => {
    const hash = hashOf(4);
    await tampered((db) => db.exec("UPDATE journal SET actor = 'somebody else' WHERE seq = 4"));
    await expectNamed({ kind: 'entry-changed', entry: 4, expected: hash }, 'journal-edited');
  });

  it('two entries in each other’s place', async () => {
    await tampered((db) =>
      db.exec(
        'UPDATE journal SET seq = -6 WHERE seq = 6; UPDATE journal SET seq = 6 WHERE seq = 7; UPDATE journal SET seq = 7 WHERE seq = -6',
      ),
    );
    await expectNamed({ kind: 'entry-changed', entry: 6 }, 'journal-edited');
  });

  it('an entry edited with a hash of its own', async () => {
    const hash = hashOf(5);
    await tampered((db) => {
      db.exec("UPDATE journal SET action = 'nothing.happened' WHERE seq = 5");
      const after = db.prepare('SELECT seq, previous, hash FROM journal WHERE seq > 5').all() as {
        seq: number;
        previous: string;
        hash: string;
      }[];
      rechain(db, 5);
      // only the one entry; those after it stay as they were
      for (const row of after) db.prepare('UPDATE journal SET previous = ?, hash = ? WHERE seq = ?').run(row.previous, row.hash, row.seq);
    });
    await expectNamed({ kind: 'not-following', entry: 6, expected: hashOf(5), found: hash }, 'journal-edited');
  });

  it('an entry edited with the whole chain after it', async () => {
    const all = entries();
    const known = hashOf(all);
    await tampered((db) => {
      db.exec("UPDATE journal SET action = 'nothing.happened' WHERE seq = 5");
      rechain(db, 5);
    });
    await expectNamed({ kind: 'other-journal', entry: all, expected: known }, 'journal-edited');
  });

  it('contents removed as if their term were over', async () => {
    await tampered((db) => db.exec(`UPDATE journal SET details = '{}', actor = NULL, subject = NULL, wiped_by = seq + 1 WHERE seq = 5`));
    await expectNamed({ kind: 'wiping-unproven', entry: 5 }, 'journal-edited');
  });

  it.each([
    ['by an entry that tells of its own wiping', 5],
    ['by an entry that is wiped itself', 6],
  ])('contents rewritten as if their term were over, %s', async (_, place) => {
    await tampered((db) => {
      db.prepare(`UPDATE journal SET details = '{}', actor = NULL, subject = NULL, wiped_by = ? WHERE seq = 5`).run(place);
      db.prepare(`UPDATE journal SET action = 'journal.wiped', actor = NULL, subject = NULL, wiped_by = ? WHERE seq = ?`).run(place, place);
      const named = db.prepare('SELECT seq, at, action, hash FROM journal WHERE wiped_by = ? ORDER BY seq').all(place);
      const { count: told, sha256 } = wipedDigest(named as { seq: number; at: string; action: string; hash: string }[]);
      db.prepare('UPDATE journal SET details = ? WHERE seq = ?').run(JSON.stringify({ entries: told, from: 5, to: place, sha256 }), place);
    });
    await expectNamed({ kind: 'wiping-unproven', entry: 5 }, 'journal-edited');
  });

  it('an older copy of the whole database', async () => {
    const copy = path.join(tempDir(), 'copy.db');
    const before = entries();
    office.desk.store.copyTo(copy);
    for (let n = 0; n < 4; n++) note(200 + n);
    must(await checkHistory(office.desk));
    const all = entries();
    office.desk.close();
    replaceDatabase(office.profileDir, copy);
    await office.reopen();
    await expectNamed({ kind: 'end-missing', entry: before + 1, expected: String(all) }, 'journal-rolled-back');
  });
});

it('what the head of office has accepted is not found again, and what is known begins anew', async () => {
  const all = entries();
  await tampered((db) => db.prepare('DELETE FROM journal WHERE seq > ?').run(all - 3));
  await expectNamed({ kind: 'end-missing', entry: all - 2 }, 'journal-rolled-back');
  office.fault = null;
  const head = await signInAs(office, 'office-head');
  must(await acceptHistoryOf(office.desk, { actor: head, reason: 'restored from the backup of the court' }));
  must(await syncOnce(office.desk));
  expect(must(await checkHistory(office.desk))).toMatchObject({ chain: 'ok', fault: null, finding: null });
  const watch = createJournalWatch(office.desk);
  watch.start();
  await vi.waitFor(() => expect(watch.state()).toMatchObject({ last: { fault: null }, progress: null }), { timeout: 20_000 });
  watch.stop();
  expect(findingOf(office.desk)).toBeNull();
});

it('an edited entry that was accepted is not found again by whom ever: the check of a person, the self-check, the background', async () => {
  await tampered((db) => db.exec('UPDATE journal SET details = \'{"page":999}\' WHERE seq = 4'));
  await expectNamed({ kind: 'entry-changed', entry: 4 }, 'journal-edited');
  office.fault = null;
  const head = await signInAs(office, 'office-head');
  must(await acceptHistoryOf(office.desk, { actor: head, reason: 'the office knows of it' }));
  const told = office.desk.store.read.get<{ seq: number; at: string }>(
    "SELECT seq, at FROM journal WHERE action = 'history.accept-asked'",
  )!;
  const { name } = office.desk.store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', head)!;
  const accepted = { entries: told.seq, by: name, at: told.at };
  must(await syncOnce(office.desk));

  for (const line of ['there', 'gone'] as const) {
    if (line === 'gone') office.fault = () => ({ kind: 'drop' });
    const compared = line === 'there';
    expect(must(await checkHistory(office.desk))).toMatchObject({
      chain: 'ok',
      brokenAt: null,
      fault: null,
      accepted,
      compared,
      finding: null,
    });
  }
  expect(await checkedDesk(office.desk).checkJournal()).toMatchObject({ chain: 'ok', brokenAt: null, accepted });
  const watch = createJournalWatch(office.desk);
  expect(watch.state().last).toMatchObject({ fault: null });
  watch.start();
  await vi.waitFor(() => expect(watch.state()).toMatchObject({ last: { fault: null }, progress: null }), { timeout: 20_000 });
  watch.stop();

  // what comes after it is watched as before
  await tampered((db) => db.prepare('UPDATE journal SET details = \'{"x":1}\' WHERE seq = ?').run(told.seq + 1));
  expect(await checkedDesk(office.desk).checkJournal()).toMatchObject({ chain: 'broken', brokenAt: told.seq + 1 });
  await expectNamed({ kind: 'entry-changed', entry: told.seq + 1 }, 'journal-edited');
});

it('what is known of the journal is believed only when this profile has sealed it, and is no proof when it is gone', async () => {
  const all = entries();
  const file = profilePaths(office.profileDir).journalHead;
  const forged = { ...(JSON.parse(fs.readFileSync(file, 'utf8')) as object), entries: all + 50 };
  fs.writeFileSync(file, JSON.stringify(forged));
  expect(must(await checkHistory(office.desk))).toMatchObject({ fault: null, finding: null });
  fs.rmSync(file);
  expect(must(await checkHistory(office.desk))).toMatchObject({ fault: null, finding: null });
  expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject({ entries: all });
});

it('a check that was interrupted goes on from where it was, and its result outlives the program', async () => {
  for (let n = 0; n < 3000; n++) note(n);
  const first = createJournalWatch(office.desk);
  first.start();
  await vi.waitFor(() => expect(first.state().progress?.done).toBeGreaterThan(200), { timeout: 20_000, interval: 1 });
  const { done } = first.state().progress!;
  first.stop();
  await office.reopen();
  const second = createJournalWatch(office.desk);
  const walks = vi.spyOn(office.desk.store, 'walkJournal');
  second.start();
  await vi.waitFor(() => expect(second.state().last?.entries).toBe(entries()), { timeout: 30_000 });
  expect(walks.mock.calls[0]?.[0]?.entries).toBe(done);
  second.stop();
  await office.reopen();
  expect(createJournalWatch(office.desk).state()).toMatchObject({ last: { entries: entries(), fault: null }, progress: null });
});
