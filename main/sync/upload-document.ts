import { LIMITS, REGISTRY_PATHS } from '../../shared/registry/index.ts';
import { fail, type Result } from '../../shared/result.ts';
import { readSetting, writeSetting, type BlobStore, type Store, type Writing } from '../store/index.ts';
import type { RegistryClient } from './registry-client.ts';
import { uploadResumably, type UploadPlaces } from './resumable-upload.ts';

/** Brings a document of the desk to the registry: a small one in one request, a large one so that a broken line goes on where it broke. */
export async function uploadDocument(
  parts: { readonly store: Store; readonly blobs: BlobStore; readonly client: RegistryClient },
  sha256: string,
): Promise<Result<null>> {
  const { store, blobs, client } = parts;
  const size = blobs.size(sha256);
  if (size === null) return fail('document-missing');
  const whole = () => client.putDocument(sha256, () => blobs.read(sha256));
  if (size <= LIMITS.singleUploadBytes) return whole();
  const read = (offset: number) => blobs.read(sha256, { start: offset, end: size });
  const sent = await uploadResumably(client.ask, REGISTRY_PATHS.uploads, { sha256, size, read }, placesIn(store));
  return !sent.ok && sent.error.params?.['status'] === 404 ? whole() : sent; // an older registry has no uploads
}

const placeOf = (sha256: string) => `upload.${sha256}`;

/** Kept in the profile, so that a restart goes on too, and so that a command that is sent again does not send its documents again. */
function placesIn(store: Store): UploadPlaces {
  return {
    get: (sha256) => readSetting<string>(store.read, placeOf(sha256)),
    set: (sha256, place) => store.write((tx) => (place === null ? forgetUploads(tx, [sha256]) : writeSetting(tx, placeOf(sha256), place))),
  };
}

/** Where they were sent does not matter any more. */
export function forgetUploads(tx: Writing, hashes: readonly string[]): void {
  for (const sha256 of hashes) tx.run('DELETE FROM setting WHERE key = ?', placeOf(sha256));
}
