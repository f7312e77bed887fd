import { needsCheck } from '../checking/index.ts';
import { readFiling } from '../intake/index.ts';
import type { Desk } from './desk.ts';

/** Verifies a filing that is about to be registered and was not checked as it now is; needs no line. Answers whether there was something to check. */
export async function checkToRegister(desk: Desk, filingId: string): Promise<boolean> {
  const filing = readFiling(desk.store.read, filingId);
  if (!filing || filing.intake === 'arriving' || !needsCheck(filing, desk.config.clock())) return false;
  await desk.verify(filingId);
  return true;
}
