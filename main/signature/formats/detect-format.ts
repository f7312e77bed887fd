import { removeArmour } from './armour.ts';

/** What a file is by its bytes, never by its name. `signed-data` hands on the CMS without its PEM or base64 wrapping. */
export type DetectedFormat =
  | { readonly kind: 'pdf'; readonly headerAt: number }
  | { readonly kind: 'signed-data'; readonly bytes: Uint8Array }
  | { readonly kind: 'xmldsig' }
  | { readonly kind: 'none' };

/** Readers look for the PDF header this far into a file (ISO 32000-1 annex H). */
const PDF_HEADER_WINDOW = 1024;
/** How much of an XML file is searched for a signature. */
const XML_WINDOW = 8 * 1024 * 1024;
/** Content of the OBJECT IDENTIFIER 1.2.840.113549.1.7.2 with its tag and length. */
const SIGNED_DATA = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

export function detectFormat(bytes: Uint8Array): DetectedFormat {
  const headerAt = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PDF_HEADER_WINDOW)).indexOf('%PDF-', 0, 'latin1');
  if (headerAt >= 0) return { kind: 'pdf', headerAt };
  if (isSignedData(bytes)) return { kind: 'signed-data', bytes };
  const inner = removeArmour(bytes);
  if (inner !== null && isSignedData(inner)) return { kind: 'signed-data', bytes: inner };
  return { kind: isSignedXml(bytes) ? 'xmldsig' : 'none' };
}

/** Looks only at the first two elements, so that a damaged SignedData is still called one. */
function isSignedData(bytes: Uint8Array): boolean {
  const length = bytes[1];
  if (bytes[0] !== 0x30 || length === undefined) return false;
  const at = length <= 0x80 ? 2 : 2 + (length & 0x7f);
  return SIGNED_DATA.every((octet, i) => bytes[at + i] === octet);
}

function isSignedXml(bytes: Uint8Array): boolean {
  const window = Buffer.from(bytes.subarray(0, XML_WINDOW));
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? window : bytes[0] === 0xfe && bytes[1] === 0xff ? swapPairs(window) : null;
  const text = utf16 ? utf16.toString('utf16le') : window.toString('utf8');
  return /^\s*</.test(text.slice(0, 1024).replace(/^\uFEFF/, '')) && text.includes('http://www.w3.org/2000/09/xmldsig#');
}

const swapPairs = (octets: Buffer): Buffer => octets.subarray(0, octets.length & ~1).swap16();
