import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Administration, Session } from '../../../shared/contract/index.ts';
import {
  configureCourt,
  inviteWorkstation,
  keepPerson,
  readAdministration,
  readCertificate,
  renameCourt,
  renameWorkstation,
  revokeWorkstation,
  withdrawCode,
} from '../administer.ts';
import type { CoreContext } from '../core-context.ts';
import { createLooks } from '../looks.ts';
import { readChanges } from '../read-changes.ts';
import type { Handlers } from '../router.ts';

type Group =
  | 'administration.read'
  | 'administration.keep-person'
  | 'administration.read-certificate'
  | 'administration.invite'
  | 'administration.withdraw'
  | 'administration.rename'
  | 'administration.revoke'
  | 'administration.configure'
  | 'administration.rename-court'
  | 'administration.changes';

/** What the administrator of the court does. The registry checks the role again with the proof of the session. */
export function administrationChannels({ desk, syncNow, session: current }: CoreContext): Pick<Handlers, Group> {
  const looks = createLooks(desk.config.clock);
  /** What was changed comes back with the feed, for this desk as for every other. */
  const afterwards = async (done: Result<unknown>, { userId }: Session): Promise<Result<Administration>> => {
    if (!done.ok) return done;
    await syncNow();
    return ok(await readAdministration(desk, userId));
  };
  return {
    'administration.read': async (_, { userId }) => ok(await readAdministration(desk, userId)),
    'administration.keep-person': async (change, session) => afterwards(await keepPerson(desk, session.userId, change), session),
    'administration.read-certificate': ({ file }) => {
      const read = readCertificate(Buffer.from(file, 'base64'));
      return read ? ok(read) : fail('file-unreadable');
    },
    'administration.invite': async ({ name }, session) => {
      const code = await inviteWorkstation(desk, session.userId, name);
      const now = await afterwards(code, session);
      return code.ok && now.ok ? ok({ code: code.value, now: now.value }) : now.ok ? fail('unexpected') : now;
    },
    'administration.withdraw': async ({ id }, session) => afterwards(await withdrawCode(desk, session.userId, id), session),
    'administration.rename': async ({ id, name }, session) => afterwards(await renameWorkstation(desk, session.userId, id, name), session),
    'administration.revoke': async ({ id }, session) => afterwards(await revokeWorkstation(desk, session.userId, id), session),
    'administration.configure': async (policy, session) => afterwards(await configureCourt(desk, session.userId, policy), session),
    'administration.rename-court': async (names, session) => afterwards(await renameCourt(desk, session.userId, names), session),
    'administration.changes': async (query, session) => {
      const found = await readChanges(desk, session.userId, query);
      if (!found.ok) return found;
      const left = current.whyLeft(session); // the line takes a while
      if (left) return { ok: false, error: left };
      const { from, until, about } = query;
      const details = { from: from ?? '', until: until ?? '', about: about ?? '' };
      looks.note(session, Object.values(details).join(' '), () =>
        desk.store.write((tx) =>
          tx.journal({ at: desk.config.clock(), actor: session.userId, action: 'journal.administration-viewed', subject: null, details }),
        ),
      );
      return found;
    },
  };
}
