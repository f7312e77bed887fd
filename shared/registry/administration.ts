/** How the administrator of a court keeps its people and its workstations. */
import { z } from 'zod';
import { POLICY_LIMITS } from '../domain/court-policy.ts';
import { ROLES } from '../domain/role.ts';
import { canonicalJson } from './history.ts';
import { courtSchema } from './enrolment.ts';
import { certificatePemSchema, courtCodeSchema, idSchema, instantSchema, sha256Schema, textSchema } from './values.ts';

const nameSchema = z.string().trim().min(1).max(200);
const withinLimits = ({ least, most }: { readonly least: number; readonly most: number }) => z.number().int().min(least).max(most);

export const courtPolicySchema = z.strictObject({
  offlineSignInDays: withinLimits(POLICY_LIMITS.offlineSignInDays),
  idleLockMinutes: withinLimits(POLICY_LIMITS.idleLockMinutes),
});

const courtName = z.string().trim().min(3).max(300);
export const courtNamesSchema = z.strictObject({ nameKk: courtName, nameRu: courtName });
export type CourtNames = z.infer<typeof courtNamesSchema>;

export const administrationCommands = {
  /** `seen` is the hash of what the administrator saw of the person (`userText`); null adds one. Certificates are PEM. */
  'user.keep': z.strictObject({
    userId: idSchema,
    seen: sha256Schema.nullable(),
    name: nameSchema,
    iin: z
      .string()
      .regex(/^\d{12}$/)
      .nullable(),
    roles: z.array(z.enum(ROLES)).max(ROLES.length),
    certificates: z.array(certificatePemSchema).max(20),
    active: z.boolean(),
  }),
  /** The code itself is made at the desk and shown there once; the registry knows its SHA-256 alone. */
  'workstation.invite': z.strictObject({ invitationId: idSchema, name: nameSchema, codeSha256: sha256Schema }),
  /** A code that nobody has used yet. */
  'workstation.withdraw': z.strictObject({ invitationId: idSchema }),
  'workstation.rename': z.strictObject({ workstationId: idSchema, name: nameSchema }),
  'workstation.revoke': z.strictObject({ workstationId: idSchema }),
  'court.configure': courtPolicySchema,
  'court.rename': courtNamesSchema,
} as const;

type SeenUser = {
  readonly name: string;
  readonly iin: string | null;
  readonly roles: readonly string[];
  readonly certificates: readonly string[];
  readonly active: boolean;
};
/** What is hashed of a person, so that two administrators do not undo each other's changes unseen. */
export const userText = ({ name, iin, roles, certificates, active }: SeenUser): string =>
  canonicalJson([name, iin, [...roles].sort(), [...certificates].sort(), active]);

export const courtWorkstationSchema = z.looseObject({
  id: idSchema,
  name: z.string().max(200),
  enrolledAt: instantSchema,
  revokedAt: instantSchema.nullable(),
  version: z.string().max(100).nullable(),
});
export type CourtWorkstation = z.infer<typeof courtWorkstationSchema>;
/** A code that was made and not used yet. */
export const invitationSchema = z.looseObject({ id: idSchema, name: z.string().max(200), until: instantSchema });
/** What the court has of workstations; `at` is the clock of the registry. */
export const courtWorkstationsSchema = z.looseObject({
  at: instantSchema,
  workstations: z.array(courtWorkstationSchema),
  invitations: z.array(invitationSchema),
});
export type CourtWorkstations = z.infer<typeof courtWorkstationsSchema>;

/** Feed kind `workstation.changed`: before and after in the administrator's words; `by` null is the operator of the registry. */
export const workstationChangedSchema = z.looseObject({
  id: idSchema,
  change: z.enum(['invited', 'withdrawn', 'enrolled', 'renamed', 'revoked']),
  name: z.string().max(200),
  before: z.string().max(200).nullable(),
  by: idSchema.nullable(),
});
export type WorkstationChanged = z.infer<typeof workstationChangedSchema>;
const toldNames = { nameKk: textSchema(300), nameRu: textSchema(300) };
/** Feed kind `court.configured`. */
export const courtConfiguredSchema = z.looseObject({ ...courtPolicySchema.shape, by: idSchema });
export type CourtConfigured = z.infer<typeof courtConfiguredSchema>;

/** Feed kind `court.changed`: the names as they are and as they were; `by` null is the operator of the registry. */
export const courtChangedSchema = z.looseObject({
  change: z.enum(['renamed', 'revoked', 'reinstated']),
  ...toldNames,
  before: z.looseObject(toldNames),
  by: idSchema.nullable(),
});
export type CourtChanged = z.infer<typeof courtChangedSchema>;

/** What the operator of the registry says of a court: a new one, or other names of one that is there. */
export const keepCourtSchema = courtNamesSchema.extend({ code: courtCodeSchema });
/** A court as the operator sees it. `enrolmentCode` is the one that holds now; `revokedAt` is null while the court is open. */
export const courtEntrySchema = courtSchema.extend({ enrolmentCode: z.string(), revokedAt: instantSchema.nullable() });
export type CourtEntry = z.infer<typeof courtEntrySchema>;
export const courtListSchema = z.looseObject({ courts: z.array(courtEntrySchema) });
export type CourtList = z.infer<typeof courtListSchema>;
