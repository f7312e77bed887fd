import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openStore, type BlobStore, type Reading, type Store, type Writing } from '../../main/store/index.ts';
import { forgetBackoff, outboxStatus, resumeSending, sendOutbox, waitingSubjects, type RegistryClient } from '../../main/sync/index.ts';
import { must } from '../support/desk/training-office.ts';
import { tempDir } from '../support/temp-dir.ts';

/** The same store, and every statement that it was given. */
function watched(store: Store): [said: Set<string>, store: Store] {
  const said = new Set<string>();
  const reading = (read: Reading): Reading => ({
    get: (sql, ...params) => (said.add(sql), read.get(sql, ...params)),
    all: (sql, ...params) => (said.add(sql), read.all(sql, ...params)),
  });
  const writing = (tx: Writing): Writing => ({ ...tx, ...reading(tx), run: (sql, ...params) => (said.add(sql), tx.run(sql, ...params)) });
  return [said, { ...store, read: reading(store.read), write: (work) => store.write((tx) => work(writing(tx))) }];
}

it('what waits is found without going through everything that was ever sent', async () => {
  const opened = must(openStore(path.join(tempDir(), 'kense.db'), randomBytes(32)));
  const [said, store] = watched(opened);
  const at = '2026-11-22T06:00:00.000Z';
  const payload = { filingId: 'f', sha256: 'x', size: 1, qr: 'q' };
  opened.write((tx) => tx.outbox({ id: 'c', subject: 'f', kind: 'talon.issue', actor: null, at, uploads: [], payload }));
  const link = { filingId: 'f', otherId: 'g', linkedAt: at };
  opened.write((tx) => tx.outbox({ id: 'l', subject: 'link:f', kind: 'filing.link', actor: null, at, uploads: [], payload: link }));
  const client = { command: () => Promise.resolve({ ok: true, value: { outcome: 'applied' } }) } as unknown as RegistryClient;
  resumeSending(store);
  forgetBackoff(store);
  const line = { store, client, blobs: {} as BlobStore, clock: () => at, random: () => 0, adopt: () => undefined };
  must(await sendOutbox(line, new Set()));
  expect(outboxStatus(store.read)).toMatchObject({ waiting: 0, parked: [] });
  expect(waitingSubjects(store.read).subjects).toEqual([]);

  expect([...said].filter((sql) => sql.includes('+position < ?'))).toHaveLength(1);
  const plans = [...said].filter((sql) => sql.includes('outbox')).map((sql) => [sql, planOf(opened, sql)] as const);
  expect(plans.length).toBeGreaterThan(8);
  expect(plans.filter(([, plan]) => /SCAN (outbox|o|p)\b(?! USING INDEX outbox_open)/.test(plan))).toEqual([]);
  opened.close();
});

function planOf(store: Store, sql: string): string {
  const parameters = sql.match(/\?/g)?.length ?? 0;
  const given = Array.from({ length: parameters }, () => null);
  return store
    .write((tx) => tx.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...given))
    .map(({ detail }) => detail)
    .join('; ');
}
