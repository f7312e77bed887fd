import type { Session } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { tellCertificateEnd } from '../certificate-end.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';
import { keyFileOf, proveUser, readUser, recordSignIn, signInOptions } from '../session.ts';

type Group =
  'session.get' | 'session.options' | 'session.sign-in' | 'session.unlock' | 'session.lock' | 'session.sign-out' | 'session.use-role';

export function sessionChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, session } = context;
  const journal = (actor: string, action: string) =>
    desk.store.write((tx) => tx.journal({ at: desk.config.clock(), actor, action, subject: null, details: {} }));

  async function prove(optionId: string) {
    const file = keyFileOf(desk, optionId);
    if (!file) return fail('not-found');
    const name = signInOptions(desk).find((o) => o.id === optionId)?.name ?? optionId;
    const court = desk.profile.court;
    const user = await proveUser(desk, context.tokenHost, { kind: 'pkcs12', file }, { title: name, lines: [court.nameKk, court.nameRu] });
    return user.ok ? ok({ user: user.value, file }) : user;
  }

  return {
    'session.get': () => ok(session.get()),
    'session.options': () => ok(signInOptions(desk)),
    'session.sign-in': async ({ optionId }): Promise<Result<Session>> => {
      const proved = await prove(optionId);
      if (!proved.ok) return proved;
      const before = readUser(desk.store.read, proved.value.user.id);
      recordSignIn(desk, proved.value.user, proved.value.file);
      const former = session.get();
      if (former && former.userId !== proved.value.user.id) desk.sessions.end(former.userId);
      const { id, certificate } = proved.value.user;
      const begun = session.begin(before ?? proved.value.user, optionId, desk.config.clock(), tellCertificateEnd(desk, id, certificate));
      if (!begun.ok) desk.sessions.end(proved.value.user.id);
      context.nudge();
      return begun;
    },
    'session.unlock': async () => {
      const current = session.get();
      const optionId = session.optionId();
      if (!current || optionId === null) return fail('not-signed-in');
      if (current.over !== undefined) return fail(current.over); // it begins anew or not at all
      const proved = await prove(optionId);
      if (!proved.ok) return proved;
      if (proved.value.user.id !== current.userId) {
        desk.sessions.end(proved.value.user.id);
        return fail('key-not-of-user');
      }
      journal(current.userId, 'session.unlocked');
      return session.setLocked(false);
    },
    'session.lock': () => {
      const current = session.get();
      if (current && !current.locked) {
        journal(current.userId, 'session.locked');
        desk.sessions.end(current.userId);
        session.setLocked(true);
        context.nudge();
      }
      return ok(null);
    },
    'session.sign-out': () => {
      const current = session.get();
      if (current) {
        journal(current.userId, 'session.signed-out');
        desk.sessions.end(current.userId);
      }
      session.end();
      context.nudge();
      return ok(null);
    },
    'session.use-role': ({ role }) => session.useRole(role),
  };
}
