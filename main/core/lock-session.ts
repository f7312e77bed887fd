import type { Session } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/result.ts';
import { isDiskFull } from '../store/index.ts';
import type { ModuleFinding, Pkcs11Ref } from '../token/index.ts';
import type { CoreContext } from './core-context.ts';

type Parts = Pick<CoreContext, 'desk' | 'session' | 'nudge'>;

/** Locks the window and forgets the key of the session; a full disk keeps nobody's window open. */
export function lockSession(parts: Parts, lockedBy: NonNullable<Session['lockedBy']> | null = null): void {
  const now = parts.session.get();
  if (!now || now.locked) return;
  parts.session.setLocked(true, lockedBy);
  noteEnd(parts, now.userId, 'session.locked', lockedBy === null ? {} : { reason: lockedBy });
}

/** Signs the person of the window out; a full disk keeps nobody's session open. */
export function signOut(parts: Parts): void {
  const now = parts.session.get();
  parts.session.end();
  if (now) noteEnd(parts, now.userId, 'session.signed-out');
}

function noteEnd({ desk, nudge }: Parts, actor: string, action: string, details: Readonly<Record<string, string>> = {}): void {
  try {
    desk.sessions.end(actor);
    desk.store.write((tx) => tx.journal({ at: desk.config.clock(), actor, action, subject: null, details }));
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
  nudge();
}

/** Locks a session whose token is no longer in its reader; one that cannot be seen any more counts as gone. */
export function lockWithoutToken(context: Parts & Pick<CoreContext, 'tokenHost' | 'onBug'>): void {
  const key = context.session.key();
  if (key?.kind !== 'pkcs11' || context.session.get()?.locked) return;
  void context.tokenHost
    .modules(key.module)
    .then((found) => {
      if (!isThere(found, key) && context.session.key() === key) lockSession(context, 'token-removed');
    })
    .catch((error: unknown) => context.onBug('session.lock', error));
}

function isThere(found: Result<readonly ModuleFinding[]>, { module, tokenSerial, tokenLabel }: Pkcs11Ref): boolean {
  const sight = found.ok ? found.value.find((finding) => finding.module === module)?.sight : undefined;
  return sight?.ok === true && sight.value.tokens.some(({ serial, label }) => serial === tokenSerial && label === tokenLabel);
}
