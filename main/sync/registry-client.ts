import { createPrivateKey, sign as signBytes } from 'node:crypto';
import type { Dispatcher } from 'undici';
import type { z } from 'zod';
import {
  administrationPageSchema,
  commandAnswerSchema,
  courtWorkstationsSchema,
  deliveriesSchema,
  enrolAnswerSchema,
  feedLinksSchema,
  feedPageSchema,
  filingStateSchema,
  filingStatesPageSchema,
  healthSchema,
  journalAnchorsSchema,
  keepLeasesAnswerSchema,
  numberAccountsSchema,
  numberBlockSchema,
  REGISTRY_PATHS,
  signInChallengeSchema,
  takeLeaseAnswerSchema,
  tokenAnswerSchema,
  trainingKitSchema,
  uploadAnswerSchema,
  userSessionSchema,
  type AdministrationPage,
  type AskAdministration,
  type BeginSessionRequest,
  VERSION_HEADER,
  type CommandAnswer,
  type CommandEnvelope,
  type CourtWorkstations,
  type Delivery,
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
  type UserSession,
} from '../../shared/registry/index.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { ask, askJson, SILENCE_MS, type AskInit, type Line } from './ask.ts';
import type { Asking } from './resumable-upload.ts';

/** The workstation's own key: an Ed25519 private JWK that never leaves the profile. */
export type WorkstationIdentity = {
  readonly workstationId: string;
  readonly privateKey: { kty: 'OKP'; crv: 'Ed25519'; x: string; d: string };
};

