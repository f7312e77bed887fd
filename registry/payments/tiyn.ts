const TENGE = /^(\d{1,13})(?:\.(\d{1,2}))?$/;

/** Tenge as a number or decimal text, in tiyn; null for what has more than two decimals, a sign or another notation. */
export function tiynOf(tenge: number | string): bigint | null {
  const m = TENGE.exec(String(tenge).trim());
  return m ? BigInt(m[1] ?? '0') * 100n + BigInt((m[2] ?? '').padEnd(2, '0')) : null;
}

/** Tenge with two decimals. */
export function tengeOf(tiyn: bigint): string {
  const digits = tiyn.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
