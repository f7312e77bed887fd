import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import fs from 'node:fs';
import { z } from 'zod';
import type { JournalHead } from './journal.ts';
import { profilePaths } from './profile.ts';
import { writeFileAtomically } from './write-file.ts';

/** How long the journal was known to be and what its last hash was, kept beside the database: an older copy of that is found without a line. */
export type KnownHead = JournalHead & {
  readonly at: string;
  /** The hash of the place from which a person has accepted the journal as it is; null when nobody had to. */
  readonly accepted: string | null;
};
const fileSchema = z.strictObject({
  entries: z.number().int().nonnegative(),
  head: z.string(),
  at: z.string(),
  accepted: z.string().nullable(),
  mac: z.string(),
});

const sealOf = ({ entries, head, at, accepted }: KnownHead, dataKey: Uint8Array): Buffer =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', dataKey, '', 'kense journal head', 32)))
    .update(JSON.stringify([entries, head, at, accepted]))
    .digest();

/** Null when there is none, or none that this data key has sealed. */
export function readKnownHead(profileDir: string, dataKey: Uint8Array): KnownHead | null {
  let text: string;
  try {
    text = fs.readFileSync(profilePaths(profileDir).journalHead, 'utf8');
  } catch {
    return null;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) return null;
  const { mac, ...known } = parsed.data;
  const [said, made] = [Buffer.from(mac, 'hex'), sealOf(known, dataKey)];
  return said.length === made.length && timingSafeEqual(said, made) ? known : null;
}

export function keepKnownHead(profileDir: string, dataKey: Uint8Array, known: KnownHead): void {
  const mac = sealOf(known, dataKey).toString('hex');
  writeFileAtomically(profilePaths(profileDir).journalHead, JSON.stringify({ ...known, mac }));
}
