import { sameBytes, toHex } from '../../asn1/index.ts';
import type { PdfObject } from './pdf-object.ts';
import type { PdfValue } from './pdf-value.ts';

/** Equal for values that mean the same: spacing, order of keys and way of writing strings do not count. */
export function canonical(value: PdfValue): string {
  switch (value.type) {
    case 'name':
      return `/${JSON.stringify(value.name)}`;
    case 'number':
      return String(value.value);
    case 'string':
      return `(${toHex(value.octets)})`;
    case 'array':
      return `[${value.items.map(canonical).join(' ')}]`;
    case 'dictionary':
      return `<<${value.entries
        .map(({ key, value: item }) => `/${JSON.stringify(key)} ${canonical(item)}`)
        .sort()
        .join(' ')}>>`;
    case 'reference':
      return `${value.object} ${value.generation} R`;
    case 'keyword':
      return value.word;
  }
}

/** The same value and, where there is one, the same stored stream. */
export function sameObject(a: PdfObject, b: PdfObject): boolean {
  if (canonical(a.value) !== canonical(b.value)) return false;
  return a.stream === null || b.stream === null ? a.stream === b.stream : sameBytes(a.stream, b.stream);
}
