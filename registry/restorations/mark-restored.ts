import { courtDayOf } from '../../shared/domain/court-day.ts';
import { NUMBER_STOCK, RESERVE_LIMITS } from '../../shared/registry/index.ts';
import type { RegistryOptions } from '../start-registry.ts';
import { single, type Database, type Sql } from '../store/database.ts';
import { openEmbedded } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';
import { openPostgres } from '../store/postgres.ts';

export type Restored = {
  /** False: this database was marked before, and nothing shows that it has been restored since. */
  readonly marked: boolean;
  /** When it was marked, UTC ISO. */
  readonly at: string;
  /** The last that the database knows of; null when it knows nothing. */
  readonly lastTrace: string | null;
  /** Begun since then. */
  readonly days: number;
  readonly courts: readonly {
    readonly court: string;
    /** Not revoked. */
    readonly workstations: number;
    /** How many numbers of each series are left out. */
    readonly margin: number;
    readonly moved: readonly { series: string; year: string; typeIndex: string; was: number; now: number }[];
  }[];
  /** How many numbers of the cabinet are left out in each month. */
  readonly cabinetMargin: number;
};

const DAY_MS = 24 * 3_600_000;
/** Numbers are leased for the weeks to come too. */
const AHEAD_MS = 31 * DAY_MS;
/** What a desk among several holds unused of a series at most, with a block whose answer is under way. */
const DESK_STOCK = NUMBER_STOCK.lowWater + RESERVE_LIMITS.shared + 2 * NUMBER_STOCK.largestBlock;
/** More than people register at one desk in a day: one a minute for eight hours. */
const DESK_DAY = 500;
/** More than the whole country sends in a day. */
const CABINET_DAY = 100_000;

/**
 * Run once after a restore, before the registry is started: every series of numbers goes on beyond what desks may have been given and used since
 * the backup. Once marked, it does so again only when the database has moved or a desk has shown a longer past since, or when told.
 */
export async function markRestored({
  database,
  dataDir,
  clock,
  again,
}: Pick<RegistryOptions, 'database' | 'dataDir' | 'clock'> & { readonly again: boolean }): Promise<Restored> {
  const db: Database = database === 'embedded' ? await openEmbedded(dataDir) : openPostgres(database);
  try {
    await migrate(db);
    return await db.transaction((sql) => mark(sql, clock(), again));
  } finally {
    await db.close();
  }
}

async function mark(sql: Sql, at: string, again: boolean): Promise<Restored> {
  const courts = await sql.query<{ code: string }>('SELECT code FROM court ORDER BY code FOR NO KEY UPDATE');
  const [latest] = await sql.query<{ at: string | null; lastTrace: string | null; stands: boolean }>(
    `SELECT at, last_trace AS "lastTrace",
       home = database_home() AND NOT EXISTS (SELECT 1 FROM lost_past WHERE restoration = position) AS stands
     FROM restoration ORDER BY position DESC LIMIT 1`,
  );
  if (latest?.stands && latest.at !== null && !again)
    return { marked: false, at: latest.at, lastTrace: latest.lastTrace, days: 0, courts: [], cabinetMargin: 0 };

  const { lastTrace } = single(
    await sql.query<{ lastTrace: string | null }>(
      `SELECT greatest((SELECT max(leased_at) FROM number_block), (SELECT max(received_at) FROM filing),
         (SELECT anchored_at FROM journal_anchor ORDER BY position DESC LIMIT 1)) AS "lastTrace"`,
    ),
  );
  const now = Date.parse(at);
  const days = Math.max(1, Math.ceil((now - Date.parse(lastTrace ?? at)) / DAY_MS));
  const { position } = single(
    await sql.query<{ position: number }>(
      `INSERT INTO restoration (at, last_trace, home, anchors)
       SELECT $1, $2, database_home(), coalesce(max(position), 0) FROM journal_anchor RETURNING position`,
      [at, lastTrace],
    ),
  );
  const years = [...new Set([lastTrace ?? at, at, new Date(now + AHEAD_MS).toISOString()].map((day) => courtDayOf(day).slice(2, 4)))];
  const done: Restored['courts'][number][] = [];
  for (const { code } of courts) done.push(await moveCourt(sql, { restoration: position, court: code, years, days }));
  const cabinetMargin = CABINET_DAY * days;
  await sql.query('UPDATE cabinet_month SET last = last + $1', [cabinetMargin]);
  await sql.query('INSERT INTO cabinet_month (month, last) VALUES ($1, $2) ON CONFLICT (month) DO NOTHING', [
    courtDayOf(at).slice(2, 7).replace('-', ''),
    cabinetMargin,
  ]);
  return { marked: true, at, lastTrace, days, courts: done, cabinetMargin };
}

type Moving = { readonly restoration: number; readonly court: string; readonly years: readonly string[]; readonly days: number };

async function moveCourt(sql: Sql, { restoration, court, years, days }: Moving): Promise<Restored['courts'][number]> {
  const { workstations } = single(
    await sql.query<{ workstations: number }>(
      'SELECT count(*)::integer AS workstations FROM workstation WHERE court = $1 AND revoked_at IS NULL',
      [court],
    ),
  );
  // one of them may have been alone; one more, for a desk that was enrolled after the backup is not known any more
  const margin = RESERVE_LIMITS.alone + (workstations + 1) * (DESK_STOCK + DESK_DAY * days);
  const moved = await sql.query<Restored['courts'][number]['moved'][number]>(
    `WITH moved AS (
       UPDATE number_series SET next = next + $3, floor = next + $3 WHERE court = $2
       RETURNING court, series, year, type_index, next - $3 AS was, next AS now)
     INSERT INTO number_move (restoration, court, series, year, type_index, was, now) SELECT $1, moved.* FROM moved
     RETURNING series, year, type_index AS "typeIndex", was, now`,
    [restoration, court, margin],
  );
  for (const year of years)
    await sql.query('INSERT INTO number_margin (restoration, court, year, margin) VALUES ($1, $2, $3, $4)', [
      restoration,
      court,
      year,
      margin,
    ]);
  return { court, workstations, margin, moved };
}
