/** Who is signed in at which office, and how the window is set for them. Instants are UTC ISO strings. */
import { z } from 'zod';
import { UI_LANGUAGES } from '../domain/language.ts';
import { ROLES } from '../domain/role.ts';
import { failureShape } from './failure-shape.ts';

const instant = z.string();

export const roleShape = z.enum(ROLES);

export const certificateEndShape = z.strictObject({
  validUntil: instant,
  /** Whole days; below 0 once it has ended. */
  daysLeft: z.number().int(),
});
export type CertificateEnd = z.infer<typeof certificateEndShape>;

export const sessionShape = z.strictObject({
  userId: z.string(),
  name: z.string(),
  roles: z.array(roleShape),
  activeRole: roleShape,
  locked: z.boolean(),
  /** The token that it was opened with was pulled out. */
  lockedBy: z.enum(['token-removed']).optional(),
  signedInAt: instant,
  lastSignInAt: instant.nullable(),
  /** The certificate ends soon; there for the first session of a person in a day. */
  certificate: certificateEndShape.optional(),
  /** Why nothing can be done in it any more; it is locked a moment later, when the window has saved what was typed. */
  over: z.enum(['user-inactive', 'workstation-revoked', 'role-not-allowed']).optional(),
});
export type Session = z.infer<typeof sessionShape>;

/** One way to sign in on this desk; the key itself stays with the core. */
export const signInOptionShape = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** The name of the token that the key is on; null for a key file. */
  token: z.string().nullable(),
  /** Why nobody can sign in with it; known of tokens, which show their certificates. */
  refusal: failureShape.nullable(),
  roles: z.array(roleShape),
  training: z.boolean(),
  /** On this desk. */
  lastSignInAt: instant.nullable(),
  /** Null when it is not known which one the key will show. */
  certificate: certificateEndShape.nullable(),
});
export type SignInOption = z.infer<typeof signInOptionShape>;

export const settingsShape = z.strictObject({
  language: z.enum(UI_LANGUAGES),
  theme: z.enum(['light', 'dark', 'system']),
  contrast: z.boolean(),
  density: z.enum(['compact', 'normal', 'large']),
  textSizePercent: z.number().int().min(90).max(200),
  singleKeys: z.boolean(),
  /** Name of the printer that this desk prints to without asking; null: none is remembered. */
  printer: z.string().max(200).nullable(),
  /** Papers go to that printer at once; the dialog of the system is for other choices. */
  printSilently: z.boolean(),
  /** The scanner that was used last; null: the first one there is. */
  scanner: z.string().max(200).nullable(),
});
export type Settings = z.infer<typeof settingsShape>;

export const officeShape = z.strictObject({
  courtCode: z.string(),
  courtNameKk: z.string(),
  courtNameRu: z.string(),
  mode: z.enum(['training', 'real']),
  version: z.string(),
  idleLockMinutes: z.number(),
});
export type Office = z.infer<typeof officeShape>;
