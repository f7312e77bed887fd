/** Text wrappings are unpacked up to this size. */
const MAX_TEXT_OCTETS = 192 * 1024 * 1024;

/** The bytes inside one PEM block or plain base64, with or without line breaks; null for anything else. */
export function removeArmour(bytes: Uint8Array): Uint8Array | null {
  if (bytes.length > MAX_TEXT_OCTETS || !looksLikeText(bytes)) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  const blocks = readPemBlocks(text);
  const [only, ...others] = blocks;
  if (only) return others.length === 0 ? only.bytes : null;
  return decodeBase64(text);
}

export type PemBlock = { readonly label: string; readonly bytes: Uint8Array };

/** Every well-formed PEM block of a text (RFC 7468, headers of RFC 1421 skipped). */
export function readPemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  const pattern = /-----BEGIN ([A-Z0-9 #]{1,64})-----([^-]*)-----END \1-----/g;
  for (const [, label = '', body = ''] of text.matchAll(pattern)) {
    const bytes = decodeBase64(body.replace(/^(?:[^\n:]*:[^\n]*\r?\n)+\r?\n/, ''));
    if (bytes !== null) blocks.push({ label, bytes });
  }
  return blocks;
}

/** Base64 with blanks and line breaks anywhere, complete groups only; null when anything else is in it. */
export function decodeBase64(text: string): Uint8Array | null {
  const packed = text.replace(/[\s\0]+/g, '');
  if (packed.length === 0 || packed.length % 4 === 1 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return null;
  if (packed.endsWith('=') && packed.length % 4 !== 0) return null;
  return Buffer.from(packed, 'base64');
}

function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 512).every((octet) => (octet >= 0x20 ? octet !== 0x7f : octet === 0 || (octet >= 9 && octet <= 13)));
}
