import mammoth from 'mammoth';
import type { DocumentBlock, SafeDocument, TextRun } from '../../../shared/contract/index.ts';
import { MAX_BLOCKS } from '../reading-limits.ts';
import { findWarnings } from './find-warnings.ts';
import { packStored, type Archive } from './open-archive.ts';
import { Unreadable } from './unreadable.ts';

/** The elements that the library makes of a document, as far as they are shown. */
type Element = {
  readonly type: string;
  readonly children?: readonly Element[];
  readonly value?: string;
  readonly styleName?: string | null;
  readonly numbering?: { readonly level: string | number; readonly isOrdered: boolean } | null;
  readonly isBold?: boolean;
  readonly isItalic?: boolean;
  readonly isAllCaps?: boolean;
  readonly colSpan?: number;
  readonly rowSpan?: number;
  readonly checked?: boolean;
};

/** A text document as blocks. Nothing of the file is taken over but text and its structure. Throws Unreadable `malformed`. */
export async function readDocx(archive: Archive): Promise<SafeDocument> {
  let document: Element | null = null;
  try {
    await mammoth.convertToHtml(
      { buffer: packStored(archive.xml) },
      {
        externalFileAccess: false,
        includeEmbeddedStyleMap: false,
        // what was read is taken here, and no markup is made of it
        transformDocument: (element: Element) => ((document = element), { ...element, children: [] }),
      },
    );
  } catch {
    throw new Unreadable('malformed');
  }
  const blocks: DocumentBlock[] = [];
  for (const child of (document as Element | null)?.children ?? []) addBlocks(child, blocks);
  return { blocks: blocks.slice(0, MAX_BLOCKS), warnings: findWarnings(archive), cut: blocks.length > MAX_BLOCKS };
}

const HEADING = /^(?:heading|заголовок|тақырып)\s*([1-6])$/i;
const TITLE = /^(title|название|заголовок)$/i;

function addBlocks(element: Element, blocks: DocumentBlock[]): void {
  if (blocks.length > MAX_BLOCKS) return;
  if (element.type === 'table') {
    blocks.push({ type: 'table', rows: rowsOf(element) });
    return;
  }
  if (element.type !== 'paragraph') {
    for (const child of element.children ?? []) addBlocks(child, blocks);
    return;
  }
  const { runs, pictures } = contentOf(element);
  if (runs.length > 0) blocks.push(textBlock(element, runs));
  for (let i = 0; i < pictures; i++) blocks.push({ type: 'picture' });
}

function textBlock({ styleName, numbering }: Element, runs: TextRun[]): DocumentBlock {
  const level = TITLE.test(styleName ?? '') ? '1' : HEADING.exec(styleName ?? '')?.[1];
  if (level !== undefined) return { type: 'heading', level: Number(level), runs };
  if (numbering) return { type: 'item', ordered: numbering.isOrdered, depth: Math.min(8, Number(numbering.level) || 0), runs };
  return { type: 'paragraph', runs };
}

function rowsOf(table: Element): (DocumentBlock & { type: 'table' })['rows'] {
  return (table.children ?? []).map((row) =>
    (row.children ?? []).map((cell) => ({
      columns: Math.min(cell.colSpan ?? 1, 1_000),
      rows: Math.min(cell.rowSpan ?? 1, 10_000),
      paragraphs: paragraphsIn(cell),
    })),
  );
}

/** A table within a table is shown as its lines. */
function paragraphsIn(element: Element): TextRun[][] {
  return (element.children ?? []).flatMap((child) =>
    child.type === 'paragraph' ? [contentOf(child).runs].filter((runs) => runs.length > 0) : paragraphsIn(child),
  );
}

type Style = Omit<TextRun, 'text'> & { capitals: boolean };

function contentOf(paragraph: Element): { runs: TextRun[]; pictures: number } {
  const runs: TextRun[] = [];
  let pictures = 0;
  const say = (text: string, { bold, italic, link, capitals }: Style): void => {
    const said = capitals ? text.toUpperCase() : text;
    const last = runs.at(-1);
    if (last && last.bold === bold && last.italic === italic && last.link === link) last.text += said;
    else runs.push({ text: said, bold, italic, link });
  };
  const walk = (element: Element, style: Style): void => {
    switch (element.type) {
      case 'text':
        return say(element.value ?? '', style);
      case 'tab':
        return say('\t', style);
      case 'break':
        return say('\n', style);
      case 'checkbox':
        return say(element.checked === true ? '☑' : '☐', style);
      case 'image':
        pictures += 1;
        return;
    }
    const inner: Style =
      element.type === 'run'
        ? {
            ...style,
            bold: style.bold || element.isBold === true,
            italic: style.italic || element.isItalic === true,
            capitals: element.isAllCaps === true,
          }
        : element.type === 'hyperlink'
          ? { ...style, link: true }
          : style;
    for (const child of element.children ?? []) walk(child, inner);
  };
  for (const child of paragraph.children ?? []) walk(child, { bold: false, italic: false, link: false, capitals: false });
  return { runs: runs.some((run) => run.text.trim() !== '') ? runs : [], pictures };
}
