import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import { noteUnknownNumbers } from '../restorations/number-guard.ts';
import { fitsSeries, LAST_NUMBER, seriesNext } from './lease-block.ts';
import type { NumberContext } from './return-numbers.ts';
import { usedNumbers } from './used-numbers.ts';

/**
 * A registry that was put back to an earlier day hears which numbers a desk has bound under a block that is forgotten here. They become a block of
 * that desk when nobody else has one of them. Numbers that no restoration on record has left out show that there was another.
 */
export async function claimNumbers(
  { sql, workstation, now }: NumberContext,
  { series, year, typeIndex, first, last }: CommandPayload<'number.claim'>,
  ids: { readonly block: string; readonly request: string },
): Promise<CommandAnswer> {
  const named = { series, year, typeIndex };
  if (!fitsSeries(named) || first > last || last > LAST_NUMBER) return refused('input-invalid');
  const { court } = workstation;
  const range = [court, series, year, typeIndex, first, last];
  const met = await sql.query<{ own: boolean }>(
    `SELECT b.workstation = $7 AND b.first <= $5 AND b.last >= $6 AND (r.first IS NULL OR r.first > $6) AS own
     FROM number_block b LEFT JOIN number_return r ON r.block = b.id
     WHERE b.court = $1 AND b.series = $2 AND b.year = $3 AND b.type_index = $4 AND b.first <= $6 AND b.last >= $5`,
    [...range, workstation.id],
  );
  if (met.some(({ own }) => own)) return applied(null);
  const { next, floor } = await seriesNext(sql, court, named);
  if (last >= floor) await noteUnknownNumbers(sql, workstation, now);
  if (met.length > 0 || (await usedNumbers(sql, court, { ...named, first, last })).length > 0) return conflict('number-taken');
  await sql.query(
    `INSERT INTO number_block (court, series, year, type_index, first, last, id, workstation, request, leased_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [...range, ids.block, workstation.id, ids.request, now],
  );
  await sql.query('UPDATE number_series SET next = $5 WHERE court = $1 AND series = $2 AND year = $3 AND type_index = $4', [
    court,
    series,
    year,
    typeIndex,
    Math.max(next, last + 1),
  ]);
  return applied(null);
}
