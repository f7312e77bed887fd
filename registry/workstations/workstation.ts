import type { FastifyRequest } from 'fastify';
import type { Sql } from '../store/database.ts';

/** An enrolled desk: everything it may see and do lies within its court. */
export type Workstation = { readonly id: string; readonly court: string };
/** With the version it has said last; null when it never said one. */
export type AskingWorkstation = Workstation & { readonly version: string | null };

declare module 'fastify' {
  interface FastifyRequest {
    workstation: AskingWorkstation | null;
  }
}

/** When a workstation was put out, itself or with its court; null while it is let in. */
export const OUT_SINCE = '(SELECT coalesce(workstation.revoked_at, court.revoked_at) FROM court WHERE code = workstation.court)';

/** Whether it was put out while its request waited. The court must be locked; what is written then was allowed when it was written. */
export async function isRevoked(sql: Sql, { id }: Workstation): Promise<boolean> {
  return (await sql.query(`SELECT 1 FROM workstation WHERE id = $1 AND ${OUT_SINCE} IS NULL`, [id])).length === 0;
}

/** The workstation that asks; only routes with workstation access may use this. */
export function workstationOf(request: FastifyRequest): AskingWorkstation {
  if (request.workstation === null) throw new Error('a route without workstation access asked for the workstation');
  return request.workstation;
}
