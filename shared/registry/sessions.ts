/**
 * How the proof of who a person is reaches the registry. At sign-in the desk makes an Ed25519 key for the session, and the person's own key
 * signs a mandate for it; each command of that person then carries a proof by the session's key. A session is named by its public key.
 */
import { z } from 'zod';
import { canonicalJson } from './history.ts';
import type { CommandEnvelope, CommandKind } from './messages.ts';
import { instantSchema } from './values.ts';

export const SESSION_LIMITS = {
  /** From `notBefore` to `notAfter`. */
  hours: 12,
  challengeSeconds: 5 * 60,
  /** Times of a mandate are the desk's: how far its clock may be off. */
  clockHours: 48,
  /** How long before it is handed in a mandate without a line may have been signed, and how long after it its commands are taken. */
  days: 31,
} as const;

/** The public half of the session's key: the `x` of its JWK. */
export const sessionIdSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const base64Schema = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);

export const signInChallengeSchema = z.looseObject({ nonce: z.string().max(100), expiresInSeconds: z.number().int().positive() });

/** What the person's key signs, but for the workstation. */
export type Mandate = {
  readonly userId: string;
  readonly publicKey: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly nonce: string;
};
export const beginSessionRequestSchema = z.strictObject({
  userId: z.uuid(),
  publicKey: sessionIdSchema,
  notBefore: instantSchema,
  notAfter: instantSchema,
  nonce: z.string().min(16).max(100),
  /** The nonce is a challenge of the registry; otherwise the desk's own, because it had no line. */
  online: z.boolean(),
  /** The person's certificate, DER in base64. */
  certificate: base64Schema.max(20_000),
  /** By the certificate's key over the mandate's text, in base64: RSA PKCS#1 v1.5 or PSS, or ECDSA as DER, each with SHA-256. */
  signature: base64Schema.max(4000),
});
export type BeginSessionRequest = z.infer<typeof beginSessionRequestSchema>;

export const userSessionSchema = z.looseObject({
  id: sessionIdSchema,
  userId: z.uuid(),
  notBefore: instantSchema,
  notAfter: instantSchema,
  online: z.boolean(),
  handedInAt: instantSchema,
  /** By the desk's clock, when the person signed out or locked the desk. */
  endedAt: instantSchema.nullable(),
  /** Ended by the registry, for everything that has not arrived yet. */
  revokedAt: instantSchema.nullable(),
});
export type UserSession = z.infer<typeof userSessionSchema>;

/** The text that the person's key signs, in UTF-8. */
export const mandateText = (workstationId: string, { userId, publicKey, notBefore, notAfter, nonce }: Mandate): string =>
  canonicalJson(['kense session', workstationId, userId, publicKey, notBefore, notAfter, nonce]);

/** The text that the session's key signs for a command: all of its envelope but the proof. */
export const commandProofText = (envelope: CommandEnvelope): string =>
  canonicalJson(JSON.parse(JSON.stringify({ ...envelope, proof: undefined })));

const OF_WORKSTATION: ReadonlySet<string> = new Set<CommandKind>(['act.raise', 'journal.anchor', 'number.return', 'talon.issue']);
/** Commands that a workstation sends by itself, when nobody may be signed in any more; they need no proof of a person. */
export const isOfWorkstation = (kind: string): boolean => OF_WORKSTATION.has(kind);
