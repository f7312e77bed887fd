import type { Session } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { KeyRef } from '../../token/index.ts';
import { tellCertificateEnd } from '../certificate-end.ts';
import type { CoreContext } from '../core-context.ts';
import { lockSession, lockWithoutToken, signOut } from '../lock-session.ts';
import type { Handlers } from '../router.ts';
import { noteRefused } from '../refused-sign-in.ts';
import { proveUser, recordSignIn } from '../session.ts';
import { createSignInWays } from '../sign-in-ways.ts';

type Group =
  'session.get' | 'session.options' | 'session.sign-in' | 'session.unlock' | 'session.lock' | 'session.sign-out' | 'session.use-role';

export function sessionChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, session } = context;
  const journal = (actor: string, action: string, details: Record<string, string> = {}) =>
    desk.store.write((tx) => tx.journal({ at: desk.config.clock(), actor, action, subject: null, details }));

  const ways = createSignInWays(desk, context.tokenHost, () => context.emit('keys.changed', {}));
  const prove = (key: KeyRef, title: string) => {
    const { nameKk, nameRu } = desk.profile.court;
    return proveUser(desk, context.tokenHost, key, { title, lines: [nameKk, nameRu] });
  };

  return {
    'session.get': () => ok(session.get()),
    'session.options': async () => ok((await ways.list()).map(({ option }) => option)),
    'session.sign-in': async ({ optionId }): Promise<Result<Session>> => {
      const way = await ways.find(optionId);
      if (!way) return fail('not-found');
      if (way.option.refusal) {
        noteRefused(desk, way.option.refusal, way.certificate);
        return { ok: false, error: way.option.refusal };
      }
      const proved = await prove(way.key, way.option.name);
      if (!proved.ok) return proved;
      const { id, certificate } = proved.value;
      recordSignIn(desk, proved.value, way.key);
      const former = session.get();
      if (former && former.userId !== id) desk.sessions.end(former.userId);
      const begun = session.begin(proved.value, way.key, desk.config.clock(), tellCertificateEnd(desk, id, certificate));
      context.nudge();
      lockWithoutToken(context); // it may have been pulled out meanwhile
      return begun;
    },
    'session.unlock': async () => {
      const current = session.get();
      const key = session.key();
      if (!current || key === null) return fail('not-signed-in');
      if (current.over !== undefined) return fail(current.over); // it begins anew or not at all
      const proved = await prove(key, current.name);
      if (!proved.ok) return proved;
      if (proved.value.id !== current.userId) {
        desk.sessions.end(proved.value.id);
        noteRefused(desk, { code: 'key-not-of-user' }, proved.value.certificate);
        return fail('key-not-of-user');
      }
      journal(current.userId, 'session.unlocked');
      const unlocked = session.setLocked(false);
      lockWithoutToken(context);
      return unlocked;
    },
    'session.lock': () => {
      lockSession(context);
      return ok(null);
    },
    'session.sign-out': () => {
      signOut(context);
      return ok(null);
    },
    'session.use-role': ({ role }, { userId, roles, activeRole }) => {
      // without its entry a role is not used
      if (role !== activeRole && roles.includes(role)) journal(userId, 'session.role-used', { role });
      return session.useRole(role);
    },
  };
}
