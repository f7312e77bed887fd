import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore, type Pace, type Snapshot, type Store } from '../../main/store/index.ts';
import { must } from '../support/desk/training-office.ts';
import { tempDir } from '../support/temp-dir.ts';
import { turnsDuring } from '../support/turns.ts';

const LINES = 20;
let file: string;
let store: Store;
beforeEach(() => {
  file = path.join(tempDir(), 'kense.db');
  store = must(openStore(file, new Uint8Array(32).fill(3)));
  for (let n = 0; n < LINES; n++) note(n);
});
afterEach(() => store.close());

const note = (n: number) =>
  store.write((tx) => tx.journal({ at: '2026-11-20T06:00:00.000Z', actor: null, action: 'filing.viewed', subject: `f${n}`, details: {} }));
const PLACES = 'SELECT seq FROM journal ORDER BY seq';
async function placesIn(read: Snapshot): Promise<number[][]> {
  const pieces: number[][] = [];
  for await (const piece of read.pieces<{ seq: number }>(PLACES)) pieces.push(piece.map(({ seq }) => seq));
  return pieces;
}
const all = Array.from({ length: LINES }, (_, n) => n + 1);

it('reads one moment, whatever is written between its pieces', async () => {
  const found = await store.snapshot(
    async (read) => {
      const pieces = [];
      for await (const piece of read.pieces<{ seq: number }>(PLACES)) {
        pieces.push(...piece.map(({ seq }) => seq));
        note(pieces.length);
        expect(read.get('SELECT max(seq) AS seq FROM journal')).toEqual({ seq: LINES });
      }
      return pieces;
    },
    { rows: 6 },
  );
  expect(found).toEqual(all);
  expect(store.journalHead().entries).toBe(LINES + 4);
});

it.each<[Pace, number, number]>([
  [{ rows: 1 }, 20, LINES],
  [{ rows: 6 }, 4, 3],
  [{ rows: 6, alone: true }, 4, 0],
  [{}, 1, 0],
])('at the pace %j others have their turn after each full piece', async (pace, pieces, turns) => {
  const read = await turnsDuring(() => store.snapshot(placesIn, pace));
  expect(read.value.flat()).toEqual(all);
  expect(read.value).toHaveLength(pieces);
  expect(read.turns).toBe(turns);
});

it('cannot write', async () => {
  const written = store.snapshot((read) => Promise.resolve(read.all("UPDATE journal SET action = 'x'")));
  await expect(written).rejects.toThrow('a statement that writes');
});

it('holds up no settling: what was wiped is overwritten when the last reading ends, also one that fails', async () => {
  const log = () => fs.statSync(`${file}-wal`).size;
  const gone: Promise<unknown>[] = [];
  for (const fails of [false, true])
    gone.push(
      store.snapshot(
        async (read) => {
          await placesIn(read);
          if (fails) throw new Error('a bug');
        },
        { rows: 1 },
      ),
    );
  note(LINES);
  store.settle();
  expect(log()).toBeGreaterThan(0);
  await gone[0];
  await expect(gone[1]).rejects.toThrow('a bug');
  expect(log()).toBe(0);
});

it('a store that was closed meanwhile settles no more', async () => {
  const other = must(openStore(file, new Uint8Array(32).fill(3)));
  const reading = other.snapshot(placesIn, { rows: 1 });
  other.settle();
  other.close();
  expect((await reading).flat()).toEqual(all);
});
