import { fileURLToPath } from 'node:url';
import { forkPort } from '../../processes/index.ts';
import type { StartPictures } from './picture-port.ts';

/**
 * Starts the process as a child of Node.
 * @param entry file of `process.ts`, or what was built of it.
 */
export const forkPictures =
  (entry: string): StartPictures =>
  () =>
    Promise.resolve(forkPort(entry, []));

/**
 * File of the process, as a program started from source or from what was built of it finds it.
 * @param program import.meta.url of an entry that lies in a room of its own.
 */
export const pictureProcessEntry = (program: string): string =>
  fileURLToPath(new URL(program.endsWith('.ts') ? '../paper/pictures/process.ts' : 'picture-process.js', program));
