import { forkPort } from '../../processes/index.ts';
import type { StartModule } from './module-owner.ts';

/**
 * Starts owners of modules as child processes of Node.
 * @param entry file of `module-process.ts`.
 */
export const forkModules =
  (entry: string): StartModule =>
  (module) =>
    Promise.resolve(forkPort(entry, [module]));
