import fs from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { profileExists, profilePaths, readProfile } from './profile.ts';
import { writeFileAtomically } from './write-file.ts';

/** Its presence says that this training desk begins anew at the next start. */
const markOf = (profileDir: string) => path.join(profileDir, 'training-reset');

/** Leaves the mark; nothing else changes yet. Errors: `profile-missing`, `training-only` for a real desk. */
export function askTrainingReset(profileDir: string): Result<null> {
  const profile = readProfile(profileDir);
  if (!profile.ok) return profile;
  if (profile.value.mode !== 'training') return fail('training-only');
  writeFileAtomically(markOf(profileDir), '');
  return ok(null);
}

/**
 * Takes away the data of a marked training desk and of its own registry; false where no mark is, or no training desk. To be called
 * before either is opened. The description of the profile goes last but one and the mark last: whoever is killed between goes on here.
 */
export function finishTrainingReset(profileDir: string, registryDir: string): boolean {
  if (!fs.existsSync(markOf(profileDir))) return false;
  const profile = readProfile(profileDir);
  if (profileExists(profileDir) && !(profile.ok && profile.value.mode === 'training')) return false;
  const { profile: description, database, ...others } = profilePaths(profileDir);
  remove(registryDir);
  // a folder given by hand may hold more than a profile, so only what a profile is made of goes
  for (const part of Object.values(others)) remove(part);
  for (const end of ['', '-wal', '-shm']) remove(`${database}${end}`);
  remove(description);
  remove(markOf(profileDir));
  return true;
}

/** On Windows a file that a scanner still reads is let go of a little later. */
const remove = (part: string) => fs.rmSync(part, { recursive: true, force: true, maxRetries: 5 });
