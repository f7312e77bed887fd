import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createDocumentReader, documentTextState, extractTexts, readDocumentText, type TextHook } from '../../../main/documents/index.ts';
import { createBlobStore, openStore, type Store } from '../../../main/store/index.ts';
import { cell, writeArchive, writeXlsx } from '../../support/documents/write-office.ts';
import { writeTextPdf } from '../../support/documents/write-text-pdf.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { must } from '../../support/desk/training-office.ts';

const KEY = new Uint8Array(32).fill(3);
const reader = createDocumentReader(path.resolve('main/documents/worker/process.ts'));
afterAll(() => reader.close());

function desk() {
  const dir = tempDir();
  const store = must(openStore(path.join(dir, 'kense.db'), KEY));
  const blobs = createBlobStore({ dir: path.join(dir, 'documents'), key: KEY });
  const hooks: TextHook[] = [];
  return { store, blobs, reader, hooks, clock: () => '2026-11-23T04:00:00.000Z' };
}

function filing(store: Store, id: string): void {
  store.write((tx) =>
    tx.run(
      `INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, search_text, sent_at, received_at)
       VALUES (?, ?, 'claim', 'kk', '{}', 'received', '', '', '', ?)`,
      id,
      `n-${id}`,
      id,
    ),
  );
}

type Kind = 'pdf' | 'office' | 'text' | 'image';
async function arrive(at: ReturnType<typeof desk>, filingId: string, id: string, type: Kind, bytes: Uint8Array): Promise<void> {
  const { sha256, size } = must(await at.blobs.putBytes(bytes));
  at.store.write((tx) => {
    tx.run(
      "INSERT INTO document (id, filing_id, position, role, title, file_name, size, sha256) VALUES (?, ?, ?, 'claim', '', '', ?, ?)",
      id,
      filingId,
      tx.get<{ n: number }>('SELECT count(*) AS n FROM document')!.n,
      size,
      sha256,
    );
    tx.run("UPDATE document SET state = 'stored', content_type = ? WHERE id = ?", type, id);
  });
}

it('what has arrived is read page by page, tells its state, and is handed on in the same transaction', async () => {
  const at = desk();
  filing(at.store, 'f1');
  await arrive(at, 'f1', 'pdf', 'pdf', await writeTextPdf(['Талап қою', '', 'Үшінші бет']));
  await arrive(at, 'f1', 'book', 'office', writeXlsx({ Есеп: `<row r="1">${cell('A1', 'Борыш')}</row>` }));
  await arrive(at, 'f1', 'photo', 'image', Buffer.from('picture'));
  await arrive(at, 'f1', 'scan', 'pdf', await writeTextPdf(['']));
  expect(documentTextState(at.store.read, 'pdf')).toEqual({ state: 'due', reason: null });
  const handed: string[] = [];
  at.hooks.push((tx, { documentId, filingId, pages }) => {
    // the text is there already, and the state with it
    expect(readDocumentText(tx, documentId)).toEqual(pages);
    handed.push(`${filingId}/${documentId}: ${pages.length}`);
  });
  expect(await extractTexts(at)).toEqual(new Set(['f1']));
  expect(readDocumentText(at.store.read, 'pdf')).toEqual([
    { page: 1, text: 'Талап қою' },
    { page: 3, text: 'Үшінші бет' },
  ]);
  expect(handed).toEqual(['f1/pdf: 2', 'f1/book: 1', 'f1/photo: 0', 'f1/scan: 0']);
  expect(['pdf', 'book', 'photo', 'scan'].map((id) => documentTextState(at.store.read, id)?.state)).toEqual([
    'done',
    'done',
    'none',
    'none',
  ]);
  expect(await extractTexts(at)).toEqual(new Set());
});

it('a hostile document fails alone: those before and after it are read', async () => {
  const at = desk();
  filing(at.store, 'f1');
  filing(at.store, 'f2');
  await arrive(at, 'f1', 'before', 'text', Buffer.from('before'));
  await arrive(at, 'f1', 'bomb', 'office', writeArchive([{ name: 'word/document.xml', content: Buffer.alloc(80 * 1024 * 1024, ' ') }]));
  await arrive(at, 'f2', 'after', 'text', Buffer.from('after'));
  expect(await extractTexts(at)).toEqual(new Set(['f1', 'f2']));
  expect(documentTextState(at.store.read, 'bomb')).toEqual({ state: 'failed', reason: 'limit-inflated' });
  expect(readDocumentText(at.store.read, 'bomb')).toEqual([]);
  expect(['before', 'after'].map((id) => readDocumentText(at.store.read, id))).toEqual([
    [{ page: 1, text: 'before' }],
    [{ page: 1, text: 'after' }],
  ]);
});

it('goes on after a stop, and leaves a document alone that the program did not survive twice', async () => {
  const at = desk();
  filing(at.store, 'f1');
  await arrive(at, 'f1', 'killer', 'text', Buffer.from('killer'));
  await arrive(at, 'f1', 'other', 'text', Buffer.from('other'));
  const dying = { text: () => Promise.reject(new Error('killed')) };
  for (let i = 0; i < 2; i++) {
    await expect(extractTexts({ ...at, reader: dying })).rejects.toThrow('killed');
    expect(documentTextState(at.store.read, 'killer')?.state).toBe('reading');
  }
  await extractTexts(at);
  expect(documentTextState(at.store.read, 'killer')).toEqual({ state: 'failed', reason: 'limit-memory' });
  expect(readDocumentText(at.store.read, 'other')).toEqual([{ page: 1, text: 'other' }]);
});

it('closing the desk is no try of the document that was being read', async () => {
  const at = desk();
  filing(at.store, 'f1');
  await arrive(at, 'f1', 'd', 'text', Buffer.from('text'));
  const closing = { text: () => Promise.resolve({ ok: false, reason: 'stopped' } as const) };
  for (let i = 0; i < 5; i++) expect(await extractTexts({ ...at, reader: closing })).toEqual(new Set());
  expect(documentTextState(at.store.read, 'd')).toEqual({ state: 'due', reason: null });
  expect(await extractTexts(at)).toEqual(new Set(['f1']));
});

it('nothing is kept when what is made of the text fails', async () => {
  const at = desk();
  filing(at.store, 'f1');
  await arrive(at, 'f1', 'd', 'text', Buffer.from('text'));
  at.hooks.push(() => {
    throw new Error('index');
  });
  await expect(extractTexts(at)).rejects.toThrow('index');
  expect(readDocumentText(at.store.read, 'd')).toEqual([]);
  expect(documentTextState(at.store.read, 'd')?.state).toBe('reading');
});
