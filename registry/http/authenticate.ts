import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VERSION_HEADER, versionSchema } from '../../shared/registry/index.ts';
import { readAccessToken } from '../workstations/token.ts';
import { isRevoked, OUT_SINCE } from '../workstations/workstation.ts';
import type { Registry } from './context.ts';
import { problemBody, sendProblem, type ProblemCode } from './problem.ts';
import type { RateLimit } from './rate-limit.ts';

/** Who may ask a route. Each route names one, or the server does not start. */
export type Access = 'public' | 'workstation' | 'admin' | 'cabinet';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
}

/** Decides before a body is read who asks, and whether they ask too often: per workstation, else per address; the cabinet with its token may ask freely. */
export function authenticate(registry: Registry, limit: RateLimit) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const access = request.routeOptions.config.access ?? 'public';
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
    const workstationId = access === 'workstation' && token !== null ? await readAccessToken(registry, token) : null;
    const isCabinet = access === 'cabinet' && isSameSecret(token, registry.cabinetToken); // asks for a whole country from one address
    if (!isCabinet && !limit(workstationId ?? request.ip)) return sendProblem(reply, 'too-many-requests');
    const problem =
      access === 'workstation' ? await admitWorkstation(registry, request, workstationId) : refuseToken(registry, access, token);
    return problem === null ? undefined : sendProblem(reply, problem);
  };
}

/** An answer that was held for longer than this, or waited for the feed, is given only to a workstation that has not been put out meanwhile. */
const HELD_MS = 1000;

/** Looks again, before an answer that was held goes out, whether its workstation may still have it. */
export function admitAgain(registry: Registry) {
  return async (request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> => {
    const { workstation, query } = request;
    const held = reply.elapsedTime >= HELD_MS || (query as { wait?: unknown }).wait !== undefined; // being put out itself makes the feed grow
    if (workstation === null || !held || !(await isRevoked(registry.db, workstation))) return payload;
    return problemBody(reply, 'workstation-revoked');
  };
}

async function admitWorkstation(registry: Registry, request: FastifyRequest, id: string | null): Promise<ProblemCode | null> {
  if (id === null) return 'not-signed-in';
  const [found] = await registry.db.query<{ court: string; out_since: string | null; version: string | null }>(
    `SELECT court, ${OUT_SINCE} AS out_since, version FROM workstation WHERE id = $1`,
    [id],
  );
  if (!found) return 'not-signed-in';
  if (found.out_since !== null) return 'workstation-revoked';
  const said = versionSchema.safeParse(request.headers[VERSION_HEADER]);
  const version = said.success ? said.data : found.version;
  if (version !== found.version) await registry.db.query('UPDATE workstation SET version = $2 WHERE id = $1', [id, version]);
  request.workstation = { id, court: found.court, version };
  return null;
}

function refuseToken(registry: Registry, access: Exclude<Access, 'workstation'>, token: string | null): ProblemCode | null {
  if (access === 'admin') return isSameSecret(token, registry.secrets.adminToken) ? null : 'admin-token-wrong';
  if (access === 'cabinet' && registry.mode === 'real') return isSameSecret(token, registry.cabinetToken) ? null : 'cabinet-token-wrong';
  return null;
}

/** Compares hashes, so that the time taken tells nothing. */
function isSameSecret(given: string | null, secret: string | null): boolean {
  if (given === null || secret === null) return false;
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(secret));
}
