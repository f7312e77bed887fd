/** Text wrappings are unpacked up to this size. */
const MAX_TEXT_OCTETS = 192 * 1024 * 1024;

/** The bytes inside the one PEM block of a message, or plain base64 with or without line breaks; null for anything else. */
export function removeArmour(bytes: Uint8Array): Uint8Array | null {
  if (bytes.length > MAX_TEXT_OCTETS || !looksLikeText(bytes)) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(BYTE_ORDER_MARK, '')
    .replaceAll('\0', '');
  if (!text.includes('-----BEGIN ')) return decodeBase64(text);
  const blocks = readPemBlocks(text).filter(({ label }) => MESSAGE_LABEL.test(label));
  return blocks.length === 1 ? (blocks[0]?.bytes ?? null) : null;
}

const MESSAGE_LABEL = /^(?:CMS|PKCS7|PKCS ?#7 SIGNED DATA)$/;

/** Text that says it holds a message, whether or not one can be read out of it. */
export function claimsMessage(bytes: Uint8Array): boolean {
  return /^\s*-----BEGIN (?:CMS|PKCS7|PKCS ?#7 SIGNED DATA)-----/.test(Buffer.from(bytes.subarray(0, 256)).toString('latin1'));
}

/** Of UTF-8, and of UTF-16 as some editors save plain text; its zero octets are dropped with it. */
const BYTE_ORDER_MARK = /^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/;

export type PemBlock = { readonly label: string; readonly bytes: Uint8Array };

/** Every well-formed PEM block of a text (RFC 7468, headers of RFC 1421 skipped). */
export function readPemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  const pattern = /-----BEGIN ([A-Z0-9 #]{1,64})-----([^-]*)-----END \1-----/g;
  for (const [, label = '', body = ''] of text.matchAll(pattern)) {
    const bytes = decodeBase64(withoutHeaders(body));
    if (bytes !== null) blocks.push({ label, bytes });
  }
  return blocks;
}

/** The body after the empty line that ends its headers, where its first line is one. */
function withoutHeaders(body: string): string {
  const text = body.trimStart();
  const line = text.indexOf('\n');
  if (line < 0 || !text.slice(0, line).includes(':')) return text;
  const end = /\n[ \t\r]*\n/.exec(text);
  return end ? text.slice(end.index) : text;
}

/** Base64 with blanks and line breaks anywhere, complete groups only; null when anything else is in it. */
export function decodeBase64(text: string): Uint8Array | null {
  const packed = text.replace(/\s+/g, '');
  if (packed.length === 0 || packed.length % 4 === 1 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return null;
  if (packed.endsWith('=') && packed.length % 4 !== 0) return null;
  return Buffer.from(packed, 'base64');
}

function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 512).every((octet) => (octet >= 0x20 ? octet !== 0x7f : octet === 0 || (octet >= 9 && octet <= 13)));
}
