import type { WindowApi } from '../../shared/contract/index.ts';
import { fail, type Result } from '../../shared/result.ts';

declare global {
  interface Window {
    readonly kense: WindowApi;
  }
}

/** The one door to the core. */
export const kense = (): WindowApi => window.kense;

let sessionLost: (() => void) | null = null;
/** Called when the core knows nothing of the session the window believes in: it was started anew, or it locked itself. */
export function listenForLostSession(listener: (() => void) | null): void {
  sessionLost = listener;
}

/** A call that never throws: a port that broke is a failure with a code like any other. */
export async function settle<T>(call: Promise<Result<T>>): Promise<Result<T>> {
  try {
    const result = await call;
    if (!result.ok && (result.error.code === 'not-signed-in' || result.error.code === 'session-locked')) sessionLost?.();
    return result;
  } catch {
    return fail('core-stopped');
  }
}
