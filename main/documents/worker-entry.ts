import { fileURLToPath } from 'node:url';

/**
 * File of the thread that reads documents, as a program started from source or from what was built of it finds it.
 * @param program import.meta.url of an entry that lies in a room of its own.
 */
export function documentWorkerEntry(program: string): string {
  return fileURLToPath(new URL(program.endsWith('.ts') ? '../documents/worker/process.ts' : 'document-worker.js', program));
}
