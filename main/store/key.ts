import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import fs from 'node:fs';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import { profilePaths } from './profile.ts';
import { writeFileAtomically } from './write-file.ts';

/**
 * The data key of a profile: 32 random bytes that never change; only its wrapping does.
 * `open`: a training profile keeps it beside its data and says so. `passphrase`: scrypt and AES-256-GCM, for machines without
 * a window. `os`: wrapped by the operating system's key store through the shell.
 */
export type KeyProtector =
  | { readonly kind: 'open' }
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'os'; wrap(key: Uint8Array): Uint8Array; unwrap(wrapped: Uint8Array): Uint8Array };

const SCRYPT = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };
const keyFileSchema = z.strictObject({ kind: z.enum(['open', 'passphrase', 'os']), salt: z.string().optional(), key: z.string() });

/** Makes the data key and writes it wrapped; refuses to replace one. */
export function createDataKey(dir: string, protector: KeyProtector): Uint8Array {
  const file = profilePaths(dir).key;
  if (fs.existsSync(file)) throw new Error('the profile has a data key already');
  const key = randomBytes(32);
  const write = (content: z.infer<typeof keyFileSchema>) => writeFileAtomically(file, JSON.stringify(content));
  if (protector.kind === 'open') write({ kind: 'open', key: key.toString('base64') });
  else if (protector.kind === 'os') write({ kind: 'os', key: Buffer.from(protector.wrap(key)).toString('base64') });
  else {
    const salt = randomBytes(16);
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', scryptSync(protector.passphrase, salt, 32, SCRYPT), iv);
    const sealed = Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    write({ kind: 'passphrase', salt: salt.toString('base64'), key: sealed.toString('base64') });
  }
  return new Uint8Array(key);
}

/** How the key of this profile is wrapped, so that the caller brings the right protector. */
export function keyProtection(dir: string): Result<KeyProtector['kind']> {
  const file = readKeyFile(dir);
  return file.ok ? ok(file.value.kind) : file;
}

/** Unwraps the data key. Errors: `profile-missing`, `passphrase-needed`, `database-key-wrong`. */
export function openDataKey(dir: string, protector: KeyProtector): Result<Uint8Array> {
  const file = readKeyFile(dir);
  if (!file.ok) return file;
  const wrapped = Buffer.from(file.value.key, 'base64');
  if (file.value.kind === 'open') return ok(new Uint8Array(wrapped));
  if (file.value.kind !== protector.kind) return fail('passphrase-needed');
  try {
    if (protector.kind === 'os') return ok(new Uint8Array(protector.unwrap(wrapped)));
    if (protector.kind === 'passphrase') {
      const decipher = createDecipheriv(
        'aes-256-gcm',
        scryptSync(protector.passphrase, Buffer.from(file.value.salt ?? '', 'base64'), 32, SCRYPT),
        wrapped.subarray(0, 12),
      );
      decipher.setAuthTag(wrapped.subarray(wrapped.length - 16));
      return ok(new Uint8Array(Buffer.concat([decipher.update(wrapped.subarray(12, wrapped.length - 16)), decipher.final()])));
    }
  } catch {
    return fail('database-key-wrong');
  }
  return fail('passphrase-needed');
}

function readKeyFile(dir: string): Result<z.infer<typeof keyFileSchema>> {
  try {
    const parsed = keyFileSchema.safeParse(JSON.parse(fs.readFileSync(profilePaths(dir).key, 'utf8')));
    return parsed.success ? ok(parsed.data) : fail('profile-missing');
  } catch {
    return fail('profile-missing');
  }
}
