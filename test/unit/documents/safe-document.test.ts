import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { SafeDocument } from '../../../shared/contract/index.ts';
import { createDocumentReader } from '../../../main/documents/index.ts';
import { cell, paragraph, writeDocx, writeXlsx } from '../../support/documents/write-office.ts';

const reader = createDocumentReader(path.resolve('main/documents/worker/process.ts'));
afterAll(() => reader.close());

async function shown(file: Uint8Array, type: 'office' | 'text' = 'office'): Promise<SafeDocument> {
  const answer = await reader.view(type, Uint8Array.from(file));
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}
const plain = (text: string) => ({ text, bold: false, italic: false, link: false });
const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="External"/>`;

describe('a text document', () => {
  it('is shown as headings, paragraphs, lists and tables with bold and italic, in their order', async () => {
    const table = `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>${paragraph('Борыш')}</w:tc></w:tr><w:tr><w:tc>${paragraph('a')}</w:tc><w:tc>${paragraph('b')}</w:tc></w:tr></w:tbl>`;
    const numbering = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`;
    const body =
      paragraph('Талап қою арызы', '<w:pStyle w:val="H1"/>') +
      paragraph('Қалың', '', '<w:b/>') +
      paragraph('бірінші', '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') +
      table +
      '<w:p><w:hyperlink r:id="h1"><w:r><w:rPr><w:i/></w:rPr><w:t>сілтеме</w:t></w:r></w:hyperlink></w:p>';
    const { blocks, warnings, cut } = await shown(
      writeDocx(body, [{ name: 'word/numbering.xml', content: numbering }], relation('h1', 'hyperlink', 'https://example.invalid/')),
    );
    expect(blocks).toEqual([
      { type: 'heading', level: 1, runs: [plain('Талап қою арызы')] },
      { type: 'paragraph', runs: [{ ...plain('Қалың'), bold: true }] },
      { type: 'item', ordered: true, depth: 0, runs: [plain('бірінші')] },
      {
        type: 'table',
        rows: [
          [{ columns: 2, rows: 1, paragraphs: [[plain('Борыш')]] }],
          [
            { columns: 1, rows: 1, paragraphs: [[plain('a')]] },
            { columns: 1, rows: 1, paragraphs: [[plain('b')]] },
          ],
        ],
      },
      { type: 'paragraph', runs: [{ ...plain('сілтеме'), italic: true, link: true }] },
    ]);
    // an ordinary link is drawn without its address and is nothing to warn of
    expect(warnings).toEqual([]);
    expect(cut).toBe(false);
    expect(JSON.stringify(blocks)).not.toContain('example.invalid');
  });

  it('gives its markup as the letters it is made of', async () => {
    const { blocks } = await shown(writeDocx(paragraph('&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x&gt;')));
    expect(blocks).toEqual([{ type: 'paragraph', runs: [plain('<script>alert(1)</script> <img src=x>')] }]);
  });

  it('names what it carries besides', async () => {
    const dde =
      '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\cmd</w:instrText></w:r></w:p>';
    const further = ['word/vbaProject.bin', 'word/embeddings/oleObject1.bin', 'word/activeX/activeX1.bin'].map((name) => ({
      name,
      content: 'x',
    }));
    const { warnings } = await shown(
      writeDocx(paragraph('x') + dde, further, relation('t1', 'attachedTemplate', 'http://example.invalid/t.dotm')),
    );
    expect(warnings).toEqual(['macros', 'external-links', 'embedded-objects', 'active-controls', 'dde']);
  });
});

describe('a workbook', () => {
  it('is shown sheet by sheet with the values that are kept, and says that it has formulas', async () => {
    const rows = `<row r="1">${cell('A1', 'Төлем')}<c r="C1"><f>WEBSERVICE("http://example.invalid")</f><v>12.5</v></c></row>`;
    expect(await shown(writeXlsx({ Есеп: rows }))).toEqual({
      blocks: [{ type: 'sheet', name: 'Есеп', rows: [['Төлем', '', '12.5']], hiddenRows: 0 }],
      warnings: ['formulas'],
      cut: false,
    });
  });

  it('is cut where it is longer or wider than what is shown, and says so', async () => {
    const rows = Array.from({ length: 2_100 }, (_, i) => `<row r="${i + 1}">${cell(`A${i + 1}`, `r${i}`)}</row>`).join('');
    const { blocks, cut } = await shown(writeXlsx({ long: rows }));
    expect(blocks[0]).toMatchObject({ hiddenRows: 100 });
    expect(cut).toBe(true);
  });
});

describe('what is shown of a document that swells', () => {
  it('one long text in every cell of a large sheet, or of several, is shown as far as one budget goes', async () => {
    const shared = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>${'ж'.repeat(2_000)}</t></si></sst>`;
    const column = (n: number) => (n < 26 ? '' : 'A') + String.fromCharCode(65 + (n % 26));
    const rows = Array.from({ length: 300 }, (_, r) => {
      const cells = Array.from({ length: 50 }, (_, c) => `<c r="${column(c)}${r + 1}" t="s"><v>0</v></c>`);
      return `<row r="${r + 1}">${cells.join('')}</row>`;
    }).join('');
    const file = writeXlsx({ one: rows, two: rows }, [{ name: 'xl/sharedStrings.xml', content: shared }]);
    expect(file.length).toBeLessThan(200_000);
    const { blocks, cut } = await shown(file);
    expect(cut).toBe(true);
    expect(blocks[0]).toMatchObject({ type: 'sheet', name: 'one' });
    const said = JSON.stringify(blocks).length;
    expect(said).toBeGreaterThan(1_900_000);
    expect(said).toBeLessThan(2_100_000);
  });

  it('short cells are counted too, and those of a text document', async () => {
    const row = `<w:tr>${'<w:tc><w:p/></w:tc>'.repeat(50)}</w:tr>`;
    const { blocks, cut } = await shown(writeDocx(`<w:tbl>${row.repeat(500)}</w:tbl>` + paragraph('соңы')));
    expect(cut).toBe(true);
    expect(blocks.map(({ type }) => type)).toEqual(['table']);
    const [table] = blocks;
    expect(table?.type === 'table' && table.rows.reduce((sum, cells) => sum + cells.length, 0)).toBe(20_000);
  });

  it('a table of the size that courts see is whole', async () => {
    const row = `<w:tr>${`<w:tc>${paragraph('1 234,56')}</w:tc>`.repeat(10)}</w:tr>`;
    const { blocks, cut } = await shown(writeDocx(`<w:tbl>${row.repeat(1_000)}</w:tbl>` + paragraph('соңы')));
    expect(cut).toBe(false);
    expect(blocks.map(({ type }) => type)).toEqual(['table', 'paragraph']);
  });

  it('plain text ends where the budget does', async () => {
    const { blocks, cut } = await shown(Buffer.from(`${'ж'.repeat(1_000)}\n`.repeat(3_000)), 'text');
    expect([cut, blocks.length]).toEqual([true, 1_999]);
  });
});

it('plain text is shown line by line', async () => {
  expect(await shown(Buffer.from('бір\r\nекі'), 'text')).toEqual({
    blocks: ['бір', 'екі'].map((text) => ({ type: 'paragraph', runs: [plain(text)] })),
    warnings: [],
    cut: false,
  });
});
