import { childrenOf, contentOf, encodingOf, Members, readOid, TAG, toHex, type Tlv } from '../../asn1/index.ts';

export type NameAttribute = { readonly oid: string; /** Null when the value is not text. */ readonly text: string | null };

export type DistinguishedName = {
  /** The encoding as it stands. */
  readonly raw: Uint8Array;
  /** Equal for two names that match by RFC 5280 §7.1: letter case, spacing and string type do not count, everything else does. */
  readonly key: string;
  /** The same for each relative name in its order; `key` is these joined by commas. */
  readonly rdns: readonly string[];
  /** For people, e.g. `CN=ТЕСТОВ ТЕСТ, C=KZ`; control and direction characters are shown as U+FFFD. */
  readonly text: string;
  readonly attributes: readonly NameAttribute[];
};

const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.15': 'businessCategory',
  '2.5.4.42': 'GN',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'E',
};

export function readName(name: Tlv): DistinguishedName {
  const attributes: NameAttribute[] = [];
  const rdns = childrenOf(name, TAG.sequence).map((rdn) => readRelativeName(childrenOf(rdn, TAG.set), attributes));
  const text = attributes.map(({ oid, text }) => `${SHORT_NAMES[oid] ?? oid}=${text === null ? '#' : visible(text)}`).join(', ');
  return { raw: encodingOf(name), key: nameKey(rdns), rdns, text, attributes };
}

/** Key of a name of these relative names. */
export const nameKey = (rdns: readonly string[]): string => rdns.join(',');

/** Key of one relative name from its pairs, whose order does not count; the attributes are added to `attributes` as they stand. */
export function readRelativeName(pairs: readonly Tlv[], attributes: NameAttribute[] = []): string {
  const keys = pairs.map((pair) => {
    const members = new Members(pair);
    const oid = readOid(members.next());
    const value = members.next();
    members.done();
    const text = readText(value);
    attributes.push({ oid, text });
    return `${oid}=${(text === null ? null : fold(text)) ?? `#${toHex(encodingOf(value))}`}`;
  });
  return JSON.stringify(keys.sort());
}

/**
 * Comparison form of a directory string (RFC 4518 §2): some characters count for nothing, case is folded, runs of spaces are one. Null
 * for text that is no name and would take long: putting combining marks in order costs the square of how many stand together.
 */
function fold(text: string): string | null {
  const counting = text.replace(NOTHING, '');
  if (MANY_MARKS.test(counting)) return null;
  return counting
    .replace(/[\s\u0085]+/gu, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Unicode calls text with fewer stream-safe (UAX #15 §13). The two Katakana marks become combining ones. */
const MANY_MARKS = /[\p{M}\uff9e\uff9f]{31}/u;

/** RFC 4518 §2.2: soft hyphens, joiners, direction marks and most controls are mapped to nothing; the controls that are spaces are not. */
const NOTHING = /(?![\t-\r\u0085])[\p{Cc}\p{Cf}\u034f\u180b-\u180d\ufe00-\ufe0f\ufffc]/gu;

/** Characters that would change how the text around them is shown: controls, direction marks, joiners. */
export const UNSAFE_CHARACTERS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

export const visible = (text: string): string => text.replace(UNSAFE_CHARACTERS, '\uFFFD');

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of a directory string; null for other types and broken encodings. */
export function readText(value: Tlv): string | null {
  const octets = contentOf(value);
  switch (value.tag) {
    case TAG.utf8String:
      try {
        return utf8.decode(octets);
      } catch {
        return null;
      }
    case 0x12: // NumericString
    case 0x13: // PrintableString
    case 0x14: // TeletexString, read as Latin-1 as every known writer means it
    case 0x16: // IA5String
    case 0x1a: // VisibleString
      return Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
    case 0x1c: // UniversalString
      return octets.length % 4 ? null : readCodePoints(octets);
    case 0x1e: // BMPString
      if (octets.length % 2) return null;
      return Array.from({ length: octets.length / 2 }, (_, i) =>
        String.fromCharCode((octets[2 * i] ?? 0) * 256 + (octets[2 * i + 1] ?? 0)),
      ).join('');
    default:
      return null;
  }
}

/** UTF-32, big-endian; null when a number is no code point. */
function readCodePoints(octets: Uint8Array): string | null {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  let text = '';
  for (let at = 0; at < octets.length; at += 4) {
    const point = view.getUint32(at);
    if (point > 0x10ffff) return null;
    text += String.fromCodePoint(point);
  }
  return text;
}
