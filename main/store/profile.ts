import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { courtSchema } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { writeFileAtomically } from './write-file.ts';

/** What a profile is before its database is opened. Nothing here is secret but the file `workstation.key`, which is wrapped. */
const profileSchema = z.strictObject({
  format: z.literal(1),
  mode: z.enum(['training', 'real']),
  court: courtSchema,
  workstationId: z.uuid(),
  registryUrl: z.url(),
  /** PEM files by absolute path, where the registry has an authority of its own or wants a certificate. */
  registryTls: z.strictObject({ ca: z.string().optional(), cert: z.string().optional(), key: z.string().optional() }).optional(),
  createdAt: z.iso.datetime(),
});
export type Profile = z.infer<typeof profileSchema>;

export const profilePaths = (dir: string) => ({
  profile: path.join(dir, 'profile.json'),
  key: path.join(dir, 'data.key'),
  database: path.join(dir, 'kense.db'),
  journalHead: path.join(dir, 'journal.head'),
  blobs: path.join(dir, 'documents'),
  training: path.join(dir, 'training'),
  trust: path.join(dir, 'trust'),
  evidence: path.join(dir, 'evidence'),
  /** Certificates that its talons are checked by; public. */
  talonTrust: path.join(dir, 'talon-trust'),
  /** What the court has put in place of the layouts of the product. */
  templates: path.join(dir, 'templates'),
  /** Held while acts are signed in a batch. */
  batchLock: path.join(dir, 'batch.lock'),
});

export function profileExists(dir: string): boolean {
  return fs.existsSync(profilePaths(dir).profile);
}

export function readProfile(dir: string): Result<Profile> {
  if (!profileExists(dir)) return fail('profile-missing');
  try {
    const parsed = profileSchema.safeParse(JSON.parse(fs.readFileSync(profilePaths(dir).profile, 'utf8')));
    return parsed.success ? ok(parsed.data) : fail('profile-missing');
  } catch {
    return fail('profile-missing');
  }
}

/** The last step of making a profile: from here on it exists. */
export function writeProfile(dir: string, profile: Profile): void {
  writeFileAtomically(profilePaths(dir).profile, JSON.stringify(profile, null, 1));
}
