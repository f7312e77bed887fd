import type { LineFault } from './fault-proxy.ts';

/** Everything that a line does to a single request; what takes long or changes an order has tests of its own. */
export const LINE_FAULTS: Record<string, LineFault> = {
  'lost request': { kind: 'lose-request' },
  'lost answer': { kind: 'lose-answer' },
  'request that arrives twice': { kind: 'duplicate' },
  'HTTP 500': { kind: 'status', status: 500 },
  'HTTP 429': { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
  'page of a network that asks to sign in': { kind: 'garbage' },
  'answer cut in half': { kind: 'truncate' },
  'request cut in half': { kind: 'cut-request' },
  'connection that never answers': { kind: 'silent' },
  'answer that stops in the middle': { kind: 'half-silent' },
};
