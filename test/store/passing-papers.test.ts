import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { handOut, handOutBytes, sha256Of } from '../../main/core/hand-out.ts';
import { createBlobStore, forgetPassing, keepForADay, openStore } from '../../main/store/index.ts';
import type { Session } from '../../shared/contract/index.ts';
import { ok } from '../../shared/result.ts';
import { must } from '../support/desk/training-office.ts';
import { tempDir } from '../support/temp-dir.ts';

const KEY = new Uint8Array(32).fill(7);
const MORNING = '2026-11-18T05:00:00.000Z';
const NEXT_MORNING = '2026-11-19T05:00:00.001Z';
const asking = {} as Session;
const session = { whyLeft: () => null };
const bytes = (text: string) => new TextEncoder().encode(text);

it('a paper that is drawn anew goes after a day, or at once when all must go; what lies there for another reason stays', async () => {
  const dir = tempDir();
  const store = must(openStore(path.join(dir, 'kense.db'), KEY));
  const blobs = createBlobStore({ dir: path.join(dir, 'blobs'), key: KEY });
  const kept = { store, blobs };
  const document = must(await blobs.putBytes(bytes('a document')));
  expect(must(await keepForADay(kept, bytes('a document'), MORNING))).toEqual(document);
  const paper = must(await keepForADay(kept, bytes('a letter'), MORNING));
  forgetPassing(kept, MORNING);
  expect(blobs.has(paper.sha256)).toBe(true);
  const late = must(await keepForADay(kept, bytes('another letter'), '2026-11-18T15:00:00.000Z'));
  forgetPassing(kept, NEXT_MORNING);
  expect([paper, late, document].map(({ sha256 }) => blobs.has(sha256))).toEqual([false, true, true]);
  must(await keepForADay(kept, bytes('another letter'), NEXT_MORNING));
  forgetPassing(kept, '2026-11-19T16:00:00.000Z');
  expect(blobs.has(late.sha256), 'asked for again').toBe(true);
  forgetPassing(kept, null);
  expect([late, document].map(({ sha256 }) => blobs.has(sha256))).toEqual([false, true]);
  expect(store.read.get('SELECT count(*) AS n FROM passing_paper')).toEqual({ n: 0 });
  store.close();
});

it('what was being saved when the program died goes after a day; what was saved is gone at once', async () => {
  const dir = tempDir();
  const store = must(openStore(path.join(dir, 'kense.db'), KEY));
  const blobs = createBlobStore({ dir: path.join(dir, 'blobs'), key: KEY });
  const desk = { store, blobs, config: { clock: () => MORNING } } as unknown as Parameters<typeof handOutBytes>[0]['desk'];
  let asked: string | null = null;
  const chosen = { choosePlace: (fileName: string) => Promise.resolve(ok(fileName)) };
  const dying = { ...chosen, saveDocument: ({ sha256 }: { sha256: string }) => new Promise<never>(() => (asked = sha256)) };
  const journal = () => undefined;
  void handOutBytes({ desk, session, shell: dying }, asking, { bytes: bytes('an archive'), fileName: 'archive.gz' }, journal);
  await vi.waitFor(() => expect(asked).not.toBeNull());
  expect(blobs.has(asked!)).toBe(true);
  forgetPassing({ store, blobs }, NEXT_MORNING);
  expect(blobs.has(asked!)).toBe(false);
  const saved: boolean[] = [];
  const shell = {
    ...chosen,
    saveDocument: ({ sha256 }: { sha256: string }) => (saved.push(blobs.has(sha256)), Promise.resolve(ok(null))),
  };
  expect(must(await handOutBytes({ desk, session, shell }, asking, { bytes: bytes('a report'), fileName: 'report.pdf' }, journal))).toBe(
    true,
  );
  expect(saved).toEqual([true]);
  expect(blobs.has(sha256Of(bytes('a report')))).toBe(false);
  expect(store.read.get('SELECT count(*) AS n FROM passing_paper')).toEqual({ n: 0 });
  store.close();
});

describe('what leaves the desk', () => {
  const happened: string[] = [];
  const noted = () => void happened.push('journal');
  /** A desk with one document, and a dialog in which a place is chosen or none. */
  async function scene(place: string | null) {
    happened.length = 0;
    const dir = tempDir();
    const store = must(openStore(path.join(dir, 'kense.db'), KEY));
    const blobs = createBlobStore({ dir: path.join(dir, 'blobs'), key: KEY });
    const shell: Parameters<typeof handOutBytes>[0]['shell'] = {
      choosePlace: () => (happened.push('asked'), Promise.resolve(ok(place))),
      saveDocument: (saved) => (happened.push(`written to ${saved.place}`), Promise.resolve(ok(null))),
    };
    const { sha256 } = must(await blobs.putBytes(bytes('a document')));
    const desk = { store, blobs, config: { clock: () => MORNING } } as unknown as Parameters<typeof handOutBytes>[0]['desk'];
    onTestFinished(() => store.close());
    return {
      kept: (journal: () => void) => handOut({ session, shell }, asking, { sha256, fileName: 'claim.pdf' }, journal),
      made: (journal: () => void) =>
        handOutBytes({ desk, session, shell }, asking, { bytes: bytes('a report'), fileName: 'r.csv' }, journal),
      left: () => [blobs.has(sha256Of(bytes('a report'))), store.read.get<{ n: number }>('SELECT count(*) AS n FROM passing_paper')!.n],
    };
  }

  it.each(['kept', 'made'] as const)('has its place chosen, is journalled and only then written: %s', async (what) => {
    expect(must(await (await scene('/a/b'))[what](noted))).toBe(true);
    expect(happened).toEqual(['asked', 'journal', 'written to /a/b']);
  });

  it.each(['kept', 'made'] as const)('is neither journalled nor laid ready when no place is chosen: %s', async (what) => {
    const desk = await scene(null);
    expect(must(await desk[what](noted))).toBe(false);
    expect(happened).toEqual(['asked']);
    expect(desk.left()).toEqual([false, 0]);
  });

  it.each(['kept', 'made'] as const)('does not leave when the journal cannot be told: %s', async (what) => {
    const desk = await scene('/a/b');
    const full = () => {
      throw new Error('disk is full');
    };
    await expect(desk[what](full)).rejects.toThrow('disk is full');
    expect(happened).toEqual(['asked']);
    expect(desk.left()).toEqual([false, 0]);
  });
});
