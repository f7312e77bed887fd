import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { instantSchema, type TrainingKitMessage } from '../../shared/registry/index.ts';

const pem = z.string().startsWith('-----BEGIN ');
/** A certificate and its private key, PEM; keys are PKCS#8 without a passphrase: they open nothing outside training. */
const credentialsSchema = z.strictObject({ certificate: pem, privateKey: pem });

const personFields = {
  ...credentialsSchema.shape,
  /** As people write it: surname, name, patronymic. */
  name: z.string(),
  iin: z.string(),
};

const citizenSchema = z.strictObject({
  ...personFields,
  key: z.string().regex(/^[a-z]+$/),
  kind: z.enum(['individual', 'organisation-head', 'representative']),
  organisation: z.string().nullable(),
  bin: z.string().nullable(),
  address: z.string(),
  phone: z.string(),
  email: z.string(),
  authority: z.enum(['issuing', 'ocspOnly']),
  revokedAt: instantSchema.nullable(),
});
export type TrainingCitizen = z.infer<typeof citizenSchema>;

/**
 * A court's training PKI with its people: what the first desk leaves at a training registry and the next ones take.
 * `authorities.ocspOnly` issues certificates that name an OCSP address nobody answers, and no CRL.
 */
const trainingKitSchema = z.strictObject({
  version: z.literal(1),
  createdAt: instantSchema,
  authorities: z.strictObject({ root: credentialsSchema, issuing: credentialsSchema, ocspOnly: credentialsSchema }),
  /** The court's information system (EC P-256): signs talons by itself. */
  system: credentialsSchema,
  officials: z.array(z.strictObject({ ...personFields, id: z.uuid(), role: z.enum(['secretary', 'judge', 'office-head']) })),
  citizens: z.array(citizenSchema),
});
export type TrainingKit = z.infer<typeof trainingKitSchema>;

/** The PIN of every training key. */
export const TRAINING_PIN = '123456';

/** The kit out of a registry's answer or a file; null when it is none. */
export function parseTrainingKit(value: unknown): TrainingKit | null {
  const parsed = trainingKitSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** The court's users as the registry wants them. The head of office is the administrator too, as in a small court. */
export function kitUsers(kit: TrainingKit): TrainingKitMessage['users'] {
  return kit.officials.map(({ id, name, iin, role, certificate }) => ({
    id,
    name,
    iin,
    roles: role === 'office-head' ? [role, 'admin'] : [role],
    certificate,
  }));
}

export const derOf = (certificatePem: string): Buffer => new X509Certificate(certificatePem).raw;
