import pg from 'pg';

/** Rows inserted and row versions written by updates, by table, since the database began. */
export type WrittenRows = ReadonlyMap<string, { readonly inserted: number; readonly updated: number }>;

/** A connection that has nothing to do tells what it wrote after at most ten seconds. */
const TOLD_AFTER_MS = 11_000;

export async function writtenRows(url: string): Promise<WrittenRows> {
  await new Promise((resolve) => setTimeout(resolve, TOLD_AFTER_MS));
  const rows = await ask<{ relname: string; inserted: string; updated: string }>(
    url,
    'SELECT relname, n_tup_ins AS inserted, n_tup_upd AS updated FROM pg_stat_user_tables',
  );
  return new Map(rows.map(({ relname, inserted, updated }) => [relname, { inserted: Number(inserted), updated: Number(updated) }]));
}

/** The last place of each court's feed, by court. */
export async function feedEnds(url: string): Promise<Map<string, number>> {
  const rows = await ask<{ code: string; feed_seq: number }>(url, 'SELECT code, feed_seq FROM court');
  return new Map(rows.map(({ code, feed_seq }) => [code, feed_seq]));
}

async function ask<R extends pg.QueryResultRow>(url: string, statement: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Row versions per filing, by table, between two counts; tables below a hundredth are left out. */
export function perFiling(before: WrittenRows, after: WrittenRows, filings: number): Map<string, number> {
  const rows = [...after].map(([table, { inserted, updated }]) => {
    const was = before.get(table) ?? { inserted: 0, updated: 0 };
    return [table, (inserted + updated - was.inserted - was.updated) / filings] as const;
  });
  return new Map(rows.filter(([, count]) => count >= 0.01));
}
