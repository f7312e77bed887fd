import { strToU8, Zip, ZipDeflate } from 'fflate';
import { giveWay } from '../store/index.ts';

/** Of a cell; those of the counts have the usual font, those of the table a small one. */
export type Look = 'plain' | 'bold' | 'heading' | 'text' | 'number' | 'instant' | 'day';
export type SheetRow = {
  /** Points; absent: one line. */
  readonly height?: number;
  /** Null: nothing stands there. */
  readonly cells: readonly ({ readonly value: string | number; readonly look: Look } | null)[];
};
export type Sheet = {
  readonly name: string;
  /** Of the columns, in letters of the usual font. */
  readonly widths: readonly number[];
  /** A lying table is never wider than its page, whatever fonts the program that prints it has. */
  readonly landscape: boolean;
  /** The first row stays in sight. */
  readonly heading: boolean;
  readonly rows: Iterable<SheetRow>;
};

/** Points; small enough that a table which fits a page as PDF fits one here. */
const FONT_SIZE = 9;
const TOP = '<alignment vertical="top"/>';
const LOOKS: Readonly<Record<Look, string>> = {
  plain: '<xf/>',
  bold: '<xf fontId="1" applyFont="1"/>',
  heading: '<xf fontId="2" applyFont="1" fillId="2" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
  text: '<xf fontId="3" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
  number: `<xf fontId="3" applyFont="1" applyAlignment="1">${TOP}</xf>`,
  instant: timeLook(100),
  day: timeLook(101),
};
function timeLook(format: number): string {
  return `<xf numFmtId="${format}" applyNumberFormat="1" fontId="3" applyFont="1" applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf>`;
}
const places = Object.keys(LOOKS);
const PLACE_OF = Object.fromEntries(places.map((look, place) => [look, place])) as Readonly<Record<Look, number>>;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const STYLES =
  `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="100" formatCode="dd.mm.yyyy hh:mm"/>` +
  '<numFmt numFmtId="101" formatCode="dd.mm.yyyy"/></numFmts>' +
  '<fonts count="4"><font><family val="2"/><scheme val="minor"/></font><font><b/><family val="2"/><scheme val="minor"/></font>' +
  `<font><b/><sz val="${FONT_SIZE}"/><family val="2"/></font><font><sz val="${FONT_SIZE}"/><family val="2"/></font></fonts>` +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFECEFF2"/><bgColor indexed="64"/></patternFill></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  `<cellXfs count="${places.length}">${Object.values(LOOKS).join('')}</cellXfs></styleSheet>`;

/** An XLSX file, the same bytes for the same sheets. It is written in pieces, between which others have their turn, and only what is packed is kept. */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const [chunks, zip] = [[] as Uint8Array[], new Zip()];
  zip.ondata = (error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  };
  for (const [path, pieces] of partsOf(sheets)) {
    const part = new ZipDeflate(path);
    // an archive keeps times without a zone; this is the first it can hold, wherever the program runs
    part.mtime = new Date(1980, 0, 1);
    zip.add(part);
    for (const piece of pieces) {
      part.push(strToU8(piece));
      await giveWay();
    }
    part.push(new Uint8Array(), true);
  }
  zip.end();
  return new Uint8Array(Buffer.concat(chunks));
}

function partsOf(sheets: readonly Sheet[]): [path: string, pieces: Iterable<string>][] {
  const each = (text: (sheet: Sheet, n: number) => string) => sheets.map((sheet, at) => text(sheet, at + 1)).join('');
  const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const relations = (inner: string) => [`${XML}<Relationships xmlns="${RELATIONS}">${inner}</Relationships>`];
  const override = (part: string, type: string) => `<Override PartName="/xl/${part}" ContentType="${CONTENT}.${type}+xml"/>`;
  const types =
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    override('workbook.xml', 'sheet.main') +
    override('styles.xml', 'styles') +
    each((_, n) => override(`worksheets/sheet${n}.xml`, 'worksheet'));
  const names = each(({ name }, n) => `<sheet name="${inXml(name)}" sheetId="${n}" r:id="rId${n}"/>`);
  return [
    ['[Content_Types].xml', [`${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${types}</Types>`]],
    ['_rels/.rels', relations(relation('rId1', 'officeDocument', 'xl/workbook.xml'))],
    ['xl/workbook.xml', [`${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names}</sheets></workbook>`]],
    [
      'xl/_rels/workbook.xml.rels',
      relations(each((_, n) => relation(`rId${n}`, 'worksheet', `worksheets/sheet${n}.xml`)) + relation('rId0', 'styles', 'styles.xml')),
    ],
    ['xl/styles.xml', [STYLES]],
    ...sheets.map((sheet, at): [string, Iterable<string>] => [`xl/worksheets/sheet${at + 1}.xml`, piecesOf(sheet, at === 0)]),
  ];
}

/** Rows that are written before others have their turn. */
const AT_ONCE = 200;

function* piecesOf({ widths, landscape, heading, rows }: Sheet, first: boolean): Generator<string> {
  const pane = heading ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' : '';
  let piece =
    `${XML}<worksheet xmlns="${MAIN}">${landscape ? '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' : ''}` +
    `<sheetViews><sheetView${first ? ' tabSelected="1"' : ''} workbookViewId="0">${pane}</sheetView></sheetViews><cols>` +
    `${widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('')}</cols><sheetData>`;
  let number = 0;
  for (const row of rows) {
    piece += rowXml(row, ++number);
    if (number % AT_ONCE !== 0) continue;
    yield piece;
    piece = '';
  }
  const margins = '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>';
  yield `${piece}</sheetData>${landscape ? `${margins}<pageSetup fitToHeight="0" paperSize="9" orientation="landscape"/>` : ''}</worksheet>`;
}

function rowXml({ height, cells }: SheetRow, number: number): string {
  const inner = cells.map((cell, at) => {
    if (cell === null) return '';
    const place = `r="${columnName(at)}${number}" s="${PLACE_OF[cell.look]}"`;
    return typeof cell.value === 'number'
      ? `<c ${place}><v>${cell.value}</v></c>`
      : `<c ${place} t="inlineStr"><is><t xml:space="preserve">${inXml(cell.value)}</t></is></c>`;
  });
  return `<row r="${number}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>${inner.join('')}</row>`;
}

const columnName = (at: number): string => (at < 26 ? '' : columnName(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));

/** No XML holds these, not even by their numbers. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const inXml = (text: string): string => text.replace(NOT_IN_XML, '').replace(/[&<>"]/g, (letter) => ESCAPES[letter]!);
