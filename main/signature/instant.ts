/** UTC ISO instant without needless milliseconds, e.g. `2026-11-21T10:00:00Z`. */
export function instantOf(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
