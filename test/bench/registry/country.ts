import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { formatCaseNumber, formatIncomingNumber } from '../../../shared/domain/case-number.ts';
import {
  commandProofText,
  mandateText,
  REGISTRY_PATHS,
  type CommandAnswer,
  type CommandEnvelope,
  type CommandKind,
  type CommandPayload,
  type FeedPage,
  type FilingMessage,
  type NumberBlock,
  type TakeLeaseAnswer,
} from '../../../shared/registry/index.ts';
import { issue, keyOf } from '../../support/openssl-pki.ts';
import { inLanes, type LoadClient } from './http-load.ts';

const DOCUMENTS = 5;
const DOCUMENT_BYTES = 8 * 1024;
const TALON_BYTES = 30 * 1024;
const YEAR = new Date().toISOString().slice(2, 4);
const FEED_LIMIT = 500;

/** A workstation that does what a real one says to the registry, without windows and without drawing talons. */
export type SimulatedDesk = {
  readonly court: string;
  /** Reads the feed to its end; answers the filings that came. */
  readFeed(): Promise<FilingMessage[]>;
  /** From the very beginning, as a desk that has been away. */
  readFeedAnew(): Promise<FilingMessage[]>;
  /** Has read up to this place, and goes on from there. */
  startAt(seq: number): void;
  /** Fetches the documents, takes the lease, registers under the next numbers, issues the talon. */
  register(filing: FilingMessage): Promise<void>;
};
export type Country = { readonly courts: readonly { readonly code: string; readonly desks: readonly SimulatedDesk[] }[] };

type Started = {
  readonly client: LoadClient;
  readonly adminToken: string;
  readonly courts: readonly { code: string; enrolmentCode: string }[];
};

/** Enrols the desks of every court and a secretary for each court. */
export async function settleCountry({ client, adminToken, courts }: Started, desksPerCourt: number): Promise<Country> {
  const secretaryCertificate = issue({
    subject: '/CN=SECRETARY/C=KZ',
    key: keyOf('secretary', 'P-256'),
    from: inHours(-48),
    to: inHours(48),
  });
  const pem = readFileSync(secretaryCertificate.pem, 'utf8');
  const person = {
    certificate: Buffer.from(secretaryCertificate.der).toString('base64'),
    key: createPrivateKey(readFileSync(secretaryCertificate.key)),
  };
  const settled: { code: string; desks: SimulatedDesk[] }[] = [];
  await inLanes(8, courts, async ({ code, enrolmentCode }) => {
    const user = { court: code, name: 'Хатшы', iin: '870131400012', roles: ['secretary'], certificates: [pem], active: true };
    const { id: secretary } = await client.json<{ id: string }>('keep user', {
      method: 'POST',
      path: '/v1/admin/users',
      token: adminToken,
      json: user,
    });
    const desks: SimulatedDesk[] = [];
    for (let i = 0; i < desksPerCourt; i++) desks.push(await settleDesk(client, code, enrolmentCode, { ...person, id: secretary }));
    settled.push({ code, desks });
  });
  return { courts: settled };
}

