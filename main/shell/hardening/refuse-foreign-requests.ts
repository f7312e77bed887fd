import type { Session } from 'electron';
import { APP_SCHEME } from './origin.ts';

const ALLOWED = new Set([`${APP_SCHEME}:`]);
/** The tools for developers live at their own scheme; a packaged program has none. */
const ALLOWED_IN_DEVELOPMENT = new Set([...ALLOWED, 'devtools:']);

export function mayLoad(address: string, packaged: boolean): boolean {
  return URL.canParse(address) && (packaged ? ALLOWED : ALLOWED_IN_DEVELOPMENT).has(new URL(address).protocol);
}

/** Nothing but our own scheme ever loads, whatever a page asks for. */
export function refuseForeignRequests(session: Session, packaged: boolean): void {
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url, packaged) }));
}
