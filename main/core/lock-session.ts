import type { Session } from '../../shared/contract/index.ts';
import { isDiskFull } from '../store/index.ts';
import type { ModuleFinding, Pkcs11Ref } from '../token/index.ts';
import type { CoreContext } from './core-context.ts';

type Parts = Pick<CoreContext, 'desk' | 'session' | 'nudge'>;

/** Locks the window and forgets the key of the session; a full disk keeps nobody's window open. */
export function lockSession({ desk, session, nudge }: Parts, lockedBy: NonNullable<Session['lockedBy']> | null = null): void {
  const now = session.get();
  if (!now || now.locked) return;
  session.setLocked(true, lockedBy);
  try {
    desk.sessions.end(now.userId);
    const details = lockedBy === null ? {} : { reason: lockedBy };
    desk.store.write((tx) => tx.journal({ at: desk.config.clock(), actor: now.userId, action: 'session.locked', subject: null, details }));
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
  nudge();
}

/** Locks a session whose token is no longer in its reader; one that its module cannot show any more counts as gone. */
export async function lockWithoutToken(parts: Parts & Pick<CoreContext, 'tokenHost'>): Promise<void> {
  const key = parts.session.key();
  if (key?.kind !== 'pkcs11' || parts.session.get()?.locked) return;
  const found = await parts.tokenHost.modules();
  if (found.ok && !isThere(found.value, key) && parts.session.key() === key) lockSession(parts, 'token-removed');
}

function isThere(found: readonly ModuleFinding[], { module, tokenSerial, tokenLabel }: Pkcs11Ref): boolean {
  const sight = found.find((finding) => finding.module === module)?.sight;
  return sight?.ok === true && sight.value.tokens.some(({ serial, label }) => serial === tokenSerial && label === tokenLabel);
}
