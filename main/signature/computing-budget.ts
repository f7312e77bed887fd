/** The file asks for more work than any honest one: nothing is known about it then. */
export class BudgetExceeded extends Error {}

/** The work one file may cost. It counts computations, not time, so that the same file ends the same way on every machine. */
export type ComputingBudget = {
  /** @param cost in the measure of computing-cost.ts. Throws BudgetExceeded. */
  spend(cost: number): void;
  /** The same for a computation whose outcome is remembered: it costs the first time, then next to nothing. */
  spendOnce(id: string, cost: number): void;
};

const LIMIT = 3_000_000;
/** For a pass over the file itself with the slowest hash, and some with faster ones. */
const PER_OCTET = 0.06;
const LOOK_UP = 1;

/** @param octets length of the file. */
export function createComputingBudget(octets = 0): ComputingBudget {
  let left = LIMIT + PER_OCTET * octets;
  const known = new Set<string>();
  const spend = (cost: number): void => {
    left -= cost;
    if (left < 0) throw new BudgetExceeded('too much to compute');
  };
  return {
    spend,
    spendOnce(id, cost) {
      spend(known.has(id) ? LOOK_UP : cost);
      known.add(id);
    },
  };
}

/** @param otherwise answered when the budget does not last. */
export function withinBudget<T>(compute: () => T, otherwise: T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof BudgetExceeded) return otherwise;
    throw error;
  }
}
