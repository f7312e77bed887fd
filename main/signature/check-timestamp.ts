import type { TimestampReport } from '../../shared/domain/verdict.ts';
import { createComputingBudget } from './computing-budget.ts';
import { createLedger } from './evidence/ledger.ts';
import type { Policy } from './policy/policy.ts';
import { verifyTimestamp } from './timestamp/verify-timestamp.ts';
import { prepareTrust, type TrustMaterial } from './trust/trust-material.ts';
import { createWorkbench } from './workbench.ts';

/**
 * Verifies a timestamp token on its own, before anything is built on it: the same checks it goes through inside a signature.
 * @param input.sha256 the digest that the token must be over.
 * @param input.at UTC ISO instant.
 */
export async function checkTimestamp(input: {
  token: Uint8Array;
  sha256: Uint8Array;
  trust: TrustMaterial;
  policy: Policy;
  at: string;
}): Promise<TimestampReport> {
  const { token, policy } = input;
  const at = Date.parse(input.at);
  const [ledger, computing] = [createLedger(), createComputingBudget()];
  const none = { certificates: [], crls: [], ocsp: [] };
  const { pool, pathsUnder } = createWorkbench({ trust: prepareTrust(input.trust), at, ledger, computing }, [none], new Map(), [token]);
  const frame = { policy, pool, pathsOf: pathsUnder(policy), ledger, computing, at, since: at };
  const digestOf = (hash: string) => Promise.resolve(hash === 'SHA-256' ? input.sha256 : null);
  return (await verifyTimestamp(token, 'signature', digestOf, frame)).report;
}
