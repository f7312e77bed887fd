import { createContext, use } from 'react';
import type { Session } from '../../shared/contract/index.ts';

export const SessionContext = createContext<Session | null>(null);

/** The person who is signed in; screens exist only below it. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('not signed in');
  return session;
}
