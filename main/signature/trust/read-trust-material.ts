import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { decodeBase64, readPemBlocks } from '../formats/armour.ts';
import { readCertificateOnce, readCrlOnce, type TrustMaterial } from './trust-material.ts';

/** Paths of files or folders per kind. */
export type TrustSources = { readonly anchors: string[]; readonly certs: string[]; readonly crls: string[]; readonly ocsp: string[] };

/** The encodings in a file or folder; rejects for a path that cannot be read. */
type EncodingReader = (path: string) => Promise<readonly Uint8Array[]>;

/** Reads every file and folder once: what is named again gives the same bytes, which are not parsed again either. */
function createEncodingReader(): EncodingReader {
  const known = new Map<string, Promise<readonly Uint8Array[]>>();
  return (path) => {
    const found = known.get(path) ?? readPath(path);
    known.set(path, found);
    return found;
  };
}

/**
 * Reads trust material from files and folders (one level), PEM with several blocks or DER, whatever the names. A folder may hold other
 * things beside; a file without anything of its kind in it adds nothing, and the verdict then says what is missing.
 * Errors: `file-unreadable` for a path that cannot be read.
 */
export async function readTrustMaterial(
  sources: TrustSources,
  read: EncodingReader = createEncodingReader(),
): Promise<Result<TrustMaterial>> {
  const all = async (paths: readonly string[]): Promise<Uint8Array[]> => {
    const encodings: Uint8Array[] = [];
    for (const path of paths) encodings.push(...(await read(path)));
    return encodings;
  };
  try {
    const isCertificate = (der: Uint8Array): boolean => readCertificateOnce(der) !== null;
    return ok({
      anchors: (await all(sources.anchors)).filter(isCertificate),
      certs: (await all(sources.certs)).filter(isCertificate),
      crls: (await all(sources.crls)).filter((der) => readCrlOnce(der) !== null),
      ocsp: (await all(sources.ocsp)).filter((der) => der[0] === 0x30),
    });
  } catch {
    return fail('file-unreadable');
  }
}

/** Reads each combination of sources once: what was computed over a material is remembered with its object. */
export function createMaterialReader(): (sources: TrustSources) => Promise<Result<TrustMaterial>> {
  const read = createEncodingReader();
  const known = new Map<string, Promise<Result<TrustMaterial>>>();
  return (sources) => {
    const key = JSON.stringify(sources);
    const found = known.get(key) ?? readTrustMaterial(sources, read);
    known.set(key, found);
    return found;
  };
}

async function readPath(path: string): Promise<readonly Uint8Array[]> {
  const encodings: Uint8Array[] = [];
  for (const file of await filesOf(path)) encodings.push(...(await readFileEncodings(file)));
  return encodings;
}

export async function readFileEncodings(file: string): Promise<Uint8Array[]> {
  return splitEncodings(await readFile(file));
}

/** A file itself, or the files of a folder by name. */
export async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const files = await Promise.all(
    entries.map(async (entry) => ({
      name: entry.name,
      file: entry.isFile() || (entry.isSymbolicLink() && (await stat(join(path, entry.name))).isFile()),
    })),
  );
  return files
    .filter(({ file }) => file)
    .map(({ name }) => join(path, name))
    .sort();
}

/** The encodings in one file: the blocks of a PEM file, base64 without its borders, or the bytes as they are. */
export function splitEncodings(bytes: Uint8Array): Uint8Array[] {
  if (bytes[0] === 0x30 && bytes[1] !== undefined && bytes[1] >= 0x80) return [bytes];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  if (text.includes('-----BEGIN ')) return readPemBlocks(text).map((block) => block.bytes);
  const decoded = decodeBase64(text);
  return [decoded ?? bytes];
}
