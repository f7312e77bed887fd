import type { ExchangeFault } from './exchange.ts';

const REST_MS = 45_000;

/** A host that did not answer is left alone for a while, so that a hundred filings do not wait for it one after the other. */
export function createHostRests() {
  const resting = new Map<string, { readonly outcome: ExchangeFault; readonly until: number }>();
  return {
    /** Why the host rests, null when it may be asked. */
    of(host: string): ExchangeFault | null {
      const rest = resting.get(host);
      return rest && rest.until > performance.now() ? rest.outcome : null;
    },
    note(host: string, outcome: ExchangeFault | null): void {
      if (outcome === 'unreachable' || outcome === 'timeout') resting.set(host, { outcome, until: performance.now() + REST_MS });
      else resting.delete(host);
    },
    end: () => resting.clear(),
  };
}
