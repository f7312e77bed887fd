import fs from 'node:fs';
import { open, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/server';
import { UploadRefusal } from './upload-refusal.ts';

/** An upload that nobody has finished so long after its beginning is swept away; a finished one is remembered as long. */
const KEPT_MS = 24 * 60 * 60_000;
const SWEEP_MS = 60 * 60_000;

/** `held`: the document is in the store, the staged bytes are gone. */
type Note = { readonly size: number; readonly sha256: string; readonly createdAt: string; readonly held: boolean };

/**
 * Uploads on their way, for tus: the bytes in one file of a folder, what is known of them in another. Several registries may share the
 * folder. Two requests that write one upload at once, through two of them, write the same bytes to the same places, or the hash is wrong in
 * the end and nothing is kept; so no lock is needed between processes.
 */
export class StagedUploads extends DataStore {
  private readonly folder: string;
  private readonly temporary: boolean;
  private readonly sweeping: NodeJS.Timeout;

  /** A temporary folder goes with the process. */
  constructor(folder: string, { temporary } = { temporary: false }) {
    super();
    this.folder = folder;
    this.temporary = temporary;
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const sweep = () => void this.deleteExpired().catch(() => undefined); // the next hour tries again
    sweep();
    this.sweeping = setInterval(sweep, SWEEP_MS).unref();
  }

  private bytesOf(id: string): string {
    return path.join(this.folder, id);
  }
  private noteOf(id: string): string {
    return path.join(this.folder, `${id}.json`);
  }

  override async create(upload: Upload): Promise<Upload> {
    const { id, size = 0, metadata, creation_date: createdAt = new Date().toISOString() } = upload;
    await this.keepNote(id, { size, sha256: metadata?.['sha256'] ?? '', createdAt, held: false });
    await writeFile(this.bytesOf(id), '', { mode: 0o600, flag: 'wx' });
    return upload;
  }

  /** Every byte that was written counts, also when the line breaks after it. */
  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const file = await open(this.bytesOf(id), 'r+');
    let position = offset;
    try {
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        for (let done = 0; done < chunk.length;) {
          const { bytesWritten } = await file.write(chunk, done, chunk.length - done, position);
          done += bytesWritten;
          position += bytesWritten;
        }
      }
      return position;
    } finally {
      await file.close();
    }
  }

  /**
   * `offset` is the size only when the document is held. Bytes that are all here without that were left by a stop or a full disk at the
   * last step: the last byte is asked for again, and with it the step is repeated.
   */
  override async getUpload(id: string): Promise<Upload> {
    const note = await this.readNote(id);
    if (note === null) throw new UploadRefusal('not-found');
    const { size, sha256, createdAt } = note;
    const upload = { id, size, metadata: { sha256 }, creation_date: createdAt };
    if (note.held) return new Upload({ ...upload, offset: size });
    const written = await stat(this.bytesOf(id)).catch(() => null);
    if (written === null) throw new UploadRefusal('not-found');
    return new Upload({ ...upload, offset: Math.min(written.size, Math.max(0, size - 1)) });
  }

  read(id: string): Readable {
    return fs.createReadStream(this.bytesOf(id));
  }

  async finish(id: string): Promise<void> {
    const note = await this.readNote(id);
    if (note !== null) await this.keepNote(id, { ...note, held: true });
    await rm(this.bytesOf(id), { force: true });
  }

  override async remove(id: string): Promise<void> {
    if ((await this.readNote(id)) === null) throw new UploadRefusal('not-found');
    await this.forget(id);
  }

  override getExpiration(): number {
    return KEPT_MS;
  }

  override async deleteExpired(): Promise<number> {
    const names = await readdir(this.folder);
    let deleted = 0;
    for (const id of names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length))) {
      const note = await this.readNote(id);
      const since = note?.createdAt ?? (await stat(this.noteOf(id)).catch(() => null))?.mtime;
      if (since === undefined || new Date(since).getTime() + KEPT_MS > Date.now()) continue;
      await this.forget(id);
      deleted++;
    }
    return deleted;
  }

  /** How many are on their way. */
  async count(): Promise<number> {
    return (await readdir(this.folder)).filter((name) => !name.endsWith('.json')).length;
  }

  close(): void {
    clearInterval(this.sweeping);
    if (this.temporary) fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private async forget(id: string): Promise<void> {
    await rm(this.bytesOf(id), { force: true });
    await rm(this.noteOf(id), { force: true });
  }

  private keepNote(id: string, note: Note): Promise<void> {
    return writeFile(this.noteOf(id), JSON.stringify(note), { mode: 0o600 });
  }

  /** Null also for a note that a stop cut short: the upload begins anew. */
  private async readNote(id: string): Promise<Note | null> {
    try {
      return JSON.parse(await readFile(this.noteOf(id), 'utf8')) as Note;
    } catch (error) {
      if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }
}
