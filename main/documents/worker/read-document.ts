import type { DocumentBlock, SafeDocument, TextRun } from '../../../shared/contract/index.ts';
import { MAX_BLOCKS, MAX_BYTES, MAX_CHARACTERS, MAX_PAGE_CHARACTERS } from '../reading-limits.ts';
import { decodeText } from './decode-text.ts';
import { openArchive, type Archive } from './open-archive.ts';
import { readDocx } from './read-docx.ts';
import { readPdfText, type PagesText } from './read-pdf-text.ts';
import { readWorkbook, readXlsx } from './read-xlsx.ts';
import { Unreadable } from './unreadable.ts';
import { withinBudget } from './within-budget.ts';

/** What a document is by its content, as intake has found it. */
export type ReadableType = 'pdf' | 'office' | 'text';

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** Name of the stream that an encrypted OOXML file lies in, as its container writes it. */
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

/** The text of a document, page by page; a sheet counts as a page, a text document is one. Throws Unreadable. */
export async function readText(type: ReadableType, bytes: Buffer): Promise<PagesText> {
  if (bytes.length > MAX_BYTES) throw new Unreadable('limit-size');
  if (type === 'pdf') return readPdfText(Uint8Array.from(bytes));
  if (type === 'text') return limited([decodeText(bytes)]);
  const archive = openOffice(bytes);
  if (isWorkbook(archive)) {
    const { sheets } = await readWorkbook(archive);
    return limited(sheets.map(({ name, rows }) => [name, ...rows.map((row) => row.filter(Boolean).join('\t'))].filter(Boolean).join('\n')));
  }
  return limited([(await readDocx(archive)).blocks.map(blockText).filter(Boolean).join('\n')]);
}

/** A DOCX, XLSX or plain text file as blocks to show. Throws Unreadable. */
export async function readSafely(type: 'office' | 'text', bytes: Buffer): Promise<SafeDocument> {
  if (bytes.length > MAX_BYTES) throw new Unreadable('limit-size');
  if (type === 'text') return withinBudget(showText(decodeText(bytes)));
  const archive = openOffice(bytes);
  return withinBudget(await (isWorkbook(archive) ? readXlsx(archive) : readDocx(archive)));
}

function showText(text: string): SafeDocument {
  const lines = text.split(/\r\n|\r|\n/);
  const blocks = lines.slice(0, MAX_BLOCKS).map((line): DocumentBlock => {
    return { type: 'paragraph', runs: [{ text: line.slice(0, MAX_PAGE_CHARACTERS), bold: false, italic: false, link: false }] };
  });
  return { blocks, warnings: [], cut: lines.length > MAX_BLOCKS };
}

function openOffice(bytes: Buffer): Archive {
  if (bytes.subarray(0, OLE.length).equals(OLE)) throw new Unreadable(bytes.includes(ENCRYPTED_PACKAGE) ? 'encrypted' : 'old-format');
  const archive = openArchive(bytes);
  if (!isWorkbook(archive) && !archive.xml.has('word/document.xml')) throw new Unreadable('unsupported');
  return archive;
}

const isWorkbook = ({ xml }: Archive): boolean => xml.has('xl/workbook.xml');

function limited(texts: readonly string[]): PagesText {
  let left = MAX_CHARACTERS;
  let cut = false;
  const pages = texts.map((whole, i) => {
    const normal = whole.normalize('NFC').trim();
    const text = normal.slice(0, Math.min(left, MAX_PAGE_CHARACTERS * (texts.length === 1 ? 20 : 1)));
    cut ||= text.length < normal.length;
    left -= text.length;
    return { page: i + 1, text };
  });
  return { pages: pages.filter(({ text }) => text !== ''), cut };
}

const runsText = (runs: readonly TextRun[]): string => runs.map(({ text }) => text).join('');

function blockText(block: DocumentBlock): string {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
    case 'item':
      return runsText(block.runs);
    case 'table':
      return block.rows.map((row) => row.map((cell) => cell.paragraphs.map(runsText).join(' ')).join('\t')).join('\n');
    case 'sheet':
      return block.rows.map((row) => row.join('\t')).join('\n');
    case 'picture':
      return '';
  }
}
