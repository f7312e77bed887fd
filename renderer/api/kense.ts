import type { WindowApi } from '../../shared/contract/index.ts';
import { fail, type Result } from '../../shared/result.ts';

declare global {
  interface Window {
    readonly kense: WindowApi;
  }
}

/** The one door to the core. */
export const kense = (): WindowApi => window.kense;

/** A call that never throws: a port that broke is a failure with a code like any other. */
export async function settle<T>(call: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call;
  } catch {
    return fail('core-stopped');
  }
}
