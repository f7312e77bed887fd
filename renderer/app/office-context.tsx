import { createContext, use } from 'react';
import type { Office, Reference, Settings } from '../../shared/contract/index.ts';

/** What holds for everybody on this desk, signed in or not. */
export type OfficeState = {
  readonly office: Office;
  readonly reference: Reference;
  readonly settings: Settings;
  /** Applies at once and tells the core; a refusal puts the old setting back. */
  readonly changeSettings: (patch: Partial<Settings>) => void;
};

export const OfficeContext = createContext<OfficeState | null>(null);

export function useOffice(): OfficeState {
  const state = use(OfficeContext);
  if (!state) throw new Error('no office');
  return state;
}
