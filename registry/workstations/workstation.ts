import type { FastifyRequest } from 'fastify';

/** An enrolled desk: everything it may see and do lies within its court. */
export type Workstation = { readonly id: string; readonly court: string };

declare module 'fastify' {
  interface FastifyRequest {
    workstation: Workstation | null;
  }
}

/** The workstation that asks; only routes with workstation access may use this. */
export function workstationOf(request: FastifyRequest): Workstation {
  if (request.workstation === null) throw new Error('a route without workstation access asked for the workstation');
  return request.workstation;
}
