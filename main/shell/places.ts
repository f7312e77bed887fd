import path from 'node:path';
import { app } from 'electron';

/** Files of the build; `app.getAppPath()` is the checkout or the archive of the installed program. */
export const builtFile = (...parts: string[]): string => path.join(app.getAppPath(), 'build', ...parts);

/** Locales, law data, fonts and templates: beside the archive when installed. */
export const resourcesFolder = (): string =>
  app.isPackaged ? path.join(process.resourcesPath, 'kense') : path.join(app.getAppPath(), 'resources');

/** Everything of this person on this machine. `training` and `real` never meet. */
export function dataFolders(mode: 'training' | 'real'): { profile: string; registry: string } {
  const base = app.getPath('userData');
  return { profile: path.join(base, mode), registry: path.join(base, 'training-registry') };
}
