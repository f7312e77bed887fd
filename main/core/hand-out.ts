import { createHash } from 'node:crypto';
import type { Session } from '../../shared/contract/index.ts';
import { ok, type Result } from '../../shared/result.ts';
import { forgetPaper, notePassing } from '../store/index.ts';
import type { CoreContext } from './core-context.ts';

type Dialog = {
  readonly shell: Pick<CoreContext['shell'], 'choosePlace' | 'saveDocument'>;
  readonly session: Pick<CoreContext['session'], 'whyLeft'>;
};
type Parts = Dialog & { readonly desk: Pick<CoreContext['desk'], 'blobs' | 'store' | 'config'> };
/** Puts what is to be saved among the documents and tells the journal of it. */
type Made = { readonly sha256: string; readonly put: () => Promise<Result<unknown>> };

/**
 * Saves a document where the person wants it: the place is chosen, the journal told, the file written, in this order, so nothing leaves
 * that the journal does not know. False when no place was chosen: then the journal is not told. Errors also: why the person who asked
 * is not there any more, before the dialog or after it; then nothing is journalled and nothing leaves.
 */
export function handOut(parts: Dialog, by: Session, { sha256, fileName }: { sha256: string; fileName: string }, journal: () => void) {
  return atChosenPlace(parts, by, fileName, (place) => {
    journal();
    return parts.shell.saveDocument({ sha256, place });
  });
}

/** The same for bytes that are no document of a filing. */
export function handOutBytes(parts: Parts, by: Session, { bytes, fileName }: { bytes: Uint8Array; fileName: string }, journal: () => void) {
  const put = async () => {
    const kept = await parts.desk.blobs.putBytes(bytes);
    if (kept.ok) journal();
    return kept;
  };
  return handOutMade(parts, by, fileName, () => Promise.resolve(ok({ sha256: sha256Of(bytes), put })));
}

/**
 * The same for what is made only once a place is chosen. It lies among the documents until it is saved, after a crash for a day; a
 * document that was there before stays.
 */
export function handOutMade(parts: Parts, by: Session, fileName: string, make: () => Promise<Result<Made>>): Promise<Result<boolean>> {
  const { desk, shell } = parts;
  return atChosenPlace(parts, by, fileName, async (place) => {
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

async function atChosenPlace(
  { shell, session }: Dialog,
  by: Session,
  fileName: string,
  save: (place: string) => Promise<Result<null>>,
): Promise<Result<boolean>> {
  const gone = session.whyLeft(by);
  if (gone) return { ok: false, error: gone };
  const chosen = await shell.choosePlace(fileName);
  if (!chosen.ok) return chosen;
  if (chosen.value === null) return ok(false);
  // the dialog of the system stays open when the desk is locked: whoever comes by may press its button
  const left = session.whyLeft(by);
  if (left) return { ok: false, error: left };
  const saved = await save(chosen.value);
  return saved.ok ? ok(true) : saved;
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
