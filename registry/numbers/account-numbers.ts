import { z } from 'zod';
import type { NumberAccount } from '../../shared/registry/index.ts';
import type { Sql } from '../store/database.ts';
import { usedNumbers } from './used-numbers.ts';

export const accountsQuerySchema = z.object({ series: z.enum(['incoming', 'case']), year: z.string().regex(/^\d{2}$/) });

type BlockRow = {
  id: string;
  workstationId: string;
  series: NumberAccount['series'];
  year: string;
  typeIndex: string;
  first: number;
  last: number;
  leasedAt: string;
  returnedFrom: number | null;
  returnedAt: string | null;
};

/** Every block of a series and year of a court with what became of each of its numbers: nothing is left unexplained. */
export async function accountNumbers(
  sql: Sql,
  court: string,
  { series, year }: z.infer<typeof accountsQuerySchema>,
): Promise<{ blocks: NumberAccount[] }> {
  const rows = await sql.query<BlockRow>(
    `SELECT b.id, b.workstation AS "workstationId", b.series, b.year, b.type_index AS "typeIndex", b.first, b.last, b.leased_at AS "leasedAt",
       r.first AS "returnedFrom", r.returned_at AS "returnedAt"
     FROM number_block b LEFT JOIN number_return r ON r.block = b.id
     WHERE b.court = $1 AND b.series = $2 AND b.year = $3 ORDER BY b.type_index, b.leased_at, b.first, b.id`,
    [court, series, year],
  );
  const blocks: NumberAccount[] = [];
  for (const { returnedFrom, returnedAt, ...block } of rows) {
    const end = returnedFrom === null ? block.last : returnedFrom - 1;
    const used = end < block.first ? [] : await usedNumbers(sql, court, { ...block, last: end });
    const voided = await sql.query<{ number: number }>('SELECT number FROM number_void WHERE block = $1 ORDER BY number', [block.id]);
    blocks.push({
      ...block,
      used,
      void: voided.map((row) => row.number),
      returned: returnedFrom === null || returnedAt === null ? null : { first: returnedFrom, at: returnedAt },
      open: end - block.first + 1 - used.length - voided.length,
    });
  }
  return { blocks };
}
