/** Sums of tenge, exact to the tiyn at any size: whole numbers of tiyn, never floating point. */

/** Up to 30 digits before the point; blanks between groups and a comma are as people write them. */
const TENGE = /^(\d{1,30})(?:[.,](\d{1,2}))?$/;
const NUMBER = /^(\d+)(?:\.(\d+))?$/;

/** Tenge as a number or as text (`"1 234 567,50"`), in tiyn; null for what has a sign, a power of ten or parts of a tiyn. */
export function parseTenge(tenge: number | string): bigint | null {
  const m = TENGE.exec(String(tenge).replaceAll(/[\s\u00a0\u202f]/g, ''));
  return m ? BigInt(m[1]!) * 100n + BigInt((m[2] ?? '').padEnd(2, '0')) : null;
}

/** Tenge with two decimals: `1234567.50`. */
export function formatTenge(tiyn: bigint): string {
  const digits = (tiyn < 0n ? -tiyn : tiyn).toString().padStart(3, '0');
  return `${tiyn < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `factor` times a sum, divided by `divisor`, rounded half up to the tiyn. `factor` is a decimal of the law such as 0.3; it is not negative. */
export function timesDecimal(tiyn: bigint, factor: number, divisor = 1n): bigint {
  const m = NUMBER.exec(String(factor));
  if (!m) throw new RangeError(`no decimal of the law: ${factor}`);
  const decimals = m[2] ?? '';
  const below = 10n ** BigInt(decimals.length) * divisor;
  return (2n * tiyn * BigInt(m[1]! + decimals) + below) / (2n * below);
}
