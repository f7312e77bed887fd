import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { ofStatement, type Database, type Row, type Sql } from './database.ts';
import { loadClusterImage } from './cluster-image.ts';
import { packFolder, unpackFolder } from './folder-tar.ts';
import { lockFolder } from './folder-lock.ts';
import { createListeners } from './listeners.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** Nobody else writes checkpoints in an embedded database, so the log would grow without end. */
const TRANSACTIONS_PER_CHECKPOINT = 1_000;

/**
 * PGlite passes `-F` (no fsync), and its file system ignores what is left of it. Both are put right here, so that an
 * answered commit survives a power cut as it does with a server.
 */
class DurableFolder extends NodeFS {
  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...args);
    const preRun = [
      ...(emscriptenOpts.preRun ?? []),
      (module: object) => {
        const { NODEFS } = module as { NODEFS: { stream_ops: { fsync?: (stream: { nfd: number }) => number } } };
        NODEFS.stream_ops.fsync = (stream) => (syncFile(stream.nfd), 0);
      },
    ];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

function syncFile(descriptor: number): void {
  try {
    fs.fsyncSync(descriptor);
  } catch (error) {
    // Windows cannot sync a folder or a file opened for reading; it needs neither
    if (process.platform !== 'win32' || (error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

const DURABLE = [...PGlite.defaultStartParams.filter((p) => p !== '-F'), '-c', 'wal_sync_method=fsync'];
/** One process and few rows: the memory and the log of a server would be wasted. */
const SMALL = ['shared_buffers=16MB', 'min_wal_size=8MB', 'max_wal_size=32MB'].flatMap((setting) => ['-c', setting]);

/** A database with the registry's tables and no rows, shut down cleanly. */
const emptyRegistry = () => loadClusterImage(JSON.stringify(MIGRATIONS), makeEmptyRegistry);

async function makeEmptyRegistry(): Promise<Buffer<ArrayBuffer>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kense-cluster-'));
  try {
    const db = wrap(await PGlite.create({ fs: new NodeFS(folder), initDbStartParams: ['--wal-segsize=1'] }), () => Promise.resolve());
    await migrate(db).finally(() => db.close());
    return packFolder(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** PostgreSQL inside this process. `folder` null keeps it in memory; a folder is taken by one process at a time. */
export async function openEmbedded(folder: string | null): Promise<Database> {
  if (folder === null) {
    const loadDataDir = new Blob([await emptyRegistry()]);
    return wrap(await PGlite.create({ loadDataDir, startParams: [...PGlite.defaultStartParams, ...SMALL] }), () => Promise.resolve());
  }
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const release = await lockFolder(folder);
  try {
    const cluster = path.join(folder, 'database');
    await createCluster(cluster);
    return wrap(await PGlite.create({ fs: new DurableFolder(cluster), startParams: [...DURABLE, ...SMALL] }), release);
  } catch (error) {
    await release();
    throw error;
  }
}

/** Unpacked beside its place and renamed, so that a death in between leaves nothing that looks like a database. */
async function createCluster(cluster: string): Promise<void> {
  if (fs.existsSync(cluster)) return;
  const unfinished = `${cluster}.new`;
  fs.rmSync(unfinished, { recursive: true, force: true });
  await unpackFolder(await emptyRegistry(), unfinished);
  fs.renameSync(unfinished, cluster);
}

function wrap(db: PGlite, release: () => Promise<void>): Database {
  let transactions = 0;
  const { subscribe, tell } = createListeners(); // nobody else has this database
  const on = (target: PGlite | Transaction) => ({
    query: async <R extends Row>(text: string, parameters?: readonly unknown[]) =>
      (await ofStatement(text, target.query<R>(text, parameters?.slice()))).rows,
  });
  return {
    ...on(db),
    growth: { subscribe, heard: true },
    async transaction<T>(work: (sql: Sql) => Promise<T>, keeps: (value: T) => boolean = () => true) {
      const grown = new Set<string>();
      const value = await db.transaction(async (tx) => {
        const result = await work({ ...on(tx), grown });
        if (!keeps(result)) {
          await tx.rollback();
          grown.clear();
        }
        return result;
      });
      if (grown.size > 0) tell([...grown]);
      if (++transactions % TRANSACTIONS_PER_CHECKPOINT === 0) await db.exec('CHECKPOINT');
      return value;
    },
    async close() {
      await db.close().finally(release);
    },
  };
}
