import type { FilingMessage } from '../../shared/registry/index.ts';
import type { Sql } from '../store/database.ts';

/** A filing with what its sender said. */
export type WholeFiling = {
  readonly id: string;
  readonly court: string;
  readonly cabinetNumber: string;
  readonly incomingNumber: string | null;
  readonly caseNumber: string | null;
  readonly joinsCase: string | null;
  readonly state: string;
  /** The one it was put before. */
  readonly judge: string | null;
  readonly message: FilingMessage;
};

const SELECT = `SELECT id, court, cabinet_number AS "cabinetNumber", incoming_number AS "incomingNumber", case_number AS "caseNumber",
  joins_case AS "joinsCase", state, judge, message FROM filing`;

/** Null for another court's filing as for one that never was. */
export async function findWholeFiling(sql: Sql, court: string, id: string): Promise<WholeFiling | null> {
  const [filing] = await sql.query<WholeFiling>(`${SELECT} WHERE id = $1 AND court = $2`, [id, court]);
  return filing ?? null;
}

/** The filing that opened a case of the court; null when the case is unknown or was there before the registry. */
export async function findOpener(sql: Sql, court: string, caseNumber: string): Promise<WholeFiling | null> {
  const [filing] = await sql.query<WholeFiling>(`${SELECT} WHERE case_number = $1 AND court = $2`, [caseNumber, court]);
  return filing ?? null;
}

/** The filing with a cabinet number, whichever court it went to. */
export async function findByNumber(sql: Sql, cabinetNumber: string): Promise<{ id: string; court: string } | null> {
  const [filing] = await sql.query<{ id: string; court: string }>('SELECT id, court FROM filing WHERE cabinet_number = $1', [
    cabinetNumber,
  ]);
  return filing ?? null;
}
