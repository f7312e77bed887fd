import { createPrivateKey, sign as signBytes } from 'node:crypto';
import { ReadableStream } from 'node:stream/web';
import type { z } from 'zod';
import {
  commandAnswerSchema,
  enrolAnswerSchema,
  feedLinksSchema,
  feedPageSchema,
  filingStatesPageSchema,
  healthSchema,
  journalAnchorsSchema,
  keepLeasesAnswerSchema,
  numberAccountsSchema,
  numberBlockSchema,
  problemSchema,
  REGISTRY_PATHS,
  takeLeaseAnswerSchema,
  tokenAnswerSchema,
  trainingKitSchema,
  uploadAnswerSchema,
  type CommandAnswer,
  type CommandEnvelope,
  type EnrolAnswer,
  type EnrolRequest,
  type FeedLinks,
  type FeedPage,
  type Health,
  type JournalAnchors,
  type KeepLeasesAnswer,
  type KeepLeasesRequest,
  type NumberAccount,
  type NumberBlock,
  type NumberBlockRequest,
  type RegistryFilingState,
  type TakeLeaseAnswer,
  type TakeLeaseRequest,
  type TrainingKitMessage,
} from '../../shared/registry/index.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { watchSilence, type SilenceWatch } from './silence.ts';

/** The workstation's own key: an Ed25519 private JWK that never leaves the profile. */
export type WorkstationIdentity = {
  readonly workstationId: string;
  readonly privateKey: { kty: 'OKP'; crv: 'Ed25519'; x: string; d: string };
};

export type RegistryClient = {
  health(): Promise<Result<Health>>;
  feed(after: number, limit: number): Promise<Result<FeedPage>>;
  feedLinks(after: number, limit: number): Promise<Result<FeedLinks>>;
  /** Newest first; `before` leaves out those of so many entries and more. */
  journalAnchors(before: number | null, limit: number): Promise<Result<JournalAnchors>>;
  /** Bytes of a document from an offset on. Throws RegistryFailure, so that a stream can carry it. */
  document(sha256: string, offset: number): AsyncIterable<Uint8Array>;
  /** `open` gives the bytes from their beginning; it is asked again when the access token ran out meanwhile. */
  putDocument(sha256: string, open: () => AsyncIterable<Uint8Array>): Promise<Result<null>>;
  command(envelope: CommandEnvelope): Promise<Result<CommandAnswer>>;
  leaseNumbers(request: NumberBlockRequest): Promise<Result<NumberBlock>>;
  /** What became of the court's numbers of a series and year (two digits). */
  numberAccounts(series: NumberAccount['series'], year: string): Promise<Result<NumberAccount[]>>;
  takeLease(request: TakeLeaseRequest): Promise<Result<TakeLeaseAnswer>>;
  keepLeases(request: KeepLeasesRequest): Promise<Result<KeepLeasesAnswer>>;
  filingStates(after: string | null): Promise<Result<{ filings: RegistryFilingState[]; nextAfter: string | null }>>;
  trainingKit(): Promise<Result<TrainingKitMessage | null>>;
  leaveTrainingKit(kit: TrainingKitMessage): Promise<Result<TrainingKitMessage>>;
};

/** A failure inside a stream of bytes. */
export class RegistryFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** A line on which nothing moves for so long is a dead one. */
const SILENCE_MS = 30_000;
/** An answer larger than this is not an answer. */
const ANSWER_MAX_BYTES = 32 * 1024 * 1024;

