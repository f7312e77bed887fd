import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { saveUnprinted } from '../../../main/shell/printing/save-unprinted.ts';
import { tempDir } from '../../support/temp-dir.ts';

const PAPER = Buffer.from('%PDF-1.7 a paper');
async function* whole() {
  yield PAPER.subarray(0, 5);
  yield PAPER.subarray(5);
}
const blobs = { read: () => whole() };
const document = { sha256: 'ab'.repeat(32), fileName: 'talon-9900-26-000001.pdf' };

describe('a paper that no printer takes', () => {
  it('is saved whole in a folder that is made for it, readable by this person alone', async () => {
    const folder = path.join(tempDir(), 'Kense');
    expect(await saveUnprinted(folder, blobs, document)).toEqual({ ok: true, value: document.fileName });
    const file = path.join(folder, document.fileName);
    expect(readFileSync(file)).toEqual(PAPER);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual([document.fileName]);
  });

  it('never takes the place of another file', async () => {
    const folder = tempDir();
    writeFileSync(path.join(folder, document.fileName), 'mine');
    expect(await saveUnprinted(folder, blobs, document)).toEqual({ ok: true, value: 'talon-9900-26-000001 (2).pdf' });
    expect(await saveUnprinted(folder, blobs, document)).toEqual({ ok: true, value: 'talon-9900-26-000001 (3).pdf' });
    expect(readFileSync(path.join(folder, document.fileName), 'utf8')).toBe('mine');
  });

  it('stays in its folder whatever the file of a filer is called', async () => {
    const folder = path.join(tempDir(), 'Kense');
    const saved = await saveUnprinted(folder, blobs, { ...document, fileName: '../../evil/.pdf' });
    expect(saved).toMatchObject({ ok: true });
    expect(readdirSync(folder)).toHaveLength(1);
    expect(existsSync(path.join(folder, '..', '..', 'evil'))).toBe(false);
  });

  it('leaves nothing behind when its bytes are damaged or there is no place for it', async () => {
    const folder = tempDir();
    const broken = {
      read: async function* () {
        yield PAPER;
        throw new Error('damaged');
      },
    };
    expect(await saveUnprinted(folder, broken, document)).toMatchObject({ ok: false, error: { code: 'file-not-saved' } });
    expect(readdirSync(folder)).toEqual([]);
    const file = path.join(folder, 'a file');
    writeFileSync(file, '');
    expect(await saveUnprinted(path.join(file, 'Kense'), blobs, document)).toMatchObject({ ok: false, error: { code: 'file-not-saved' } });
  });
});
