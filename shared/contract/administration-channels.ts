import { z } from 'zod';
import { CHANGED_FIELDS, CHANGED_THINGS, CHANGES_PAGE } from '../domain/administration-changes.ts';
import { POLICY_LIMITS } from '../domain/court-policy.ts';
import { ERROR_CODES } from '../errors.ts';
import { channel, nothing } from './channel.ts';
import { roleShape } from './session-shapes.ts';

const ADMIN = ['admin'] as const;
const OVERSEEING = ['office-head', 'admin'] as const;
const id = z.uuid();
const name = z.string().trim().min(1).max(200);
const pem = z.string().startsWith('-----BEGIN CERTIFICATE-----').max(20_000);
const instant = z.iso.datetime();
const within = ({ least, most }: { readonly least: number; readonly most: number }) => z.number().int().min(least).max(most);

export const personCertificateShape = z.strictObject({
  pem,
  /** Who it names. */
  name: z.string(),
  iin: z.string().nullable(),
  validUntil: instant,
});
export type PersonCertificate = z.infer<typeof personCertificateShape>;

const personShape = z.strictObject({
  id: z.string(),
  /** What was seen of the person; goes back with a change. */
  seen: z.string(),
  name: z.string(),
  iin: z.string().nullable(),
  roles: z.array(roleShape),
  certificates: z.array(personCertificateShape),
  active: z.boolean(),
  /** On this desk. */
  lastSignInAt: instant.nullable(),
  isMe: z.boolean(),
});
export type CourtPerson = z.infer<typeof personShape>;

const policyShape = z.strictObject({
  offlineSignInDays: within(POLICY_LIMITS.offlineSignInDays),
  idleLockMinutes: within(POLICY_LIMITS.idleLockMinutes),
});

const courtName = z.string().trim().min(3).max(300);
const courtNamesShape = z.strictObject({ nameKk: courtName, nameRu: courtName });

const workstationsShape = z.strictObject({
  asOf: instant,
  workstations: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      enrolledAt: instant,
      revokedAt: instant.nullable(),
      version: z.string().nullable(),
      isHere: z.boolean(),
    }),
  ),
  invitations: z.array(z.strictObject({ id: z.string(), name: z.string(), until: instant })),
});

export const administrationShape = z.strictObject({
  /** Why nothing can be changed now; null with a line. */
  offline: z.enum(ERROR_CODES).nullable(),
  people: z.array(personShape),
  /** When the people were last told of; null before the first exchange. */
  peopleAsOf: instant.nullable(),
  /** Null when this desk has never heard of them. */
  workstations: workstationsShape.nullable(),
  policy: policyShape,
  courtNames: courtNamesShape,
});
export type Administration = z.infer<typeof administrationShape>;
export type CourtWorkstationRow = z.infer<typeof workstationsShape>['workstations'][number];

const day = z.iso.date().nullable();
export const administrationQueryShape = z.strictObject({
  /** The `nextBefore` of the page before; null asks for the newest. */
  before: z.number().int().positive().nullable(),
  from: day,
  until: day,
  about: z.enum(CHANGED_THINGS).nullable(),
});
export type AdministrationQuery = z.infer<typeof administrationQueryShape>;

/** Texts, codes of roles, certificates by whom they name, numbers, or whether there is access; null: none. */
const changedValue = z
  .union([
    z.string(),
    z.number(),
    z.boolean(),
    z.array(z.string()),
    z.array(z.strictObject({ name: z.string(), validUntil: instant.nullable() })),
  ])
  .nullable();
const changeLineShape = z.strictObject({
  position: z.number().int().positive(),
  at: instant,
  /** Null: the operator of the registry. */
  by: z.string().nullable(),
  workstation: z.string().nullable(),
  action: z.string(),
  /** There was nothing of it before. */
  added: z.boolean(),
  /** Which person or workstation; null: the court. */
  about: z.string().nullable(),
  changes: z.array(z.strictObject({ field: z.enum(CHANGED_FIELDS), before: changedValue, after: changedValue })),
});
export type AdministrationChange = z.infer<typeof changeLineShape>;
export const administrationChangesShape = z.strictObject({
  lines: z.array(changeLineShape).max(CHANGES_PAGE),
  nextBefore: z.number().int().positive().nullable(),
});
export type AdministrationChanges = z.infer<typeof administrationChangesShape>;

/** What the administrator of a court does, each asked of the registry at once; needs the line. The answer is how things are afterwards. */
export const ADMINISTRATION_CHANNELS = {
  'administration.read': channel(ADMIN, nothing, administrationShape),
  /** With `id` null a person is added. */
  'administration.keep-person': channel(
    ADMIN,
    z.strictObject({
      id: id.nullable(),
      seen: z.string().max(64).nullable(),
      name,
      iin: z
        .string()
        .regex(/^\d{12}$/)
        .nullable(),
      roles: z.array(roleShape).max(4),
      certificates: z.array(pem).max(20),
      active: z.boolean(),
    }),
    administrationShape,
  ),
  /** DER or PEM in base64. */
  'administration.read-certificate': channel(ADMIN, z.strictObject({ file: z.string().max(40_000) }), personCertificateShape),
  /** The code is told this once and kept nowhere. */
  'administration.invite': channel(ADMIN, z.strictObject({ name }), z.strictObject({ code: z.string(), now: administrationShape })),
  /** A code that nobody has used. */
  'administration.withdraw': channel(ADMIN, z.strictObject({ id }), administrationShape),
  'administration.rename': channel(ADMIN, z.strictObject({ id, name }), administrationShape),
  'administration.revoke': channel(ADMIN, z.strictObject({ id }), administrationShape),
  'administration.configure': channel(ADMIN, policyShape, administrationShape),
  'administration.rename-court': channel(ADMIN, courtNamesShape, administrationShape),
  /** What was changed, newest first; from the registry, so that it needs the line. The question is in the journal. */
  'administration.changes': channel(OVERSEEING, administrationQueryShape, administrationChangesShape),
} as const;
