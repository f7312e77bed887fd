/** So many restarts within so long: a process that falls at once again must not be started for ever. */
const MOST_RESTARTS = 3;
const WITHIN_MS = 60_000;

export class RestartBudget {
  private readonly restarts: number[] = [];

  /** Takes one restart from the budget; false when it is used up. `nowMs` is any clock that only goes forward. */
  take(nowMs: number): boolean {
    while (this.restarts[0] !== undefined && nowMs - this.restarts[0] >= WITHIN_MS) this.restarts.shift();
    if (this.restarts.length >= MOST_RESTARTS) return false;
    this.restarts.push(nowMs);
    return true;
  }
}
