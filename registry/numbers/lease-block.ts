import type { NumberBlock, NumberBlockRequest } from '../../shared/registry/index.ts';
import { lockCourt } from '../courts/lock-court.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { single, type Sql } from '../store/database.ts';
import type { Workstation } from '../workstations/workstation.ts';

/** Incoming numbers have six digits; case numbers are kept within what a person can read. */
const LAST_NUMBER = 999_999;
const CASE_TYPE_INDEX = /^\d+[а-я]*$/;

export type Series = Pick<NumberBlockRequest, 'series' | 'year' | 'typeIndex'>;
type BlockRow = NumberBlock & { typeIndex: string };
const COLUMNS = 'id, series, year, type_index AS "typeIndex", first, last';

/** Gives a workstation the next numbers of a series of its court, for good. The same request id again gets the same block. */
export function leaseBlock(registry: Registry, workstation: Workstation, request: NumberBlockRequest): Promise<Outcome<NumberBlock>> {
  return registry.db.transaction(async (sql) => {
    if (request.series === 'case' ? !CASE_TYPE_INDEX.test(request.typeIndex) : request.typeIndex !== '') return refuse('input-invalid');
    await lockCourt(sql, workstation.court);
    const [earlier] = await sql.query<BlockRow>(`SELECT ${COLUMNS} FROM number_block WHERE workstation = $1 AND request = $2`, [
      workstation.id,
      request.requestId,
    ]);
    if (earlier) return isAnswerTo(earlier, request) ? done(earlier) : refuse('request-id-reused');

    const first = await seriesNext(sql, workstation.court, request);
    const last = first + request.size - 1;
    if (last > LAST_NUMBER) return refuse('numbers-exhausted');
    await sql.query('UPDATE number_series SET next = $5 WHERE court = $1 AND series = $2 AND year = $3 AND type_index = $4', [
      workstation.court,
      request.series,
      request.year,
      request.typeIndex,
      last + 1,
    ]);
    const inserted = await sql.query<BlockRow>(
      `INSERT INTO number_block (id, workstation, request, court, series, year, type_index, first, last, leased_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING ${COLUMNS}`,
      [
        registry.newId(),
        workstation.id,
        request.requestId,
        workstation.court,
        request.series,
        request.year,
        request.typeIndex,
        first,
        last,
        registry.clock(),
      ],
    );
    return done(single(inserted));
  });
}

const isAnswerTo = (block: BlockRow, request: NumberBlockRequest) =>
  block.series === request.series &&
  block.year === request.year &&
  block.typeIndex === request.typeIndex &&
  block.last - block.first + 1 === request.size;

async function seriesNext(sql: Sql, court: string, series: Series): Promise<number> {
  const rows = await sql.query<{ next: number }>(
    `INSERT INTO number_series (court, series, year, type_index, next) VALUES ($1, $2, $3, $4, 1)
     ON CONFLICT (court, series, year, type_index) DO UPDATE SET next = number_series.next RETURNING next`,
    [court, series.series, series.year, series.typeIndex],
  );
  return single(rows).next;
}

/** Whether a number lies in a block of this very workstation. */
export async function isLeasedTo(sql: Sql, workstation: Workstation, series: Series, number: number): Promise<boolean> {
  if (number > LAST_NUMBER) return false;
  const rows = await sql.query(
    `SELECT 1 FROM number_block WHERE workstation = $1 AND court = $2 AND series = $3 AND year = $4 AND type_index = $5 AND first <= $6 AND last >= $6`,
    [workstation.id, workstation.court, series.series, series.year, series.typeIndex, number],
  );
  return rows.length === 1;
}
