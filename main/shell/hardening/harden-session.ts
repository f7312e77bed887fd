import type { Session } from 'electron';
import { refusePermissions } from './permissions.ts';
import { refuseForeignRequests } from './requests.ts';

/** What every session of ours refuses, before it loads anything. */
export function hardenSession(session: Session, packaged: boolean): void {
  refusePermissions(session);
  refuseForeignRequests(session, packaged);
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
}