async function settleDesk(client: LoadClient, court: string, code: string, secretary: Secretary): Promise<SimulatedDesk> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const x = publicKey.export({ format: 'jwk' }).x!;
  const enrolment = { code, name: 'Desk', training: true, publicKey: { kty: 'OKP', crv: 'Ed25519', x } };
  const { workstationId } = await client.json<{ workstationId: string }>('enrol', {
    method: 'POST',
    path: REGISTRY_PATHS.enrol,
    json: enrolment,
  });
  let token = '';
  let renewAt = 0;
  const access = async () => {
    if (performance.now() < renewAt) return token;
    const json = { assertion: await assertion(privateKey, workstationId) };
    const answer = await client.json<{ accessToken: string; expiresInSeconds: number }>('token', {
      method: 'POST',
      path: REGISTRY_PATHS.token,
      json,
    });
    token = answer.accessToken;
    renewAt = performance.now() + (answer.expiresInSeconds - 60) * 1000;
    return token;
  };
  const stock = new Map<string, { next: number; last: number }>();
  const nextNumber = async (series: 'incoming' | 'case', typeIndex: string): Promise<number> => {
    const block = stock.get(series);
    if (block && block.next <= block.last) return block.next++;
    const json = { requestId: randomUUID(), series, year: YEAR, typeIndex, size: 100 };
    const leased = await client.json<NumberBlock>('number block', {
      method: 'POST',
      path: REGISTRY_PATHS.numberBlocks,
      token: await access(),
      json,
    });
    stock.set(series, { next: leased.first + 1, last: leased.last });
    return leased.first;
  };
  const session = await beginSession(client, workstationId, secretary, await access());
  const command = async <K extends CommandKind>(kind: K, subject: string, payload: CommandPayload<K>): Promise<void> => {
    const envelope: CommandEnvelope = {
      id: randomUUID(),
      kind,
      schemaVersion: 1,
      subject,
      actor: secretary.id,
      at: new Date().toISOString(),
      payload,
      session: session.id,
    };
    const proof = sign(null, Buffer.from(commandProofText(envelope)), session.key).toString('base64url');
    const answer = await client.json<CommandAnswer>(kind, {
      method: 'POST',
      path: REGISTRY_PATHS.commands,
      token: await access(),
      json: { ...envelope, proof },
    });
    if (answer.outcome !== 'applied') throw new Error(`${kind}: ${answer.outcome} ${answer.code ?? ''}`);
  };
  let cursor = 0;
  let start = 0;
  const readFeed = async () => {
    const came: FilingMessage[] = [];
    for (let more = true; more;) {
      const path = `${REGISTRY_PATHS.feed}?after=${cursor}&limit=${FEED_LIMIT}`;
      const page = await client.json<FeedPage>('feed page', { path, token: await access() });
      for (const item of page.items) if (item.kind === 'filing.submitted') came.push(item.data as FilingMessage);
      ({ cursor, more } = page);
    }
    return came;
  };
  return {
    court,
    readFeed,
    readFeedAnew: () => ((cursor = start), readFeed()),
    startAt: (seq) => void (cursor = start = seq),
    async register(filing) {
      for (const { sha256 } of filing.documents)
        await client.send('download', { path: REGISTRY_PATHS.document(sha256), token: await access() });
      const taking = { filingId: filing.id, holderId: secretary.id, keep: true };
      const { lease } = await client.json<TakeLeaseAnswer>('take lease', {
        method: 'POST',
        path: REGISTRY_PATHS.leases,
        token: await access(),
        json: taking,
      });
      await command('filing.register', filing.id, {
        filingId: filing.id,
        incomingNumber: formatIncomingNumber(court, YEAR, await nextNumber('incoming', '')),
        caseNumber: formatCaseNumber({ court, year: YEAR, typeIndex: '2', sequence: await nextNumber('case', '2') }),
        joinsCase: null,
        registeredAt: new Date().toISOString(),
        verdict: 'valid',
        flagged: false,
        defects: [],
        leaseId: lease.id,
      });
      const talon = randomBytes(TALON_BYTES);
      const sha256 = sha256Of(talon);
      await client.send('upload', { method: 'PUT', path: REGISTRY_PATHS.document(sha256), token: await access(), bytes: talon });
      await command('talon.issue', filing.id, { filingId: filing.id, sha256, size: talon.length, qr: 'KENSE1'.padEnd(300, 'A') });
    },
  };
}

/** The person at a desk; every court's has the same key. */
type Secretary = { readonly id: string; readonly certificate: string; readonly key: KeyObject };

async function beginSession(client: LoadClient, workstation: string, secretary: Secretary, token: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const id = publicKey.export({ format: 'jwk' }).x!;
  const nonce = randomBytes(32).toString('base64url');
  const mandate = { userId: secretary.id, publicKey: id, notBefore: inHours(-1), notAfter: inHours(10), nonce };
  const signature = sign('sha256', Buffer.from(mandateText(workstation, mandate)), secretary.key).toString('base64');
  const json = { ...mandate, online: false, certificate: secretary.certificate, signature };
  await client.json('begin session', { method: 'POST', path: REGISTRY_PATHS.userSessions, token, json });
  return { id, key: privateKey };
}

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

const assertion = (key: KeyObject, id: string) =>
  new SignJWT({ iss: id, sub: id, aud: 'kense-registry', exp: Math.floor(Date.now() / 1000) + 120, jti: randomUUID() })
    .setProtectedHeader({ alg: 'EdDSA' })
    .sign(key);

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** One filing as the cabinet sends it: five documents of 8 KiB, then the filing that names them. */
export async function submit(client: LoadClient, cabinetToken: string, court: string): Promise<void> {
  const documents = [];
  for (let i = 0; i < DOCUMENTS; i++) {
    const bytes = randomBytes(DOCUMENT_BYTES);
    await client.send('upload', { method: 'POST', path: REGISTRY_PATHS.cabinetUpload, token: cabinetToken, bytes });
    documents.push({
      role: i === 0 ? 'claim' : 'annex',
      title: `Құжат ${i + 1}`,
      fileName: `${i + 1}.pdf`,
      size: bytes.length,
      sha256: sha256Of(bytes),
      signatures: [],
    });
  }
  const party = (side: string) => ({
    side,
    type: 'person',
    iin: '870131400012',
    name: 'Әлия Қуанышқызы Өмірбекова',
    address: 'Астана, Қабанбай батыр 1',
    phone: '+77010000000',
    email: null,
  });
  const filing = {
    court,
    kind: 'claim',
    language: 'kk',
    category: '2.1',
    claimValue: '1234567.50',
    parties: [party('claimant'), party('respondent')],
    documents,
  };
  await client.json('submit', { method: 'POST', path: REGISTRY_PATHS.cabinetFilings, token: cabinetToken, json: filing });
}
