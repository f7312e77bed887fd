import { createHash } from 'node:crypto';
import type { Result } from '../../shared/result.ts';
import { forgetPaper, notePassing } from '../store/index.ts';
import type { CoreContext } from './core-context.ts';

type Parts = {
  readonly desk: Pick<CoreContext['desk'], 'blobs' | 'store' | 'config'>;
  readonly shell: Pick<CoreContext['shell'], 'saveDocument'>;
};
type Document = { readonly sha256: string; readonly fileName: string };

/** What is made to be saved lies among the documents only until it is saved, after a crash for a day; a document that was there before stays. */
export async function handOut({ desk, shell }: Parts, document: Document, put: () => Promise<Result<unknown>>): Promise<Result<boolean>> {
  const stays = desk.blobs.has(document.sha256);
  if (!stays) notePassing(desk.store, document.sha256, desk.config.clock());
  try {
    const kept = await put();
    return kept.ok ? await shell.saveDocument(document) : kept;
  } finally {
    if (!stays) forgetPaper(desk, document.sha256);
  }
}

export function handOutBytes(parts: Parts, bytes: Uint8Array, fileName: string): Promise<Result<boolean>> {
  return handOut(parts, { sha256: sha256Of(bytes), fileName }, () => parts.desk.blobs.putBytes(bytes));
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