export type RegistryClient = {
  health(): Promise<Result<Health>>;
  /** A nonce for the mandate of a session. */
  signInChallenge(): Promise<Result<{ nonce: string }>>;
  beginSession(request: BeginSessionRequest): Promise<Result<UserSession>>;
  /** `at` is by the desk's clock. */
  endSession(id: string, at: string): Promise<Result<UserSession>>;
  feed(after: number, limit: number): Promise<Result<FeedPage>>;
  /** Waits for so many seconds, at most, for the feed to go on after a place; the page has one item or none. */
  awaitFeed(after: number, seconds: number, signal: AbortSignal): Promise<Result<FeedPage>>;
  feedLinks(after: number, limit: number): Promise<Result<FeedLinks>>;
  /** Newest first; `before` leaves out those of so many entries and more. */
  journalAnchors(before: number | null, limit: number): Promise<Result<JournalAnchors>>;
  /** A request of this workstation. */
  ask: Asking;
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
  /** One filing; null when the court has none with this id. */
  filingState(id: string): Promise<Result<RegistryFilingState | null>>;
  filingStates(after: string | null): Promise<Result<{ filings: RegistryFilingState[]; nextAfter: string | null }>>;
  /** How those named in what the court did about a filing were told; none for a filing that the registry does not know. */
  deliveries(filingId: string): Promise<Result<Delivery[]>>;
  /** The workstations of the court and the codes that wait for one. */
  courtWorkstations(): Promise<Result<CourtWorkstations>>;
  /** What was changed of the court's people, workstations, rules and names, newest first. */
  administrationEntries(asked: AskAdministration): Promise<Result<AdministrationPage>>;
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

export function createRegistryClient(options: {
  url: string;
  identity: WorkstationIdentity;
  newId: () => string;
  silenceMs?: number;
  dispatcher?: Dispatcher;
  /** Of this program; the registry says which are too old. */
  version?: string;
}): RegistryClient {
  const line: Line = {
    ...(options.silenceMs === undefined ? {} : { silenceMs: options.silenceMs }),
    ...(options.dispatcher === undefined ? {} : { dispatcher: options.dispatcher }),
  };
  const version: Record<string, string> = options.version === undefined ? {} : { [VERSION_HEADER]: options.version };
  let token: { value: string; usableUntilMs: number } | null = null;

  /** The assertion speaks of the registry's own time, so that a desk whose clock is off still gets in. */
  async function accessToken(): Promise<Result<string>> {
    if (token && token.usableUntilMs > Date.now()) return ok(token.value);
    const registry = await health();
    if (!registry.ok) return registry;
    const assertion = signAssertion(options.identity, Date.parse(registry.value.time), options.newId());
    const answer = await askJson(options.url, REGISTRY_PATHS.token, { ...line, method: 'POST', json: { assertion } }, tokenAnswerSchema);
    if (!answer.ok) return answer;
    token = { value: answer.value.accessToken, usableUntilMs: Date.now() + (answer.value.expiresInSeconds - 30) * 1000 };
    return ok(token.value);
  }
  const health = () => askJson(options.url, REGISTRY_PATHS.health, line, healthSchema);

  /** Runs a request with the access token; a token that has just run out is renewed once. */
  async function authorised<T>(run: (headers: Record<string, string>) => Promise<Result<T>>): Promise<Result<T>> {
    for (let attempt = 0; ; attempt++) {
      const access = await accessToken();
      if (!access.ok) return access;
      const result = await run({ ...version, authorization: `Bearer ${access.value}` });
      if (result.ok || attempt > 0 || result.error.params?.['status'] !== 401) return result;
      token = null;
    }
  }
  const json = <S extends z.ZodType>(path: string, schema: S, init: Omit<AskInit, 'headers'> = {}) =>
    authorised((headers) => askJson(options.url, path, { ...line, ...init, headers }, schema));

  return {
    health,
    signInChallenge: () => json(REGISTRY_PATHS.signInChallenges, signInChallengeSchema, { method: 'POST' }),
    beginSession: (request) => json(REGISTRY_PATHS.userSessions, userSessionSchema, { method: 'POST', json: request }),
    endSession: (id, at) => json(`${REGISTRY_PATHS.userSession(id)}?at=${encodeURIComponent(at)}`, userSessionSchema, { method: 'DELETE' }),
    feed: (after, limit) => json(`${REGISTRY_PATHS.feed}?after=${after}&limit=${limit}`, feedPageSchema),
    awaitFeed: (after, seconds, signal) =>
      json(`${REGISTRY_PATHS.feed}?after=${after}&limit=1&wait=${seconds}`, feedPageSchema, {
        signal,
        silenceMs: seconds * 1000 + (line.silenceMs ?? SILENCE_MS), // nothing moves while the registry waits
      }),
    feedLinks: (after, limit) => json(`${REGISTRY_PATHS.feedLinks}?after=${after}&limit=${limit}`, feedLinksSchema),
    journalAnchors: (before, limit) =>
      json(`${REGISTRY_PATHS.journalAnchors}?limit=${limit}${before === null ? '' : `&before=${before}`}`, journalAnchorsSchema),
    ask: (path, init) =>
      authorised((headers) => {
        const { headers: more, ...rest } = init();
        return ask(options.url, path, { ...line, ...rest, headers: { ...more, ...headers } });
      }),
    async *document(sha256, offset) {
      const response = await authorised((headers) =>
        ask(options.url, REGISTRY_PATHS.document(sha256), {
          ...line,
          headers: offset > 0 ? { ...headers, range: `bytes=${offset}-`, 'if-range': `"${sha256}"` } : headers,
        }),
      );
      if (!response.ok)
        throw new RegistryFailure(response.error.params?.['status'] === 404 ? fail('document-missing').error : response.error);
      let surplus = surplusOf(response.value, sha256, offset);
      if (surplus === null) {
        await response.value.body?.cancel();
        throw new RegistryFailure(fail('registry-answer-malformed').error);
      }
      try {
        for await (const chunk of (response.value.body ?? []) as AsyncIterable<Uint8Array>) {
          if (chunk.length > surplus) yield chunk.subarray(surplus);
          surplus = Math.max(0, surplus - chunk.length);
        }
      } catch {
        throw new RegistryFailure(fail('registry-unreachable').error);
      }
    },
    async putDocument(sha256, open) {
      const answer = await authorised((headers) =>
        askJson(options.url, REGISTRY_PATHS.document(sha256), { ...line, method: 'PUT', headers, body: open() }, uploadAnswerSchema),
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
    courtWorkstations: () => json(REGISTRY_PATHS.workstations, courtWorkstationsSchema),
    administrationEntries: (asked) => json(REGISTRY_PATHS.administrationEntries, administrationPageSchema, { method: 'POST', json: asked }),
    takeLease: (request) => json(REGISTRY_PATHS.leases, takeLeaseAnswerSchema, { method: 'POST', json: request }),
    keepLeases: (request) => json(REGISTRY_PATHS.keepLeases, keepLeasesAnswerSchema, { method: 'POST', json: request }),
    async filingState(id) {
      const answer = await json(REGISTRY_PATHS.filingState(id), filingStateSchema);
      return !answer.ok && answer.error.params?.['status'] === 404 ? ok(null) : answer;
    },
    filingStates: (after) => json(`${REGISTRY_PATHS.filingStates}?limit=200${after ? `&after=${after}` : ''}`, filingStatesPageSchema),
    async deliveries(filingId) {
      const answer = await json(REGISTRY_PATHS.deliveries(filingId), deliveriesSchema);
      if (answer.ok) return ok(answer.value.deliveries);
      return answer.error.params?.['status'] === 404 ? ok([]) : answer;
    },
    async trainingKit() {
      const answer = await json(REGISTRY_PATHS.trainingKit, trainingKitSchema);
      return !answer.ok && answer.error.params?.['status'] === 404 ? ok(null) : answer;
    },
    leaveTrainingKit: (kit) => json(REGISTRY_PATHS.trainingKit, trainingKitSchema, { method: 'PUT', json: kit }),
  };
}

/** How many bytes of the answer are here already: none of the range asked for, all before it of the same document; null when the answer is neither. */
function surplusOf({ status, headers }: Response, sha256: string, offset: number): number | null {
  if (offset === 0 && status === 200) return 0;
  if (status === 206) return (headers.get('content-range') ?? '').startsWith(`bytes ${offset}-`) ? 0 : null;
  return headers.get('etag') === `"${sha256}"` ? offset : null;
}

/** Enrols a workstation; the only request that needs no token but a code. */
export function enrolWorkstation(url: string, request: EnrolRequest, dispatcher?: Dispatcher): Promise<Result<EnrolAnswer>> {
  const line: Line = dispatcher === undefined ? {} : { dispatcher };
  return askJson(url, REGISTRY_PATHS.enrol, { ...line, method: 'POST', json: request }, enrolAnswerSchema);
}

function signAssertion(identity: WorkstationIdentity, nowMs: number, jti: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const seconds = Math.floor(nowMs / 1000);
  const claims = { iss: identity.workstationId, sub: identity.workstationId, aud: 'kense-registry', iat: seconds, exp: seconds + 120, jti };
  const input = `${part({ alg: 'EdDSA', typ: 'JWT' })}.${part(claims)}`;
  const key = createPrivateKey({ key: identity.privateKey, format: 'jwk' });
  return `${input}.${signBytes(null, Buffer.from(input), key).toString('base64url')}`;
}
