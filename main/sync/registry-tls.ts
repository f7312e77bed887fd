import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import { createSecureContext } from 'node:tls';
import { Agent, type Dispatcher } from 'undici';
import { fail, ok, type Result } from '../../shared/result.ts';

/** PEM files, absolute: the authority that alone is trusted for the registry, and the certificate that this desk shows with its key. */
export type RegistryTls = {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
};

/** Reads the files now; null when there are none and the runtime's own trust is meant. Errors: `file-unreadable` with the file. */
export function openRegistryTls(tls: RegistryTls | undefined): Result<Dispatcher | null> {
  if (tls === undefined) return ok(null);
  const connect: Record<string, string> = {};
  for (const [name, file] of Object.entries(tls)) {
    if (file === undefined) continue;
    try {
      connect[name] = fs.readFileSync(file, 'utf8');
      if (name !== 'key') new X509Certificate(connect[name]);
    } catch {
      return fail('file-unreadable', { file });
    }
  }
  try {
    createSecureContext(connect);
  } catch {
    return fail('file-unreadable', { file: tls.key ?? '' });
  }
  return ok(new Agent({ connect }));
}
