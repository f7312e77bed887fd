import type { FastifyRequest } from 'fastify';

/** An enrolled desk: everything it may see and do lies within its court. */
export type Workstation = { readonly id: string; readonly court: string };
/** With the version it has said last; null when it never said one. */
export type AskingWorkstation = Workstation & { readonly version: string | null };

declare module 'fastify' {
  interface FastifyRequest {
    workstation: AskingWorkstation | null;
  }
}

/** The workstation that asks; only routes with workstation access may use this. */
export function workstationOf(request: FastifyRequest): AskingWorkstation {
  if (request.workstation === null) throw new Error('a route without workstation access asked for the workstation');
  return request.workstation;
}
