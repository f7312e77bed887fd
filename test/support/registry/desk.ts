import { createHash, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { RunningRegistry } from '../../../registry/index.ts';
import type {
  CommandAnswer,
  CommandEnvelope,
  CommandKind,
  CommandPayload,
  FeedItem,
  FeedPage,
  KeepLeasesAnswer,
  KeepLeasesRequest,
  NumberBlock,
} from '../../../shared/registry/index.ts';
import type { Answer, Call, DocumentedClient } from './documented-client.ts';

export const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A workstation's own key. */
export type DeskKey = { publicKey: { kty: 'OKP'; crv: 'Ed25519'; x: string }; privateKey: KeyObject };

export function makeDeskKey(): DeskKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: { kty: 'OKP', crv: 'Ed25519', x: publicKey.export({ format: 'jwk' }).x! }, privateKey };
}

export type AssertionClaims = { iss?: string; sub?: string; aud?: string; exp?: number; jti?: string };

/** `nowMs` is the clock of the desk. */
export function signAssertion(key: DeskKey, id: string, nowMs: number, claims: AssertionClaims = {}): Promise<string> {
  const usual = { iss: id, sub: id, aud: 'kense-registry', exp: Math.floor(nowMs / 1000) + 120, jti: randomUUID() };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'EdDSA' }).sign(key.privateKey);
}

/** An enrolled desk of a court, signed in. */
export type Desk = {
  readonly id: string;
  readonly court: string;
  readonly key: DeskKey;
  readonly token: string;
  call(operationId: string, call?: Omit<Call, 'token'>): Promise<Answer>;
  /** Takes a new access token, after a time in which the old one has run out. */
  renewToken(): Promise<void>;
  upload(bytes: Buffer): Promise<{ sha256: string; size: number }>;
  lease(series: 'incoming' | 'case', size: number, typeIndex?: string): Promise<NumberBlock>;
  /** Takes a filing for a person; `status` 409 when another desk has it. */
  take(filingId: string, holderId: string, keep?: boolean): Promise<Answer>;
  /** The desk's word about its leases; nothing is set aside for it unless told. */
  keep(word?: Partial<KeepLeasesRequest>): Promise<KeepLeasesAnswer>;
  send<K extends CommandKind>(
    kind: K,
    payload: CommandPayload<K>,
    by: string | null,
    envelope?: Partial<CommandEnvelope>,
  ): Promise<CommandAnswer>;
  feed(after?: number): Promise<FeedItem[]>;
};

type Enrolment = { client: DocumentedClient; code: string; training: boolean; nowMs: number };

export async function enrolDesk({ client, code, training, nowMs }: Enrolment): Promise<Desk> {
  const key = makeDeskKey();
  const enrolled = await client.call('enrol', { json: { code, name: 'Desk', training, publicKey: key.publicKey } });
  if (enrolled.status !== 200) throw new Error(JSON.stringify(enrolled.json));
  const { workstationId: id, court } = enrolled.json as { workstationId: string; court: { code: string } };
  const taken = await client.call('takeToken', { json: { assertion: await signAssertion(key, id, nowMs) } });
  let token = taken.json.accessToken as string;
  const call = (operationId: string, given: Omit<Call, 'token'> = {}) => client.call(operationId, { ...given, token });
  const year = new Date(nowMs).toISOString().slice(2, 4);

  return {
    id,
    court: court.code,
    key,
    get token() {
      return token;
    },
    call,
    async renewToken() {
      token = (await client.call('takeToken', { json: { assertion: await signAssertion(key, id, nowMs) } })).json.accessToken;
    },
    async upload(bytes) {
      const answer = await call('keepDocument', { path: { sha256: sha256(bytes) }, body: new Uint8Array(bytes) });
      return answer.json;
    },
    async lease(series, size, typeIndex = series === 'case' ? '2' : '') {
      return (await call('leaseNumbers', { json: { requestId: randomUUID(), series, year, typeIndex, size } })).json;
    },
    take: (filingId, holderId, keep = true) => call('takeLease', { json: { filingId, holderId, keep } }),
    async keep(word = {}) {
      const nothing = { known: null, reserve: { count: 0, onlyAlone: false }, renew: [], release: [], giveBack: [] };
      return (await call('keepLeases', { json: { ...nothing, ...word } })).json;
    },
    async send(kind, payload, by, envelope = {}) {
      const command: CommandEnvelope = {
        id: randomUUID(),
        kind,
        schemaVersion: 1,
        subject: ('filingId' in payload ? payload.filingId : null) ?? 'journal',
        actor: by,
        at: new Date(nowMs).toISOString(),
        payload,
        ...envelope,
      };
      return (await call('sendCommand', { json: command })).json;
    },
    async feed(after = 0) {
      const items: FeedItem[] = [];
      for (let cursor = after, more = true; more;) {
        const page = (await call('readFeed', { query: { after: cursor, limit: 500 } })).json as FeedPage;
        items.push(...page.items);
        ({ cursor, more } = page);
      }
      return items;
    },
  };
}

/** A person of a court with the given roles. */
export async function keepUser(
  client: DocumentedClient,
  registry: RunningRegistry,
  court: string,
  roles: string[],
  more: object = {},
): Promise<string> {
  const user = { court, name: 'Сәуле Әбдірахманова', iin: '870131400012', roles, certificates: [], active: true, ...more };
  const kept = await client.call('keepUser', { token: registry.adminToken, json: user });
  return kept.json.id;
}
