import type { App, WebContents } from 'electron';
import { isOfHost, DIALOG_HOST, WINDOW_HOST } from './origin.ts';

/** A page stays where it is: it may load itself anew, and nothing else. */
export function mayNavigate(from: string, to: string): boolean {
  for (const host of [WINDOW_HOST, DIALOG_HOST]) {
    if (isOfHost(from, host) && isOfHost(to, host)) return new URL(to).pathname === '/';
  }
  return false;
}

function guard(contents: WebContents): void {
  contents.on('will-navigate', (details) => {
    if (!details.isMainFrame || !mayNavigate(contents.getURL(), details.url)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Every page that will ever exist, also one that a fault would open. */
export function guardNavigation(app: App): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}
