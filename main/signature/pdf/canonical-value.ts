import { toHex } from '../../asn1/read-der.ts';
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
