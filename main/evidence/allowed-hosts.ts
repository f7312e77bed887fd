import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';

const hostSchema = z.strictObject({ host: z.string().regex(/^[a-z0-9.-]{1,253}$/), port: z.int().min(1).max(65_535) });
const hostsSchema = z.strictObject({ version: z.string().min(1), hosts: z.array(hostSchema), training: z.array(hostSchema) });

/** A server that may be asked for evidence. */
export type AllowedHost = z.infer<typeof hostSchema> & {
  /** Named by somebody for this very machine or network: it may have a private address. */
  readonly mayBePrivate: boolean;
};

/**
 * The hosts of `resources/trust/evidence-hosts.json`: those of the National Certification Authority, or for training its own alone.
 * Errors: `file-unreadable`, `input-invalid`.
 */
export async function loadAllowedHosts(resourcesDir: string, mode: 'real' | 'training'): Promise<Result<AllowedHost[]>> {
  let text: string;
  try {
    text = await readFile(join(resourcesDir, 'trust', 'evidence-hosts.json'), 'utf8');
  } catch {
    return fail('file-unreadable');
  }
  const list = hostsSchema.safeParse(parseJson(text));
  if (!list.success) return fail('input-invalid');
  return ok(
    mode === 'training'
      ? list.data.training.map((host) => ({ ...host, mayBePrivate: true }))
      : list.data.hosts.map((host) => ({ ...host, mayBePrivate: false })),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `HOST[:PORT]` as somebody names it, port 80 by default; null when it is not one. */
export function readAllowedHost(text: string): AllowedHost | null {
  const [, host, port] = /^([^:\s]+)(?::(\d{1,5}))?$/.exec(text.toLowerCase()) ?? [];
  const parsed = hostSchema.safeParse({ host, port: port === undefined ? 80 : Number(port) });
  return parsed.success ? { ...parsed.data, mayBePrivate: true } : null;
}

/**
 * The addresses in what a certificate gives for one: old certificates of the authority hold several in one text, set apart by white space
 * and `URL=`.
 */
export function splitAddresses(texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    text
      .split(/\s+/)
      .map((part) => part.replace(/^URL=/i, ''))
      .filter((part) => part !== ''),
  );
}

export type Admission =
  | { readonly allowed: true; readonly url: URL; readonly mayBePrivate: boolean }
  | { readonly allowed: false; readonly outcome: 'address-unusable' | 'host-not-allowed' };

/** Whether an address may be asked: HTTP(S), no credentials, a host and port of the list. */
export function admitAddress(address: string, hosts: readonly AllowedHost[]): Admission {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username !== '' || url.password !== '')
    return { allowed: false, outcome: 'address-unusable' };
  const port = url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port);
  const host = hosts.find((known) => known.host === url.hostname && known.port === port);
  return host ? { allowed: true, url, mayBePrivate: host.mayBePrivate } : { allowed: false, outcome: 'host-not-allowed' };
}
