/** Bounds the memory of one document; a signed statement is far smaller. */
const MAX_OCTETS = 32 * 1024 * 1024;

/** The text of an XML file without its byte order mark, or why it is not read. */
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
    const octets = big ? Buffer.from(bytes).swap16() : bytes;
    return { ok: true, text: new TextDecoder(encoding === 'utf-16' ? 'utf-16le' : 'utf-8', { fatal: true }).decode(octets), encoding };
  } catch {
    return { ok: false, fault: 'encoding-broken' };
  }
}

/** Whether the encoding an XML declaration names is the one the bytes are in. */
export function namesEncoding(declared: string | undefined, encoding: 'utf-8' | 'utf-16'): boolean {
  if (declared === undefined) return true;
  const name = declared.toLowerCase();
  return encoding === 'utf-8' ? name === 'utf-8' || name === 'utf8' : ['utf-16', 'utf-16le', 'utf-16be'].includes(name);
}
