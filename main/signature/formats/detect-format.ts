import { removeArmour } from './armour.ts';

/** What a file is by its bytes, never by its name. `signed-data` hands on the CMS without its PEM or base64 wrapping. */
export type DetectedFormat =
  | { readonly kind: 'pdf'; readonly headerAt: number }
  | { readonly kind: 'signed-data'; readonly bytes: Uint8Array }
  | { readonly kind: 'xmldsig' }
  | { readonly kind: 'none' };

/** Readers look for the PDF header this far into a file (ISO 32000-1 annex H). */
const PDF_HEADER_WINDOW = 1024;
/** A document that never names it has no XML signature. */
const XML_SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#';
/** Content of the OBJECT IDENTIFIER 1.2.840.113549.1.7.2 with its tag and length. */
const SIGNED_DATA = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

export function detectFormat(bytes: Uint8Array): DetectedFormat {
  // A message that carries a PDF has the header of that PDF near its beginning.
  if (isSignedData(bytes)) return { kind: 'signed-data', bytes };
  const headerAt = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PDF_HEADER_WINDOW)).indexOf('%PDF-', 0, 'latin1');
  // So may signed XML, in a comment that nobody signed.
  if (headerAt > 0 && isSignedXml(bytes)) return { kind: 'xmldsig' };
  if (headerAt >= 0) return { kind: 'pdf', headerAt };
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

/** Begins as XML does in UTF-8 or UTF-16, with or without a byte order mark, and names the namespace of signatures anywhere. */
function isSignedXml(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = view.subarray(0, 1024).toString('latin1').replaceAll('\0', '');
  if (!/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\s*</.test(start)) return false;
  return [Buffer.from(XML_SIGNATURE), Buffer.from(XML_SIGNATURE, 'utf16le'), Buffer.from(XML_SIGNATURE, 'utf16le').swap16()].some((name) =>
    view.includes(name),
  );
}
