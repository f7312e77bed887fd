import { createHash } from 'node:crypto';

/**
 * The id of a filing in a folder that names none: the same for the same bytes taken at the same desk, so that a folder given again is the same filing.
 * A UUID of version 8 (RFC 9562), out of SHA-256.
 */
export async function idOfFolder(
  desk: { readonly court: string; readonly workstationId: string },
  description: Uint8Array,
  files: readonly string[],
  read: (name: string) => Promise<Uint8Array | null>,
): Promise<string> {
  const hash = createHash('sha256');
  // each part with its length, so that no two folders run together into the same bytes
  const add = (part: Uint8Array) => void hash.update(`${part.length}:`).update(part);
  for (const text of [desk.court, desk.workstationId]) add(Buffer.from(text));
  add(description);
  for (const name of files) add((await read(name)) ?? new Uint8Array());
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
