/**
 * The one range of a Range header (RFC 9110 §14.2) over `size` bytes: both ends included, `unsatisfiable` when it lies outside,
 * null when there is none to honour (several ranges and other units are ignored, as the standard allows).
 */
export function readByteRange(
  header: string | undefined,
  size: number,
): { readonly first: number; readonly last: number } | 'unsatisfiable' | null {
  const m = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!m || (m[1] === '' && m[2] === '')) return null;
  if (m[1] === '') {
    const length = Number(m[2]);
    return length === 0 || size === 0 ? 'unsatisfiable' : { first: Math.max(0, size - length), last: size - 1 };
  }
  const first = Number(m[1]);
  const last = m[2] === '' ? size - 1 : Math.min(Number(m[2]), size - 1);
  if (m[2] !== '' && Number(m[2]) < first) return null; // not a valid range, so no range at all
  return first >= size ? 'unsatisfiable' : { first, last };
}
