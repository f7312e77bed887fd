import type { GostCurve } from './gost-curves.ts';

/** x, y; no point stands for the neutral element. */
export type Affine = { readonly x: bigint; readonly y: bigint };
/** x = X / Z², y = Y / Z³; the neutral element has Z = 0. */
type Jacobian = { X: bigint; Y: bigint; Z: bigint };

/** Odd multiples 1·P, 3·P, 5·P … of a point, for windows of `width` bits. */
export type Multiples = { readonly width: number; readonly points: readonly Affine[] };

/** Arithmetic on one curve: nothing here takes constant time, so a secret goes in only as a sum of random parts. */
export type GostArithmetic = {
  readonly curve: GostCurve;
  isOnCurve(point: Affine): boolean;
  /** Null for a point of order two. */
  multiplesOf(point: Affine, width: number): Multiples | null;
  /** Whether k·P + l·Q is not neutral and its x is r modulo q. */
  sumHasX(k: bigint, p: Multiples, l: bigint, q: Multiples, r: bigint): boolean;
  /** k·P + l·Q; null for the neutral element. */
  sum(k: bigint, p: Multiples, l: bigint, q: Multiples): Affine | null;
  /** Whether k·P is the neutral element. */
  vanishes(k: bigint, p: Multiples): boolean;
};

export function arithmeticOf(curve: GostCurve): GostArithmetic {
  const { p, q, a, b } = curve;
  const reduce = reductionOf(p);
  const exact = (x: bigint): bigint => ((x % p) + p) % p;
  const minusThree = a === p - 3n;

  function double({ X, Y, Z }: Jacobian): Jacobian {
    const yy = reduce(Y * Y);
    const zz = reduce(Z * Z);
    const s = reduce(X * yy) << 2n;
    const m = minusThree ? reduce((X - zz) * (X + zz) * 3n) : reduce(3n * X * X + a * reduce(zz * zz));
    const x = reduce(m * m - (s << 1n));
    return { X: x, Y: reduce(m * (s - x) - ((yy * yy) << 3n)), Z: reduce((Y * Z) << 1n) };
  }

  function add(first: Jacobian, { x, y }: Affine): Jacobian {
    const { X, Y, Z } = first;
    if (exact(Z) === 0n) return { X: x, Y: y, Z: 1n };
    const zz = reduce(Z * Z);
    const h = reduce(x * zz - X);
    const m = reduce(y * reduce(Z * zz) - Y);
    if (exact(h) === 0n) return exact(m) === 0n ? double(first) : { X: 1n, Y: 1n, Z: 0n };
    const hh = reduce(h * h);
    const hhh = reduce(h * hh);
    const v = reduce(X * hh);
    const third = reduce(m * m - hhh - (v << 1n));
    return { X: third, Y: reduce(m * (v - third) - Y * hhh), Z: reduce(Z * h) };
  }

  /** All of them with one inversion; none may be neutral. */
  function toAffine(points: readonly Jacobian[]): Affine[] {
    const products: bigint[] = [];
    let product = 1n;
    for (const { Z } of points) {
      products.push(product);
      product = reduce(product * Z);
    }
    let inverse = invert(exact(product), p);
    const affine: Affine[] = [];
    for (let i = points.length - 1; i >= 0; i--) {
      const { X, Y, Z } = points[i]!;
      const z = reduce(inverse * products[i]!);
      inverse = reduce(inverse * Z);
      const zz = reduce(z * z);
      affine[i] = { x: exact(X * zz), y: exact(Y * reduce(zz * z)) };
    }
    return affine;
  }

  /** k·P + l·Q with one chain of doublings (Straus). */
  function sum(k: bigint, first: Multiples, l: bigint, second: Multiples | null): Jacobian {
    const digits = nonAdjacentForm(k, first.width);
    const others = second ? nonAdjacentForm(l, second.width) : [];
    let result: Jacobian = { X: 1n, Y: 1n, Z: 0n };
    const addDigit = (digit: number | undefined, { points }: Multiples): void => {
      if (!digit) return;
      const point = points[(Math.abs(digit) - 1) / 2]!;
      result = add(result, digit > 0 ? point : { x: point.x, y: p - point.y });
    };
    for (let i = Math.max(digits.length, others.length) - 1; i >= 0; i--) {
      if (result.Z !== 0n) result = double(result);
      addDigit(digits[i], first);
      if (second) addDigit(others[i], second);
    }
    return result;
  }

  return {
    curve,
    isOnCurve: ({ x, y }) => x >= 0n && x < p && y >= 0n && y < p && (y * y - (x * x + a) * x - b) % p === 0n,
    multiplesOf(point, width) {
      const points: Jacobian[] = [{ X: point.x, Y: point.y, Z: 1n }];
      const doubled = double(points[0]!);
      if (exact(doubled.Z) === 0n) return null;
      const step = toAffine([doubled])[0]!;
      for (let i = 1; i < 1 << (width - 2); i++) points.push(add(points[i - 1]!, step));
      return { width, points: toAffine(points) };
    },
    sumHasX(k, first, l, second, r) {
      const { X, Z } = sum(k, first, l, second);
      if (exact(Z) === 0n) return false;
      const zz = reduce(Z * Z);
      for (let x = r; x < p; x += q) if (exact(x * zz - X) === 0n) return true;
      return false;
    },
    sum(k, first, l, second) {
      const point = sum(k, first, l, second);
      return exact(point.Z) === 0n ? null : toAffine([point])[0]!;
    },
    vanishes: (k, multiples) => exact(sum(k, multiples, 0n, null).Z) === 0n,
  };
}

/** Brings a product near the size of p; for p just below a power of two by folding what stands above it. */
function reductionOf(p: bigint): (x: bigint) => bigint {
  const bits = p.toString(2).length;
  const excess = (1n << BigInt(bits)) - p;
  if (excess >= 1n << 32n) return (x) => x % p;
  const shift = BigInt(bits);
  return (x) => {
    const once = BigInt.asUintN(bits, x) + (x >> shift) * excess;
    return BigInt.asUintN(bits, once) + (once >> shift) * excess;
  };
}

/** Digits of k from the lowest, odd or zero, below 2^(width-1) in size, any two at least `width` places apart. */
function nonAdjacentForm(k: bigint, width: number): number[] {
  const digits: number[] = [];
  const size = 1 << width;
  for (let rest = k; rest > 0n;) {
    const low = Number(BigInt.asUintN(width, rest));
    if ((low & 1) === 0) {
      digits.push(0);
      rest >>= 1n;
      continue;
    }
    const digit = low >= size >> 1 ? low - size : low;
    digits.push(digit);
    rest = (rest - BigInt(digit)) >> 1n;
  }
  return digits;
}

/** x⁻¹ modulo a prime; x is not zero. */
export function invert(x: bigint, modulus: bigint): bigint {
  let [a, b, u, v] = [x % modulus, modulus, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b, u, v] = [b, a - quotient * b, v, u - quotient * v];
  }
  return ((u % modulus) + modulus) % modulus;
}