export function createRegistryClient(options: {
  url: string;
  identity: WorkstationIdentity;
  newId: () => string;
  silenceMs?: number;
}): RegistryClient {
  const silence = options.silenceMs === undefined ? {} : { silenceMs: options.silenceMs };
  let token: { value: string; usableUntilMs: number } | null = null;

  /** The assertion speaks of the registry's own time, so that a desk whose clock is off still gets in. */
  async function accessToken(): Promise<Result<string>> {
    if (token && token.usableUntilMs > Date.now()) return ok(token.value);
    const registry = await health();
    if (!registry.ok) return registry;
    const assertion = signAssertion(options.identity, Date.parse(registry.value.time), options.newId());
    const answer = await askJson(options.url, REGISTRY_PATHS.token, { ...silence, method: 'POST', json: { assertion } }, tokenAnswerSchema);
    if (!answer.ok) return answer;
    token = { value: answer.value.accessToken, usableUntilMs: Date.now() + (answer.value.expiresInSeconds - 30) * 1000 };
    return ok(token.value);
  }
  const health = () => askJson(options.url, REGISTRY_PATHS.health, silence, healthSchema);

  /** Runs a request with the access token; a token that has just run out is renewed once. */
  async function authorised<T>(run: (headers: Record<string, string>) => Promise<Result<T>>): Promise<Result<T>> {
    for (let attempt = 0; ; attempt++) {
      const access = await accessToken();
      if (!access.ok) return access;
      const result = await run({ authorization: `Bearer ${access.value}` });
      if (result.ok || attempt > 0 || result.error.params?.['status'] !== 401) return result;
      token = null;
    }
  }
  const json = <S extends z.ZodType>(path: string, schema: S, init: Omit<AskInit, 'headers'> = {}) =>
    authorised((headers) => askJson(options.url, path, { ...silence, ...init, headers }, schema));

  return {
    health,
    feed: (after, limit) => json(`${REGISTRY_PATHS.feed}?after=${after}&limit=${limit}`, feedPageSchema),
    feedLinks: (after, limit) => json(`${REGISTRY_PATHS.feedLinks}?after=${after}&limit=${limit}`, feedLinksSchema),
    journalAnchors: (before, limit) =>
      json(`${REGISTRY_PATHS.journalAnchors}?limit=${limit}${before === null ? '' : `&before=${before}`}`, journalAnchorsSchema),
    async *document(sha256, offset) {
      const response = await authorised((headers) =>
        ask(options.url, REGISTRY_PATHS.document(sha256), {
          ...silence,
          headers: offset > 0 ? { ...headers, range: `bytes=${offset}-` } : headers,
        }),
      );
      if (!response.ok)
        throw new RegistryFailure(response.error.params?.['status'] === 404 ? fail('document-missing').error : response.error);
      if (offset > 0 && response.value.status !== 206) throw new RegistryFailure(fail('registry-answer-malformed').error);
      try {
        for await (const chunk of response.value.body ?? []) yield chunk;
      } catch {
        throw new RegistryFailure(fail('registry-unreachable').error);
      }
    },
    async putDocument(sha256, open) {
      const answer = await authorised((headers) =>
        askJson(options.url, REGISTRY_PATHS.document(sha256), { ...silence, method: 'PUT', headers, body: open() }, uploadAnswerSchema),
      );
      if (!answer.ok) return answer;
      return answer.value.sha256 === sha256 ? ok(null) : fail('registry-answer-malformed');
    },
    command: (envelope) => json(REGISTRY_PATHS.commands, commandAnswerSchema, { method: 'POST', json: envelope }),
    leaseNumbers: (request) => json(REGISTRY_PATHS.numberBlocks, numberBlockSchema, { method: 'POST', json: request }),
    async numberAccounts(series, year) {
      const answer = await json(`${REGISTRY_PATHS.numberAccounts}?series=${series}&year=${year}`, numberAccountsSchema);
      return answer.ok ? ok(answer.value.blocks) : answer;
    },
    takeLease: (request) => json(REGISTRY_PATHS.leases, takeLeaseAnswerSchema, { method: 'POST', json: request }),
    keepLeases: (request) => json(REGISTRY_PATHS.keepLeases, keepLeasesAnswerSchema, { method: 'POST', json: request }),
    filingStates: (after) => json(`${REGISTRY_PATHS.filingStates}?limit=200${after ? `&after=${after}` : ''}`, filingStatesPageSchema),
    async trainingKit() {
      const answer = await json(REGISTRY_PATHS.trainingKit, trainingKitSchema);
      return !answer.ok && answer.error.params?.['status'] === 404 ? ok(null) : answer;
    },
    leaveTrainingKit: (kit) => json(REGISTRY_PATHS.trainingKit, trainingKitSchema, { method: 'PUT', json: kit }),
  };
}

/** Enrols a workstation; the only request that needs no token but a code. */
export function enrolWorkstation(url: string, request: EnrolRequest): Promise<Result<EnrolAnswer>> {
  return askJson(url, REGISTRY_PATHS.enrol, { method: 'POST', json: request }, enrolAnswerSchema);
}

