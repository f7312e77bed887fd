/** How a desk becomes one of a court, and what it asks before it works. */
import { z } from 'zod';
import { courtCodeSchema, idSchema, instantSchema, textSchema } from './values.ts';
import { versionSchema } from './versions.ts';

export const courtSchema = z.looseObject({ code: courtCodeSchema, nameKk: textSchema(300), nameRu: textSchema(300) });
export type Court = z.infer<typeof courtSchema>;

export const healthSchema = z.looseObject({
  status: z.literal('ok'),
  mode: z.enum(['training', 'real']),
  protocol: z.number().int(),
  time: instantSchema,
  /** Public Ed25519 key (JWK `x`) of the registry's signatures; a desk keeps the first one it sees. */
  historyKey: textSchema(100).optional(),
  /** When the database was last put back to an earlier day; absent when it never was. */
  restoredAt: instantSchema.optional(),
  /** The oldest protocol that is still spoken here. */
  minimumProtocol: z.number().int().optional(),
  /** Commands of an older desk wait until it has been updated. */
  minimumDesk: versionSchema.optional(),
});
export type Health = z.infer<typeof healthSchema>;
export type RegistryMode = Health['mode'];

/** What a proxy asks to know whether requests may come here. */
export const readySchema = z.looseObject({ status: z.literal('ready') });

/** Enrolment: the workstation makes its own Ed25519 key and sends the public half (JWK) with the court's one-time code. */
export const enrolRequestSchema = z.strictObject({
  code: textSchema(100),
  name: textSchema(200),
  training: z.boolean(),
  publicKey: z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: textSchema(100) }),
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;
export const enrolAnswerSchema = z.looseObject({ workstationId: idSchema, court: courtSchema, mode: z.enum(['training', 'real']) });
export type EnrolAnswer = z.infer<typeof enrolAnswerSchema>;

/** A signed assertion (JWT, EdDSA, `iss`=`sub`=workstation id, `aud`=`kense-registry`, `exp` ≤ 5 minutes, `jti` once) buys an access token. */
export const tokenRequestSchema = z.strictObject({ assertion: textSchema(4000) });
export const tokenAnswerSchema = z.looseObject({ accessToken: z.string(), expiresInSeconds: z.number().int().positive() });

/** Training only: the first desk leaves its kit (CA, people, keys), the next ones take the same. Opaque to the registry but for `users`. */
export const trainingKitSchema = z.looseObject({
  users: z.array(
    z.looseObject({ id: idSchema, name: textSchema(400), iin: z.string().nullable(), roles: z.array(z.string()), certificate: z.string() }),
  ),
  kit: z.unknown(),
});
export type TrainingKitMessage = z.infer<typeof trainingKitSchema>;
