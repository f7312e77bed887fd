import type { Session } from 'electron';
import { APP_SCHEME, isOfHost } from '../hardening/origin.ts';
import { refusal } from './serve-folder.ts';

/** Answers our scheme in one session, for one host only. */
export function serveHost(session: Session, host: string, answer: (request: Request) => Response | Promise<Response>): void {
  session.protocol.handle(APP_SCHEME, (request) => (isOfHost(request.url, host) ? answer(request) : refusal(404)));
}
