import { constants, createPrivateKey, generateKeyPairSync, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  commandProofText,
  mandateText,
  type BeginSessionRequest,
  type CommandAnswer,
  type CommandEnvelope,
  type CommandKind,
  type CommandPayload,
} from '../../../shared/registry/index.ts';
import { issue, keyOf, type Certificate, type KeyKind } from '../openssl-pki.ts';
import { keepUser, type Desk } from './desk.ts';
import { NOW_MS, type OpenRegistry } from './open-registry.ts';

/** Somebody of a court office with a key and a certificate made by OpenSSL. */
export type Person = {
  readonly id: string;
  readonly certificate: Certificate;
  readonly pem: string;
  readonly sign: (text: Buffer) => Buffer;
};

const HOUR_MS = 3_600_000;
export const hoursFromNow = (hours: number) => new Date(NOW_MS + hours * HOUR_MS).toISOString();

export function makeCertificate(kind: KeyKind = 'P-256', validity: { from?: string; to?: string } = {}): Certificate {
  const from = validity.from ?? hoursFromNow(-24 * 60);
  const key = keyOf(`person-${randomUUID()}`, kind);
  const digest = kind.startsWith('gost') ? { digest: 'md_gost12_256' } : {};
  return issue({ subject: '/CN=ӨМІРБЕКОВА ӘЛИЯ/C=KZ', key, from, to: validity.to ?? hoursFromNow(24 * 300), ...digest });
}

/** `certificates` are those on the registry's list, PEM; default: the person's own. */
export async function makePerson(
  open: OpenRegistry,
  court: string,
  roles: string[],
  given: { certificate?: Certificate; certificates?: string[] } = {},
): Promise<Person> {
  const certificate = given.certificate ?? makeCertificate();
  const pem = readFileSync(certificate.pem, 'utf8');
  const id = await keepUser(open.client, open.registry, court, roles, { certificates: given.certificates ?? [pem] });
  return { id, certificate, pem, sign: (text) => sign('sha256', text, createPrivateKey(readFileSync(certificate.key))) };
}

export const signPss = (person: Person) => (text: Buffer) =>
  sign('sha256', text, {
    key: createPrivateKey(readFileSync(person.certificate.key)),
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 32,
  });

/** A session that a desk has made for a person, and what it hands in. */
export type Mandated = { readonly request: BeginSessionRequest; readonly key: KeyObject; readonly actor: string };

/** Without `online` the nonce is the desk's own. `workstation` is the one that the person signs for. */
export async function mandate(
  desk: Desk,
  person: Person,
  more: Partial<BeginSessionRequest> & { workstation?: string; by?: (text: Buffer) => Buffer } = {},
): Promise<Mandated> {
  const { workstation = desk.id, by = person.sign, ...given } = more;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const online = given.online ?? true;
  const nonce = online ? ((await desk.call('giveChallenge')).json.nonce as string) : randomBytes(32).toString('base64url');
  const times = { notBefore: hoursFromNow(-1), notAfter: hoursFromNow(10) };
  const signed = { userId: person.id, publicKey: publicKey.export({ format: 'jwk' }).x!, ...times, nonce, ...given };
  const signature = by(Buffer.from(mandateText(workstation, signed))).toString('base64');
  const certificate = Buffer.from(person.certificate.der).toString('base64');
  return { request: { certificate, signature, ...signed, online }, key: privateKey, actor: person.id };
}

/** Signs a person in at a desk. */
export async function signIn(desk: Desk, person: Person, more: Parameters<typeof mandate>[2] = {}): Promise<Mandated> {
  const made = await mandate(desk, person, more);
  const answer = await desk.call('beginSession', { json: made.request });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.json));
  return made;
}

/** A command of the person with the proof by the session. */
export const proven = <K extends CommandKind>(
  by: Mandated,
  kind: K,
  payload: CommandPayload<K>,
  more: Partial<CommandEnvelope> = {},
): CommandEnvelope => provenAs(by, kind, payload, more);

/** The same for an envelope of any kind. */
export function provenAs(
  { request, key, actor }: Mandated,
  kind: string,
  payload: object,
  more: Partial<CommandEnvelope> = {},
): CommandEnvelope {
  const envelope: CommandEnvelope = {
    id: randomUUID(),
    kind,
    schemaVersion: 1,
    subject: 'workstation',
    actor,
    at: hoursFromNow(0),
    payload,
    session: request.publicKey,
    ...more,
  };
  return { ...envelope, proof: sign(null, Buffer.from(commandProofText(envelope)), key).toString('base64url') };
}

export const sendEnvelope = async (desk: Desk, envelope: CommandEnvelope): Promise<CommandAnswer> =>
  (await desk.call('sendCommand', { json: envelope })).json;
