import type { DocumentView } from '../../shared/contract/index.ts';

export type ContentType = NonNullable<DocumentView['contentType']>;

/** How many leading bytes contentTypeOf wants to see. */
export const SNIFF_BYTES = 1024;

const starts = (bytes: Uint8Array, signature: readonly number[], at = 0) => signature.every((b, i) => bytes[at + i] === b);
const ascii = (text: string) => [...Buffer.from(text, 'latin1')];
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const IMAGES = [[0xff, 0xd8, 0xff], [0x89, ...ascii('PNG\r\n')], ascii('GIF8'), ascii('II*\0'), ascii('MM\0*'), ascii('BM')];
const ARCHIVES = [ascii('7z\xbc\xaf\x27\x1c'), ascii('Rar!'), [0x1f, 0x8b]];

/** What a file is by its content, never by its name. */
export function contentTypeOf(head: Uint8Array, size: number): ContentType {
  if (size === 0) return 'empty';
  if (starts(head, ascii('%PDF-'))) return 'pdf';
  if (IMAGES.some((s) => starts(head, s)) || (starts(head, ascii('RIFF')) && starts(head, ascii('WEBP'), 8))) return 'image';
  if (starts(head, OLE)) return 'office';
  if (starts(head, ascii('PK\x03\x04'))) return isOfficeZip(head) ? 'office' : 'archive';
  if (ARCHIVES.some((s) => starts(head, s))) return 'archive';
  return isText(head) ? 'text' : 'other';
}

/** The media type under which the window may show it; everything that is not shown is plain bytes. */
export function mediaTypeOf(type: ContentType, head: Uint8Array): string {
  if (type === 'pdf') return 'application/pdf';
  if (type === 'text') return 'text/plain; charset=utf-8';
  if (type !== 'image') return 'application/octet-stream';
  if (starts(head, [0xff, 0xd8])) return 'image/jpeg';
  if (starts(head, [0x89])) return 'image/png';
  if (starts(head, ascii('GIF8'))) return 'image/gif';
  if (starts(head, ascii('RIFF'))) return 'image/webp';
  return 'application/octet-stream';
}

const EXPECTED: Readonly<Record<string, readonly ContentType[]>> = {
  pdf: ['pdf'],
  doc: ['office'],
  docx: ['office'],
  xls: ['office'],
  xlsx: ['office'],
  jpg: ['image'],
  jpeg: ['image'],
  png: ['image'],
  tif: ['image'],
  tiff: ['image'],
  gif: ['image'],
  bmp: ['image'],
  webp: ['image'],
  zip: ['archive', 'office'],
  rar: ['archive'],
  '7z': ['archive'],
  txt: ['text'],
};

/** False when the name promises another type than the content has. Names without a known ending promise nothing. */
export function contentFitsName(type: ContentType, fileName: string): boolean {
  const expected = EXPECTED[/\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''];
  return type === 'empty' || !expected || expected.includes(type);
}

function isOfficeZip(head: Uint8Array): boolean {
  const text = Buffer.from(head).toString('latin1');
  return ['[Content_Types].xml', 'word/', 'xl/', 'ppt/', '_rels/', 'docProps/', 'mimetypeapplication/vnd.oasis'].some((part) =>
    text.includes(part),
  );
}

function isText(head: Uint8Array): boolean {
  return head.every((b) => b >= 0x20 || b === 0x09 || b === 0x0a || b === 0x0d);
}
