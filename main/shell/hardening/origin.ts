/** Our own scheme: files of the program and opened documents, nothing else. */
export const APP_SCHEME = 'app';
export const WINDOW_HOST = 'kense';
export const DIALOG_HOST = 'dialog';
export const PRINT_HOST = 'print';
export const WINDOW_URL = `${APP_SCHEME}://${WINDOW_HOST}/`;
export const DIALOG_URL = `${APP_SCHEME}://${DIALOG_HOST}/`;

/** Compared by parts, because Node gives every address of a scheme of its own the origin `null`. */
export function isOfHost(address: string, host: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${APP_SCHEME}:` && url.host === host && url.username === '' && url.password === '';
}
