import type { FilingFolder, FilingSubmission } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { layDownFile } from './lay-down-file.ts';
import type { PaperParts } from './paper-parts.ts';
import { takePaper, type PaperFacts, type Taking } from './take-paper.ts';

export type PaperFolder = {
  readonly folder: FilingFolder;
  /** Bytes of a file that the folder names; null when there is none. */
  readonly read: (name: string) => Promise<Uint8Array | null>;
};

/** Takes a filing with its documents out of a folder. Errors: `document-missing` and `document-too-large` with the name, those of takePaper. */
export async function takeFolder(parts: PaperParts, taking: Taking, { folder, read }: PaperFolder): Promise<Result<{ id: string }>> {
  const facts = new Map<string, PaperFacts extends ReadonlyMap<string, infer V> ? V : never>();
  const layDown = async (name: string) => {
    const bytes = await read(name);
    if (!bytes) return fail('document-missing', { file: name });
    const laid = await layDownFile(parts, bytes);
    if (!laid.ok) return fail(laid.error.code, { ...laid.error.params, file: name });
    const { sha256, size, contentType, pages } = laid.value;
    facts.set(sha256, { contentType, pages });
    return ok({ fileName: name, size, sha256 });
  };
  const { documents: named, ...body } = folder;
  const documents: FilingSubmission['documents'] = [];
  for (const { file, role, title, signatures: names } of named) {
    const main = await layDown(file);
    if (!main.ok) return main;
    const signatures: FilingSubmission['documents'][number]['signatures'] = [];
    for (const name of names) {
      const signature = await layDown(name);
      if (!signature.ok) return signature;
      signatures.push(signature.value);
    }
    documents.push({ role, title, ...main.value, signatures });
  }
  return takePaper(parts, taking, { ...body, documents }, facts);
}
