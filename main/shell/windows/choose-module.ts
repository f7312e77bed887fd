import { dialog, type BrowserWindow } from 'electron';

/** Lets the person choose the file of a PKCS#11 module; null when he cancelled. */
export async function chooseModule(parent: BrowserWindow): Promise<string | null> {
  const chosen = await dialog.showOpenDialog(parent, { properties: ['openFile'] });
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
}
