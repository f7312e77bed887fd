import type { NumberBlock, NumberBlockRequest } from '../../shared/registry/index.ts';
import { lockCourt } from '../courts/lock-court.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { mayLease } from '../restorations/number-guard.ts';
import { single, type Sql } from '../store/database.ts';
import { isRevoked, type Workstation } from '../workstations/workstation.ts';
import { returnedNumbers } from './return-numbers.ts';
import type { Series } from './series.ts';

/** Incoming numbers have six digits; case numbers are kept within what a person can read. */
export const LAST_NUMBER = 999_999;
const CASE_TYPE_INDEX = /^\d+[а-я]*$/;

/** Whether incoming numbers have no type index, and case numbers one. */
export const fitsSeries = ({ series, typeIndex }: Series): boolean =>
  series === 'case' ? CASE_TYPE_INDEX.test(typeIndex) : typeIndex === '';

type BlockRow = NumberBlock & { typeIndex: string };
const COLUMNS = 'id, series, year, type_index AS "typeIndex", first, last';

/**
 * Gives a workstation numbers of a series of its court: what other desks gave back, which may be fewer than asked for, else the next ones.
 * The same request id again gets the same block.
 */
export function leaseBlock(registry: Registry, workstation: Workstation, request: NumberBlockRequest): Promise<Outcome<NumberBlock>> {
  return registry.db.transaction(async (sql) => {
    if (!fitsSeries(request)) return refuse('input-invalid');
    await lockCourt(sql, workstation.court);
    if (await isRevoked(sql, workstation)) return refuse('workstation-revoked');
    const [earlier] = await sql.query<BlockRow & { asked: number }>(
      `SELECT ${COLUMNS}, coalesce(asked, last - first + 1) AS asked FROM number_block WHERE workstation = $1 AND request = $2`,
      [workstation.id, request.requestId],
    );
    if (earlier) {
      const { asked, ...block } = earlier;
      return isAnswerTo(earlier, request) && asked === request.size ? done(block) : refuse('request-id-reused');
    }

    if (!(await mayLease(sql, workstation.court))) return refuse('numbers-held');
    const range = (await takeReturned(sql, workstation.court, request)) ?? (await takeNext(sql, workstation.court, request));
    if (range === null) return refuse('numbers-exhausted');
    const inserted = await sql.query<BlockRow>(
      `INSERT INTO number_block (id, workstation, request, court, series, year, type_index, first, last, leased_at, asked, reissues)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING ${COLUMNS}`,
      [
        registry.newId(),
        workstation.id,
        request.requestId,
        workstation.court,
        request.series,
        request.year,
        request.typeIndex,
        range.first,
        range.last,
        registry.clock(),
        request.size,
        range.reissues,
      ],
    );
    return done(single(inserted));
  });
}

const isAnswerTo = (block: BlockRow, request: NumberBlockRequest) =>
  block.series === request.series && block.year === request.year && block.typeIndex === request.typeIndex;

type Range = { readonly first: number; readonly last: number; readonly reissues: string | null };

async function takeReturned(sql: Sql, court: string, request: NumberBlockRequest): Promise<Range | null> {
  const free = await returnedNumbers(sql, court, request);
  return free && { first: free.first, last: Math.min(free.last, free.first + request.size - 1), reissues: free.block };
}

async function takeNext(sql: Sql, court: string, request: NumberBlockRequest): Promise<Range | null> {
  const { next: first } = await seriesNext(sql, court, request);
  const last = first + request.size - 1;
  if (last > LAST_NUMBER) return null;
  await sql.query('UPDATE number_series SET next = $5 WHERE court = $1 AND series = $2 AND year = $3 AND type_index = $4', [
    court,
    request.series,
    request.year,
    request.typeIndex,
    last + 1,
  ]);
  return { first, last, reissues: null };
}

/** The first number of a series that was never leased; what lies below `floor` may have been leased before a restore and forgotten. */
export async function seriesNext(sql: Sql, court: string, series: Series): Promise<{ next: number; floor: number }> {
  const rows = await sql.query<{ next: number; floor: number }>(
    `INSERT INTO number_series (court, series, year, type_index, next, floor)
     SELECT $1, $2, $3, $4, 1 + coalesce(sum(margin), 0), 1 + coalesce(sum(margin), 0) FROM number_margin WHERE court = $1 AND year = $3
     ON CONFLICT (court, series, year, type_index) DO UPDATE SET next = number_series.next RETURNING next, floor`,
    [court, series.series, series.year, series.typeIndex],
  );
  return single(rows);
}

/** Whether a number lies in a block of this very workstation and has not been given back. */
export async function isLeasedTo(sql: Sql, workstation: Workstation, series: Series, number: number): Promise<boolean> {
  if (number > LAST_NUMBER) return false;
  const rows = await sql.query(
    `SELECT 1 FROM number_block b LEFT JOIN number_return r ON r.block = b.id
     WHERE b.workstation = $1 AND b.court = $2 AND b.series = $3 AND b.year = $4 AND b.type_index = $5
       AND b.first <= $6 AND b.last >= $6 AND (r.first IS NULL OR r.first > $6)`,
    [workstation.id, workstation.court, series.series, series.year, series.typeIndex, number],
  );
  return rows.length === 1;
}
