import fs from 'node:fs';
import path from 'node:path';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { ofStatement, type Database, type Row, type Sql } from './database.ts';
import { loadClusterImage, type ImageContent } from './cluster-image.ts';
import { lockFolder } from './folder-lock.ts';
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
const SMALL_LOG = ['-c', 'min_wal_size=8MB', '-c', 'max_wal_size=32MB'];

const EMPTY_REGISTRY: ImageContent = {
  version: JSON.stringify(MIGRATIONS),
  write: (db) => migrate(wrap(db, () => Promise.resolve())),
};

/** PostgreSQL inside this process. `folder` null keeps it in memory; a folder is taken by one process at a time. */
export async function openEmbedded(folder: string | null): Promise<Database> {
  if (folder === null) {
    const loadDataDir = await loadClusterImage(EMPTY_REGISTRY);
    return wrap(await PGlite.create({ loadDataDir, startParams: [...PGlite.defaultStartParams, ...SMALL_LOG] }), () => Promise.resolve());
  }
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const release = await lockFolder(folder);
  try {
    const cluster = path.join(folder, 'database');
    await createCluster(cluster);
    return wrap(await PGlite.create({ fs: new DurableFolder(cluster), startParams: [...DURABLE, ...SMALL_LOG] }), release);
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
  const db = await PGlite.create({
    fs: new DurableFolder(unfinished),
    loadDataDir: await loadClusterImage(EMPTY_REGISTRY),
    startParams: DURABLE,
  });
  await db.close();
  fs.renameSync(unfinished, cluster);
}

function wrap(db: PGlite, release: () => Promise<void>): Database {
  let transactions = 0;
  const on = (target: PGlite | Transaction): Sql => ({
    query: async <R extends Row>(text: string, parameters?: readonly unknown[]) =>
      (await ofStatement(text, target.query<R>(text, parameters?.slice()))).rows,
  });
  return {
    ...on(db),
    async transaction<T>(work: (sql: Sql) => Promise<T>, keeps: (value: T) => boolean = () => true) {
      const value = await db.transaction(async (tx) => {
        const result = await work(on(tx));
        if (!keeps(result)) await tx.rollback();
        return result;
      });
      if (++transactions % TRANSACTIONS_PER_CHECKPOINT === 0) await db.exec('CHECKPOINT');
      return value;
    },
    async close() {
      await db.close();
      await release();
    },
  };
}
