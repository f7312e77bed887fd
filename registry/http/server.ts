import type { SecureContextOptions } from 'node:tls';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { LIMITS, REGISTRY_PATHS } from '../../shared/registry/index.ts';
import { cabinetRoutes } from '../cabinet/routes.ts';
import { cabinetServiceRoutes } from '../cabinet/service-routes.ts';
import { checkRoutes } from '../check/routes.ts';
import { commandRoutes } from '../commands/routes.ts';
import { documentRoutes } from '../documents/routes.ts';
import { uploadRoutes } from '../documents/upload-routes.ts';
import { feedRoutes } from '../feed/routes.ts';
import { journalRoutes } from '../journal/routes.ts';
import { filingRoutes } from '../filings/routes.ts';
import { leaseRoutes } from '../leases/routes.ts';
import type { Gateway } from '../notifications/configuration.ts';
import { deliveryRoutes } from '../notifications/routes.ts';
import { numberRoutes } from '../numbers/routes.ts';
import { paymentRoutes } from '../payments/routes.ts';
import { sessionRoutes } from '../sessions/routes.ts';
import { trainingRoutes } from '../training/routes.ts';
import { courtRoutes } from '../courts/routes.ts';
import { userRoutes } from '../users/routes.ts';
import { workstationRoutes } from '../workstations/routes.ts';
import { admitAgain, authenticate } from './authenticate.ts';
import type { Registry } from './context.ts';
import { addFaults, type FaultScript } from './faults.ts';
import { createMetrics } from './metrics.ts';
import { sendProblem, type ProblemCode } from './problem.ts';
import { createRateLimit } from './rate-limit.ts';
import { routeOf } from './route-name.ts';
import { isStorable } from './storable.ts';
import { systemRoutes } from './system-routes.ts';

export type ServerOptions = {
  readonly requestsPerSecond: number;
  readonly attemptsPerSecond: number;
  readonly trustedProxies: readonly string[];
  /** `onlyKnown`: whoever has no certificate of the `ca` is refused. */
  readonly tls: (SecureContextOptions & { readonly onlyKnown: boolean }) | null;
  readonly readiness: { readonly draining: boolean };
  readonly faults: FaultScript | null;
  readonly log: (line: object) => void;
  /** Whose delivery receipts are taken. */
  readonly gateway?: Gateway | null;
};

/** A whole document over a slow line; also ends requests that trickle in. */
const REQUEST_TIMEOUT_MS = 10 * 60_000;
const SILENT_CONNECTION_MS = 60_000;
/** Where somebody could guess a code or a key. */
const ATTEMPTS: ReadonlySet<string> = new Set([
  REGISTRY_PATHS.enrol,
  REGISTRY_PATHS.token,
  REGISTRY_PATHS.signInChallenges,
  REGISTRY_PATHS.userSessions,
]);
const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

/** The HTTP server over a registry, not listening yet. */
export function buildServer(registry: Registry, options: ServerOptions): FastifyInstance {
  const { tls } = options;
  const https = tls === null ? {} : { https: { ...tls, requestCert: tls.onlyKnown, rejectUnauthorized: tls.onlyKnown } };
  const app: FastifyInstance = Fastify({
    ...https,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    bodyLimit: LIMITS.jsonBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: SILENT_CONNECTION_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOf(error) ?? 'input-invalid'),
  });
  app.removeContentTypeParser('text/plain');
  const metrics = createMetrics();

  app.addHook('onRoute', ({ url, config }) => {
    if (!config?.access) throw new Error(`the route ${url} does not say who may ask it`);
  });
  app.decorateRequest('workstation', null);
  app.addHook('onRequest', async (_request, reply) => void reply.headers(SECURITY_HEADERS));
  if (options.faults) addFaults(app, options.faults);
  const mayTry = createRateLimit(options.attemptsPerSecond, () => performance.now());
  app.addHook('onRequest', async (request, reply) => {
    if (ATTEMPTS.has(request.routeOptions.url ?? '') && !mayTry(request.ip)) return sendProblem(reply, 'too-many-requests');
  });
  app.addHook(
    'onRequest',
    authenticate(
      registry,
      createRateLimit(options.requestsPerSecond, () => performance.now()),
    ),
  );
  app.addHook('preSerialization', admitAgain(registry));
  app.addHook('preValidation', async ({ body }, reply) => {
    if (isJson(body) && !isStorable(body)) return sendProblem(reply, 'input-invalid');
  });
  // what is refused before all of it has come leaves the rest on the line, where it would hold up whatever is asked next
  app.addHook('onSend', async (request, reply) => {
    if (!request.raw.complete) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const held = Number((request.query as { wait?: unknown } | null)?.wait ?? 0) > 0;
    metrics.countRequest({
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
      seconds: held ? null : reply.elapsedTime / 1000,
    });
    options.log({
      at: registry.clock(),
      request: request.id,
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...(request.workstation ? { workstation: request.workstation.id, court: request.workstation.court } : {}),
    });
  });

  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 'not-found'));
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem === null) options.log({ at: registry.clock(), request: request.id, route: routeOf(request), ...describe(error) });
    return sendProblem(reply, problem ?? 'unexpected');
  });

  systemRoutes(app, registry, metrics, options.readiness);
  courtRoutes(app, registry);
  workstationRoutes(app, registry);
  sessionRoutes(app, registry);
  feedRoutes(app, registry);
  journalRoutes(app, registry);
  documentRoutes(app, registry);
  uploadRoutes(app, registry);
  commandRoutes(app, registry);
  leaseRoutes(app, registry);
  numberRoutes(app, registry);
  filingRoutes(app, registry);
  trainingRoutes(app, registry);
  userRoutes(app, registry);
  cabinetRoutes(app, registry);
  cabinetServiceRoutes(app, registry);
  paymentRoutes(app, registry);
  deliveryRoutes(app, registry, options.gateway ?? null);
  checkRoutes(app, registry);
  return app;
}

/** Raw bodies are streams; parsed ones are whatever JSON can be. */
const isJson = (body: unknown) => !(typeof body === 'object' && body !== null && Symbol.asyncIterator in body);

/** The refusal for an error that is no bug of ours, by its code; null for a bug. */
function problemOf(error: unknown): ProblemCode | null {
  const { code = '', statusCode = 500 } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'body-too-large';
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'media-type-unsupported';
  // connection trouble of the operating system and of PostgreSQL (classes 08 and 57P), and disks that are full (ENOSPC, EDQUOT, class 53)
  if (/^(ECONN|ENOTFOUND|ENOENT|EPIPE|ETIMEDOUT|ENOSPC|EDQUOT|08|53|57P)/.test(code)) return 'registry-unavailable';
  return statusCode >= 400 && statusCode < 500 ? 'input-invalid' : null;
}

/** What may stand in a log: the kind of error and where it happened; a message can quote the data it fell over. */
function describe(error: unknown): { error: string; code: string; statement: string; where: string[] } {
  const {
    name = 'Error',
    code = '',
    statement = '',
    stack = '',
  } = error as Partial<Record<'name' | 'code' | 'statement' | 'stack', string>>;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return { error: name, code, statement, where: frames.slice(0, 8).map((line) => line.trim()) };
}
