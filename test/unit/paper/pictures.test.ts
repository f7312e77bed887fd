import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createPictureWork, forkPictures } from '../../../main/paper/index.ts';
import { drawSheet } from '../../support/paper/draw-sheet.ts';
import { must } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

const work = createPictureWork(forkPictures(path.resolve('main/paper/pictures/process.ts')));
afterAll(() => work.close());
const examine = async (bytes: Uint8Array) => must(await work.ask({ call: 'examine', bytes, page: 0 }));

describe('a page that was scanned', () => {
  it.each([-6, -2.5, 1.5, 4])('that lies askew by %d degrees is told so, to a third of a degree', async (askew) => {
    const { skew, blank } = await examine(await drawSheet({ askew }));
    expect(blank).toBe(false);
    expect(Math.abs(skew + askew)).toBeLessThan(0.35);
  });

  it('that stands straight is left as it is, without a warning', async () => {
    expect(await examine(await drawSheet({}))).toEqual({ skew: 0, blank: false, warnings: [] });
  });

  it('that is blank, with its grain, is told apart from one with little writing', async () => {
    expect(await examine(await drawSheet({ blank: true, grain: false }))).toMatchObject({ blank: true });
    expect(await examine(await drawSheet({ ink: 60 }))).toMatchObject({ blank: false });
  });

  it('that is too light or cut off is warned about', async () => {
    expect((await examine(await drawSheet({ ink: 180 }))).warnings).toEqual(['light']);
    expect((await examine(await drawSheet({ cut: true }))).warnings).toEqual(['cut']);
  });

  it('is straight once it was straightened', async () => {
    const bytes = await drawSheet({ askew: 3 });
    const { skew } = await examine(bytes);
    const drawing = { quality: 80, dpi: 300, grey: false };
    const drawn = must(await work.ask({ call: 'draw', bytes, page: 0, turn: 0, straighten: skew, sourceDpi: 200, drawing }));
    expect((await examine(drawn.bytes)).skew).toBe(0);
  });

  it('keeps its size in dots and inches from TIFF with several pages, and from a photograph that knows none', async () => {
    const [first, second] = [await drawSheet({ dpi: 150, format: 'tiff' }), await drawSheet({ dpi: 100, format: 'jpeg' })];
    expect(must(await work.ask({ call: 'survey', bytes: first }))).toEqual({
      kind: 'picture',
      pages: [{ width: 1241, height: 1754, dpi: 150 }],
    });
    const photograph = new Uint8Array(await sharp(second).withMetadata({ density: 72 }).jpeg().toBuffer());
    const [page] = must(await work.ask({ call: 'survey', bytes: photograph })).pages;
    expect(page!.dpi).toBe(100);
  });
});

describe('a hostile picture', () => {
  /** A PNG that says it is so large; its data are a few zeros. */
  function bomb(width: number, height: number): Uint8Array {
    const chunk = (type: string, data: Buffer) => {
      const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(data.length);
      const crc = Buffer.alloc(4);
      crc.writeUInt32BE(crc32(body));
      return Buffer.concat([length, body, crc]);
    };
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, 0, 0, 0, 0], 8);
    const signature = Buffer.from('89504e470d0a1a0a', 'hex');
    return Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.alloc(1 << 20))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }
  function crc32(bytes: Buffer): number {
    let crc = ~0;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc >>> 0;
  }

  it('that unfolds into more than a sheet has is refused before it is unfolded', async () => {
    expect(await work.ask({ call: 'survey', bytes: bomb(60_000, 60_000) })).toMatchObject({ error: { code: 'picture-too-large' } });
    expect(await work.ask({ call: 'examine', bytes: bomb(60_000, 60_000), page: 0 })).toMatchObject({
      error: { code: 'picture-too-large' },
    });
  });

  it('of another kind, or none at all, is refused', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>');
    const webp = new Uint8Array(
      await sharp(await drawSheet({ dpi: 20 }))
        .webp()
        .toBuffer(),
    );
    for (const bytes of [svg, webp, Buffer.from('%PDF-1.7 and nothing more'), Buffer.from('nothing')])
      expect(await work.ask({ call: 'survey', bytes: new Uint8Array(bytes) })).toMatchObject({ error: { code: 'picture-unreadable' } });
  });

  it('over which the process falls costs that picture and no other', async () => {
    const falling = createPictureWork(forkPictures(path.resolve('main/paper/pictures/process.ts')), 1);
    expect(await falling.ask({ call: 'examine', bytes: await drawSheet({ dpi: 300 }), page: 0 })).toMatchObject({ ok: false });
    falling.close();
    expect(await work.ask({ call: 'survey', bytes: await drawSheet({ dpi: 50 }) })).toMatchObject({ ok: true });
  });
});

describe('pages joined to a PDF', () => {
  it('are sheets of A4 that other programs read, pages of other PDFs among them', async () => {
    const bytes = await drawSheet({ dpi: 150 });
    const drawing = { quality: 75, dpi: 300, grey: true };
    const drawn = must(await work.ask({ call: 'draw', bytes, page: 0, turn: 90, straighten: 0, sourceDpi: 150, drawing }));
    const jpeg = { kind: 'jpeg', ...drawn } as const;
    const first = must(await work.ask({ call: 'assemble', title: 'Талап қою арызы', language: 'kk', parts: [jpeg] }));
    expect(must(await work.ask({ call: 'survey', bytes: first }))).toMatchObject({ kind: 'pdf', pages: [{ width: 842, height: 595 }] });
    const parts = [{ ...jpeg, width: drawn.width, height: drawn.height }, { kind: 'pdf', bytes: first, page: 0, turn: 90 } as const];
    const joined = must(await work.ask({ call: 'assemble', title: 'Қосымша', language: 'kk', parts }));
    const file = path.join(tempDir(), 'joined.pdf');
    writeFileSync(file, joined);
    execFileSync('qpdf', ['--check', file]);
    const facts = execFileSync('pdfinfo', ['-f', '1', '-l', '2', file], { encoding: 'utf8' });
    expect(facts).toMatch(/Title:\s+Қосымша/);
    expect(facts).toMatch(/Pages:\s+2/);
    expect(facts).toMatch(/Page\s+1 size:\s+841.89 x 595.28 pts \(A4\)/);
    expect(facts).toMatch(/Page\s+2 rot:\s+90/);
  });
});
