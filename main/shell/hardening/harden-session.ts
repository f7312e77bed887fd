import type { Session } from 'electron';
import { guardPermissions } from './guard-permissions.ts';
import { refuseForeignRequests } from './refuse-foreign-requests.ts';

/** What every session of ours refuses, before it loads anything. */
export function hardenSession(session: Session, packaged: boolean): void {
  guardPermissions(session);
  refuseForeignRequests(session, packaged);
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
}
