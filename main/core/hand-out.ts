import { createHash } from 'node:crypto';
import { ok, type Result } from '../../shared/result.ts';
import { forgetPaper, notePassing } from '../store/index.ts';
import type { CoreContext } from './core-context.ts';

type Shell = Pick<CoreContext['shell'], 'choosePlace' | 'saveDocument'>;
type Parts = { readonly desk: Pick<CoreContext['desk'], 'blobs' | 'store' | 'config'>; readonly shell: Shell };
/** Puts what is to be saved among the documents and tells the journal of it. */
type Made = { readonly sha256: string; readonly put: () => Promise<Result<unknown>> };

/**
 * Saves a document where the person wants it: the place is chosen, the journal told, the file written, in this order, so nothing leaves
 * that the journal does not know. False when no place was chosen: then the journal is not told.
 */
export function handOut(shell: Shell, { sha256, fileName }: { sha256: string; fileName: string }, journal: () => void) {
  return atChosenPlace(shell, fileName, (place) => {
    journal();
    return shell.saveDocument({ sha256, place });
  });
}

/** The same for bytes that are no document of a filing. */
export function handOutBytes(parts: Parts, { bytes, fileName }: { bytes: Uint8Array; fileName: string }, journal: () => void) {
  const put = async () => {
    const kept = await parts.desk.blobs.putBytes(bytes);
    if (kept.ok) journal();
    return kept;
  };
  return handOutMade(parts, fileName, () => Promise.resolve(ok({ sha256: sha256Of(bytes), put })));
}

/**
 * The same for what is made only once a place is chosen. It lies among the documents until it is saved, after a crash for a day; a
 * document that was there before stays.
 */
export function handOutMade({ desk, shell }: Parts, fileName: string, make: () => Promise<Result<Made>>): Promise<Result<boolean>> {
  return atChosenPlace(shell, fileName, async (place) => {
    const made = await make();
    if (!made.ok) return made;
    const { sha256, put } = made.value;
    const stays = desk.blobs.has(sha256);
    if (!stays) notePassing(desk.store, sha256, desk.config.clock());
    try {
      const kept = await put();
      return kept.ok ? await shell.saveDocument({ sha256, place }) : kept;
    } finally {
      if (!stays) forgetPaper(desk, sha256);
    }
  });
}

async function atChosenPlace(shell: Shell, fileName: string, save: (place: string) => Promise<Result<null>>): Promise<Result<boolean>> {
  const chosen = await shell.choosePlace(fileName);
  if (!chosen.ok) return chosen;
  if (chosen.value === null) return ok(false);
  const saved = await save(chosen.value);
  return saved.ok ? ok(true) : saved;
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
