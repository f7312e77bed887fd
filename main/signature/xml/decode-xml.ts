/** Bounds the memory of one document; a signed statement is far smaller. */
const MAX_OCTETS = 32 * 1024 * 1024;

/** The text of an XML file without its byte order mark, line ends as `\n` (XML 1.0 §2.11), or why it is not read. */
export type DecodedXml =
  | { readonly ok: true; readonly text: string; readonly encoding: 'utf-8' | 'utf-16' }
  | { readonly ok: false; readonly fault: 'too-large' | 'encoding-unsupported' | 'encoding-broken' };

/** Decodes UTF-8 and UTF-16 as XML 1.0 appendix F tells them apart: by the byte order mark, otherwise by how `<?` or `<` is written. */
export function decodeXml(bytes: Uint8Array): DecodedXml {
  if (bytes.length > MAX_OCTETS) return { ok: false, fault: 'too-large' };
  const [first, second, third, fourth] = bytes;
  const little = (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c);
  // UTF-32 begins like UTF-16 and goes on with zeroes; the rest is EBCDIC.
  if ((little && third === 0 && fourth === 0) || (first === 0 && second === 0) || first === 0x4c) {
    return { ok: false, fault: 'encoding-unsupported' };
  }
  if ((little || big) && bytes.length % 2 !== 0) return { ok: false, fault: 'encoding-broken' };
  try {
    const encoding = little || big ? 'utf-16' : 'utf-8';
    if (encoding === 'utf-8') return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(withPlainLines(bytes)), encoding };
    const copy = Uint8Array.from(bytes);
    if (big) Buffer.from(copy.buffer).swap16();
    const units = withPlainLines(new Uint16Array(copy.buffer));
    return { ok: true, text: new TextDecoder('utf-16le', { fatal: true }).decode(units), encoding };
  } catch {
    return { ok: false, fault: 'encoding-broken' };
  }
}

/** Code units with every carriage return, and the line feed after it, made one line feed. */
function withPlainLines(units: Uint8Array | Uint16Array): Uint8Array | Uint16Array {
  if (!units.includes(0x0d)) return units;
  const plain = units instanceof Uint16Array ? new Uint16Array(units.length) : new Uint8Array(units.length);
  let length = 0;
  for (let i = 0; i < units.length; i++) {
    const unit = units[i] ?? 0;
    if (unit === 0x0d && units[i + 1] === 0x0a) continue;
    plain[length++] = unit === 0x0d ? 0x0a : unit;
  }
  return plain.subarray(0, length);
}

/** Whether the encoding an XML declaration names is the one the bytes are in. */
export function namesEncoding(declared: string | undefined, encoding: 'utf-8' | 'utf-16'): boolean {
  if (declared === undefined) return true;
  const name = declared.toLowerCase();
  return encoding === 'utf-8' ? name === 'utf-8' || name === 'utf8' : ['utf-16', 'utf-16le', 'utf-16be'].includes(name);
}
