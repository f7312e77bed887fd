import type { InflateBudget } from './inflate.ts';
import { readObjectStream, type PdfDocument } from './pdf-document.ts';
import { readObjectAt } from './pdf-object.ts';
import { integerOf, isBlank, isRegular } from './pdf-value.ts';

/** Names that make a PDF act by itself, reach out or carry something, with the flag they raise. */
const FLAGS: Readonly<Record<string, string>> = {
  JavaScript: 'JAVASCRIPT',
  JS: 'JAVASCRIPT',
  Launch: 'LAUNCH_ACTION',
  GoToR: 'REMOTE_REFERENCE',
  GoToE: 'REMOTE_REFERENCE',
  SubmitForm: 'REMOTE_REFERENCE',
  ImportData: 'REMOTE_REFERENCE',
  EmbeddedFile: 'EMBEDDED_FILE',
  EmbeddedFiles: 'EMBEDDED_FILE',
  XFA: 'XFA',
  RichMedia: 'RICH_MEDIA',
  RichMediaContent: 'RICH_MEDIA',
  Movie: 'RICH_MEDIA',
  Screen: 'RICH_MEDIA',
  Encrypt: 'ENCRYPTED',
};
/** First octets of every name that is looked at here; any may be written as `#xx`. Packed data is full of names that nobody means. */
const BEGINNINGS = new Uint8Array(256);
for (const name of [...Object.keys(FLAGS), 'Type', 'Page', 'F', 'UF', 'URI', 'Win', '#']) BEGINNINGS[name.charCodeAt(0)] = 1;
/** Shorter names turn up by chance in packed data, so they count only among readable characters. */
const CHANCE_LENGTH = 6;
const NEIGHBOURS = 6;
const MAX_PAGES = 20_000;
const MAX_OBJECT_STREAMS = 4_096;
/** Links to files of the reader's own machine or network. */
const LOCAL_LINK = /\((?:file:|\\\\\\\\|\/\/)/i;
const PROGRAM_NAME = /\.(?:exe|scr|bat|cmd|com|msi|vbs|js|jar|ps1|lnk|hta)\)/i;

/**
 * What is dangerous in a PDF itself, found by the names in its raw bytes and its object streams, `#xx` escapes undone. Nothing is
 * interpreted, so a name in an unused object raises its flag too.
 * @param document null when its cross-reference tables cannot be read.
 */
export function scanActiveContent(bytes: Uint8Array, document: PdfDocument | null, budget: InflateBudget): string[] {
  const flags = new Set<string>();
  let pages = scanNames(bytes, flags);
  for (const offset of objectStreamOffsets(bytes, document)) {
    const holder = readObjectAt(bytes, offset, null, integerOf, budget.computing);
    const unpacked = holder && readObjectStream(holder, budget);
    if (unpacked) pages += scanNames(unpacked.bytes, flags);
  }
  if (pages > MAX_PAGES) flags.add('PAGE_LIMIT');
  if (budget.exceeded) flags.add('DECOMPRESSION_LIMIT');
  return [...flags].sort();
}

/** Collects flags and answers how many page objects are named. */
function scanNames(bytes: Uint8Array, flags: Set<string>): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let pages = 0;
  let previous = '';
  for (let at = text.indexOf(0x2f); at >= 0; at = text.indexOf(0x2f, at + 1)) {
    if (BEGINNINGS[bytes[at + 1] ?? 0] !== 1) {
      previous = '';
      continue;
    }
    const { name, end } = readName(bytes, at + 1);
    const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
    if (flag !== undefined && (name.length >= CHANCE_LENGTH || isReadable(bytes, at - NEIGHBOURS, end + NEIGHBOURS))) flags.add(flag);
    if (name === 'Page' && previous === 'Type') pages++;
    if (name === 'F' || name === 'UF' || name === 'URI' || name === 'Win') {
      const target = text.toString('latin1', end, end + 300);
      if (LOCAL_LINK.test(target.slice(0, 16))) flags.add('REMOTE_REFERENCE');
      if (PROGRAM_NAME.test(target.slice(0, target.indexOf(')') + 1))) flags.add('EXECUTABLE');
    }
    previous = name;
  }
  return pages;
}

function readName(bytes: Uint8Array, from: number): { name: string; end: number } {
  let name = '';
  let at = from;
  for (; isRegular(bytes[at]) && name.length < 40; at++) {
    const code = bytes[at] === 0x23 ? Number.parseInt(String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0), 16) : Number.NaN;
    name += String.fromCharCode(Number.isNaN(code) ? (bytes[at] ?? 0) : code);
    if (!Number.isNaN(code)) at += 2;
  }
  return { name, end: at };
}

function isReadable(bytes: Uint8Array, from: number, to: number): boolean {
  return bytes.subarray(Math.max(0, from), to).every((octet) => (octet >= 0x20 && octet < 0x7f) || isBlank(octet));
}

/** Where object streams are: those the tables name, and any other that calls itself one. */
function objectStreamOffsets(bytes: Uint8Array, document: PdfDocument | null): number[] {
  const offsets = new Set<number>();
  for (const entry of document?.references.entries.values() ?? []) {
    const container = entry.kind === 'in' ? document?.references.entries.get(entry.container) : undefined;
    if (container?.kind === 'at') offsets.add(container.offset);
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (
    let at = text.indexOf('/ObjStm', 0, 'latin1');
    at >= 0 && offsets.size < MAX_OBJECT_STREAMS;
    at = text.indexOf('/ObjStm', at + 7, 'latin1')
  ) {
    const word = text.lastIndexOf('obj', at, 'latin1');
    const head = /\d{1,10}\s+\d{1,5}\s+$/.exec(text.toString('latin1', Math.max(0, word - 24), Math.max(0, word)));
    if (head) offsets.add(word - head[0].length);
  }
  return [...offsets].slice(0, MAX_OBJECT_STREAMS);
}
