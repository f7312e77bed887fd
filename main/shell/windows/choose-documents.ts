import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import { LIMITS } from '../../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ChosenDocument } from '../../core/process-messages.ts';
import type { BlobStore } from '../../store/index.ts';

/** Lets the person choose files and keeps their bytes, sealed, among the documents. One that cannot be taken ends it with its reason. */
export async function chooseDocuments(parent: BrowserWindow, blobs: Pick<BlobStore, 'putBytes'>): Promise<Result<ChosenDocument[]>> {
  const chosen = await dialog.showOpenDialog(parent, { properties: ['openFile', 'multiSelections'] });
  const documents: ChosenDocument[] = [];
  for (const file of chosen.canceled ? [] : chosen.filePaths) {
    const bytes = await readChosen(file);
    if (!bytes.ok) return bytes;
    const kept = await blobs.putBytes(bytes.value);
    if (!kept.ok) return kept;
    const fileName = path.basename(file);
    documents.push({ ...kept.value, title: path.parse(fileName).name || fileName, fileName });
  }
  return ok(documents);
}

async function readChosen(file: string): Promise<Result<Uint8Array>> {
  try {
    if ((await stat(file)).size > LIMITS.wireDocumentBytes) return fail('document-too-large');
    return ok(await readFile(file));
  } catch {
    return fail('file-unreadable');
  }
}