function signAssertion(identity: WorkstationIdentity, nowMs: number, jti: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const seconds = Math.floor(nowMs / 1000);
  const claims = { iss: identity.workstationId, sub: identity.workstationId, aud: 'kense-registry', iat: seconds, exp: seconds + 120, jti };
  const input = `${part({ alg: 'EdDSA', typ: 'JWT' })}.${part(claims)}`;
  const key = createPrivateKey({ key: identity.privateKey, format: 'jwk' });
  return `${input}.${signBytes(null, Buffer.from(input), key).toString('base64url')}`;
}

export type AskInit = {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly json?: unknown;
  readonly body?: AsyncIterable<Uint8Array>;
  readonly silenceMs?: number;
};

/** What TLS says, in the codes of OpenSSL and of Node, when the certificate is not one that this desk trusts. */
const CERTIFICATE_TROUBLE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;

/**
 * One HTTP request. No answer is `registry-unreachable`, a certificate that cannot be trusted `registry-certificate-untrusted`; a
 * refusal carries its status and code. Redirects are not followed.
 */
export async function ask(base: string, path: string, init: AskInit): Promise<Result<Response>> {
  const watch = watchSilence(init.silenceMs ?? SILENCE_MS);
  let response: Response;
  try {
    const request: RequestInit & { duplex?: 'half' } = {
      method: init.method ?? 'GET',
      redirect: 'error',
      headers: {
        ...init.headers,
        ...(init.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(init.body ? { 'content-type': 'application/octet-stream' } : {}),
      },
      signal: watch.signal,
    };
    if (init.json !== undefined) request.body = JSON.stringify(init.json);
    if (init.body) {
      request.body = ReadableStream.from(watch.over(init.body, false)) as unknown as BodyInit;
      request.duplex = 'half';
    }
    response = await fetch(new URL(path, base), request);
  } catch (error) {
    watch.end();
    if (error instanceof TypeError && (error as { code?: string }).code === 'ERR_INVALID_URL') return fail('input-invalid');
    const cause = (error as { cause?: { code?: unknown } }).cause?.code;
    return fail(typeof cause === 'string' && CERTIFICATE_TROUBLE.test(cause) ? 'registry-certificate-untrusted' : 'registry-unreachable');
  }
  const answer = watched(response, watch);
  if (answer.ok) return ok(answer);
  const problem = problemSchema.safeParse(await answer.json().catch(() => null));
  return refusal(answer, problem.success ? problem.data.code : 'none');
}

/** The same answer, whose body keeps the watch going while it is read. */
function watched(response: Response, watch: SilenceWatch): Response {
  const { status, headers, body } = response;
  if (!body) {
    watch.end();
    return response;
  }
  return new Response(ReadableStream.from(watch.over(body, true)) as unknown as BodyInit, { status, headers });
}

/** Like ask, with a JSON answer of a known shape. */
export async function askJson<S extends z.ZodType>(base: string, path: string, init: AskInit, schema: S): Promise<Result<z.output<S>>> {
  const response = await ask(base, path, init);
  if (!response.ok) return response;
  const text = await readText(response.value);
  if (!text.ok) return text;
  try {
    const parsed = schema.safeParse(JSON.parse(text.value));
    return parsed.success ? ok(parsed.data) : fail('registry-answer-malformed');
  } catch {
    return fail('registry-answer-malformed');
  }
}

async function readText(response: Response): Promise<Result<string>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > ANSWER_MAX_BYTES) return fail('registry-answer-malformed');
      chunks.push(chunk);
    }
  } catch {
    return fail('registry-unreachable');
  }
  return ok(Buffer.concat(chunks).toString('utf8'));
}

/** Refusals become codes of ours by the registry's code and the status, never by message text. */
function refusal({ status, headers }: Response, code: string): { ok: false; error: Failure } {
  if (code === 'registry-mode-mismatch' || code === 'enrolment-code-wrong' || code === 'workstation-revoked' || code === 'update-needed')
    return fail(code);
  const retryAfterSeconds = Number(headers.get('retry-after') ?? NaN);
  if (status === 429 || status >= 500)
    return fail('registry-unreachable', { status, code, ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}) });
  return fail('registry-refused', { status, code });
}
