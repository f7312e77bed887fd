/** The value that a share of all lies at or below (nearest rank); null of nothing. @param sorted the least first */
export function percentile(sorted: ArrayLike<number>, share: number): number | null {
  return sorted.length === 0 ? null : sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
