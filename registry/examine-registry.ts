import { createHash } from 'node:crypto';
import { FEED_START, type FeedItem } from '../shared/registry/index.ts';
import { linkAfter } from './feed/feed-chain.ts';
import { openDocuments, type RegistryOptions } from './start-registry.ts';
import type { DocumentStore } from './documents/document-store.ts';
import type { Database } from './store/database.ts';
import { openEmbedded } from './store/embedded.ts';
import { openPostgres } from './store/postgres.ts';

/** What a registry holds and what of it is not as it should be. */
export type Examination = {
  readonly documents: number;
  /** SHA-256 of documents that the database names and the store does not have. */
  readonly missing: readonly string[];
  /** SHA-256 of documents whose bytes are others. */
  readonly damaged: readonly string[];
  readonly feedItems: number;
  /** The first place of a court's feed that is not there, or does not fit the chain. */
  readonly brokenFeeds: readonly { readonly court: string; readonly seq: number }[];
};

const PAGE = 500;

/** Reads everything and changes nothing; an embedded registry must be stopped. */
export async function examineRegistry({ database, dataDir }: Pick<RegistryOptions, 'database' | 'dataDir'>): Promise<Examination> {
  const db = database === 'embedded' ? await openEmbedded(dataDir) : openPostgres(database);
  const store = openDocuments(db, { database, dataDir });
  try {
    return { ...(await examineDocuments(db, store)), ...(await examineFeeds(db)) };
  } finally {
    await store.close();
    await db.close();
  }
}

async function examineDocuments(db: Database, store: DocumentStore) {
  const [missing, damaged]: [string[], string[]] = [[], []];
  let documents = 0;
  for (let after = ''; ;) {
    const page = await db.query<{ sha256: string; size: number }>(
      'SELECT sha256, size FROM document WHERE sha256 > $1 ORDER BY sha256 LIMIT $2',
      [after, PAGE],
    );
    for (const { sha256, size } of page) {
      const bytes = await store.open(sha256, null);
      const found = bytes === null ? null : await hashOf(bytes);
      if (found === null || (found.size === 0 && size > 0)) missing.push(sha256);
      else if (found.sha256 !== sha256 || found.size !== size) damaged.push(sha256);
    }
    documents += page.length;
    const last = page.at(-1);
    if (last === undefined) return { documents, missing, damaged };
    after = last.sha256;
  }
}

async function hashOf(bytes: AsyncIterable<Uint8Array>): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { sha256: hash.digest('hex'), size };
}

async function examineFeeds(db: Database) {
  const brokenFeeds: { court: string; seq: number }[] = [];
  let feedItems = 0;
  for (const { code, feed_seq } of await db.query<{ code: string; feed_seq: number }>('SELECT code, feed_seq FROM court ORDER BY code')) {
    const sound = await soundUpTo(db, code);
    feedItems += sound;
    if (sound !== feed_seq) brokenFeeds.push({ court: code, seq: sound + 1 });
  }
  return { feedItems, brokenFeeds };
}

/** The last place of a court's feed up to which every item is there and fits its link. */
async function soundUpTo(db: Database, court: string): Promise<number> {
  let [seq, link] = [0, FEED_START];
  for (;;) {
    const page = await db.query<FeedItem & { hash: string | null }>(
      `SELECT seq, kind, version, subject, at, data, hash FROM feed LEFT JOIN feed_link USING (court, seq)
       WHERE court = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
      [court, seq, PAGE],
    );
    for (const { hash, ...item } of page) {
      const next = linkAfter(link, item);
      if (item.seq !== seq + 1 || hash !== next) return seq;
      [seq, link] = [item.seq, next];
    }
    if (page.length < PAGE) return seq;
  }
}
