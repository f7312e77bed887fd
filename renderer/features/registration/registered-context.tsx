import { createContext, use } from 'react';

/** The filing registered last in this session: its numbers stay in sight while the next one is already open. */
export type Registered = {
  readonly filingId: string;
  readonly incomingNumber: string | null;
  readonly caseNumber: string | null;
  readonly joinsCase: string | null;
  readonly claimant: string | null;
};
type RegisteredState = {
  readonly last: Registered | null;
  readonly announce: (registered: Registered) => void;
  readonly dismiss: () => void;
  /** Shows the talon of a filing over whatever is open. */
  readonly openTalon: (filingId: string) => void;
};
export const RegisteredContext = createContext<RegisteredState | null>(null);

export function useRegistered(): RegisteredState {
  const state = use(RegisteredContext);
  if (!state) throw new Error('no registration');
  return state;
}
