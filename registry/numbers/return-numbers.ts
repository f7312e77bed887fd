import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import { findFiling } from '../commands/command-context.ts';
import { single, type Sql } from '../store/database.ts';
import type { Workstation } from '../workstations/workstation.ts';
import { readNumber, type Series } from './series.ts';
import { usedNumbers } from './used-numbers.ts';

type Block = Series & { id: string; first: number; last: number };
export type NumberContext = { readonly sql: Sql; readonly workstation: Workstation; readonly now: string };

/** Takes the rest of a block back: from now on another desk may get these numbers and this one cannot use them. */
export async function returnNumbers(
  { sql, workstation, now }: NumberContext,
  payload: CommandPayload<'number.return'>,
): Promise<CommandAnswer> {
  const [block] = await sql.query<Block>(
    'SELECT id, series, year, type_index AS "typeIndex", first, last FROM number_block WHERE id = $1 AND workstation = $2',
    [payload.blockId, workstation.id],
  );
  if (!block) return refused('not-found');
  if (payload.first < block.first || payload.first > block.last) return refused('input-invalid');
  const rest = { ...block, first: payload.first };
  const used = await usedNumbers(sql, workstation.court, rest);
  const voided = await sql.query('SELECT 1 FROM number_void WHERE block = $1 AND number >= $2 LIMIT 1', [block.id, payload.first]);
  if (used.length > 0 || voided.length > 0) return conflict('number-taken');
  const returned = await sql.query(
    'INSERT INTO number_return (block, first, returned_at) VALUES ($1, $2, $3) ON CONFLICT (block) DO NOTHING RETURNING block',
    [block.id, payload.first, now],
  );
  return returned.length === 1 ? applied(null) : conflict('number-not-leased');
}

/** Keeps on record that numbers were bound at a desk and hold nothing. A number that a filing has cannot be void. */
export async function voidNumbers(
  { sql, workstation, now }: NumberContext,
  payload: CommandPayload<'number.void'>,
): Promise<CommandAnswer> {
  const filing = await findFiling({ sql, workstation }, payload.filingId);
  if (!filing) return refused('not-found');
  for (const text of [payload.incomingNumber, ...(payload.caseNumber === null ? [] : [payload.caseNumber])]) {
    const number = readNumber(text);
    if (!number) return refused('input-invalid');
    const [block] = await sql.query<Block>(
      `SELECT b.id, b.first, b.last FROM number_block b LEFT JOIN number_return r ON r.block = b.id
       WHERE b.workstation = $1 AND b.court = $2 AND b.court = $3 AND b.series = $4 AND b.year = $5 AND b.type_index = $6
         AND b.first <= $7 AND least(b.last, coalesce(r.first - 1, b.last)) >= $7`,
      [workstation.id, workstation.court, number.court, number.series, number.year, number.typeIndex, number.sequence],
    );
    if (!block) return conflict('number-not-leased');
    const used = await usedNumbers(sql, workstation.court, { ...number, first: number.sequence, last: number.sequence });
    if (used.length > 0) return conflict('number-taken');
    await sql.query('INSERT INTO number_void (block, number, filing, voided_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
      block.id,
      number.sequence,
      filing.id,
      now,
    ]);
  }
  return applied(null);
}

/** The lowest numbers that were given back and are nobody's yet; null when there are none. After a restore those of before are left out: they may be somebody's. The court must be locked. */
export async function returnedNumbers(
  sql: Sql,
  court: string,
  series: Series,
): Promise<{ block: string; first: number; last: number } | null> {
  const [row] = await sql.query<{ block: string; first: number; last: number }>(
    `SELECT b.id AS block, greatest(r.first, coalesce((SELECT max(n.last) + 1 FROM number_block n WHERE n.reissues = b.id), 0)) AS first, b.last
     FROM number_return r JOIN number_block b ON b.id = r.block JOIN number_series s USING (court, series, year, type_index)
     WHERE b.court = $1 AND b.series = $2 AND b.year = $3 AND b.type_index = $4 AND b.first >= s.floor
       AND coalesce((SELECT max(n.last) FROM number_block n WHERE n.reissues = b.id), r.first - 1) < b.last
     ORDER BY 2 LIMIT 1`,
    [court, series.series, series.year, series.typeIndex],
  );
  return row ?? null;
}

export const isVoid = async (sql: Sql, court: string, series: Series, number: number): Promise<boolean> =>
  single(
    await sql.query<{ void: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM number_void v JOIN number_block b ON b.id = v.block
         WHERE b.court = $1 AND b.series = $2 AND b.year = $3 AND b.type_index = $4 AND v.number = $5) AS void`,
      [court, series.series, series.year, series.typeIndex, number],
    ),
  ).void;
