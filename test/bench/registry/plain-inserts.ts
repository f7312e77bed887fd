import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

/** What one filing costs the registry: transactions, and the row versions they write, by table. */
export type RowsOfOneFiling = { readonly transactions: number; readonly rows: ReadonlyMap<string, number> };

/**
 * Filings a second when `pgbench` inserts row versions of the same number and width into the same tables, in as many transactions, on the same
 * server: no checks, no references, no triggers. This is the limit that a registry over this database could reach.
 */
export async function plainInserts(
  { programs, source, target, folder }: { programs: string; source: string; target: string; folder: string },
  { transactions, rows }: RowsOfOneFiling,
  filings: number,
): Promise<number> {
  const inserts = await copyTables(source, target, [...rows.keys()]);
  const list = [...rows].flatMap(([table, count]) => Array.from({ length: Math.round(count) }, () => inserts.get(table)!));
  const size = Math.ceil(list.length / transactions);
  const script = Array.from({ length: transactions }, (_, i) => ['BEGIN;', ...list.slice(i * size, (i + 1) * size), 'END;'].join('\n'));
  const file = path.join(folder, 'inserts.sql');
  writeFileSync(file, script.join('\n'));
  const clients = 8;
  const url = new URL(target);
  const said = execFileSync(
    path.join(programs, 'pgbench'),
    [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(clients),
      '-j',
      '2',
      '-t',
      String(Math.ceil(filings / clients)),
      '-f',
      file,
      '-h',
      decodeURIComponent(url.hostname),
      '-U',
      'postgres',
      url.pathname.slice(1),
    ],
    { encoding: 'utf8' },
  );
  const speed = /^tps = ([\d.]+)/m.exec(said)?.[1];
  if (speed === undefined) throw new Error(`pgbench said: ${said}`);
  return Number(speed);
}

/** Makes the tables with their indexes in the other database; answers an INSERT for each with values of the average width of the rows there are. */
async function copyTables(source: string, target: string, tables: readonly string[]): Promise<Map<string, string>> {
  const from = new pg.Client({ connectionString: source });
  const to = new pg.Client({ connectionString: target });
  await Promise.all([from.connect(), to.connect()]);
  try {
    const inserts = new Map<string, string>();
    for (const table of tables) {
      const { rows: columns } = await from.query<{ name: string; type: string }>(
        `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
         WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
        [table],
      );
      const widths = await from.query<Record<string, number | null>>(
        `SELECT ${columns.map(({ name }) => `avg(octet_length(${name}::text))::integer AS ${name}`).join(', ')} FROM (SELECT * FROM ${table} LIMIT 2000) sample`,
      );
      await to.query(`CREATE TABLE ${table} (${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`);
      const { rows: indexes } = await from.query<{ definition: string }>(
        'SELECT pg_get_indexdef(indexrelid) AS definition FROM pg_index WHERE indrelid = $1::regclass',
        [table],
      );
      for (const { definition } of indexes) await to.query(definition.replace('UNIQUE ', ''));
      const filled = columns.flatMap(({ name, type }) => {
        const width = widths.rows[0]?.[name];
        return width === null || width === undefined ? [] : [{ name, value: valueOf(type, width) }];
      });
      inserts.set(
        table,
        `INSERT INTO ${table} (${filled.map((c) => c.name).join(', ')}) VALUES (${filled.map((c) => c.value).join(', ')});`,
      );
    }
    return inserts;
  } finally {
    await Promise.all([from.end(), to.end()]);
  }
}

/** A value of a type and of about so many characters; texts begin with what no other row has, as hashes and ids do. */
function valueOf(type: string, width: number): string {
  if (type === 'uuid') return 'gen_random_uuid()';
  if (type === 'boolean') return 'false';
  if (type === 'integer' || type === 'bigint') return '(random() * 2000000000)::integer';
  if (type === 'jsonb') return `jsonb_build_object('text', repeat('а1', ${Math.max(1, Math.floor((width - 12) / 3))}))`;
  return `left(md5(random()::text) || repeat('x', ${Math.max(0, width - 32)}), ${Math.max(1, width)})`;
}
