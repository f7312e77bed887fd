import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pull } from '../../../main/core/index.ts';
import { beginPaperWork, createScanners, readPaperPages, scanPages, type ScannersConfig } from '../../../main/paper/index.ts';
import { must, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

const present = spawnSync('scanimage', ['--version']).status === 0;
/** SANE with its test device alone: a feeder of ten sheets. */
const config = tempDir();
writeFileSync(path.join(config, 'dll.conf'), 'test\n');
const runtime = tempDir();
const sane = (options: readonly string[] = [], more: Partial<ScannersConfig> = {}) =>
  createScanners({ environment: { SANE_CONFIG_DIR: config }, options: ['--test-picture', 'Grid', ...options], platform: 'linux', ...more });
const glass = { scannerId: 'test:0', dpi: 150, color: false, feeder: false };

describe.skipIf(!present)('scanning through SANE', () => {
  let office: TrainingOffice;
  let secretary: string;
  beforeAll(async () => {
    process.env['XDG_RUNTIME_DIR'] = runtime;
    office = await trainingOffice({ samples: 0 });
    must(await pull(office.desk));
    secretary = await signInAs(office, 'secretary');
  }, 60_000);
  afterAll(() => office.close());
  const scan = (scanners: ReturnType<typeof sane>, work: string, wish = glass) =>
    scanPages({ ...office.desk.paper, scanners }, work, wish, () => undefined);
  /** SANE's test device hangs once in some hundred scans; the product gives it up as one that says nothing, and it is asked again. */
  const surely = async (options: readonly string[], work: string, wish = glass) => {
    for (;;) {
      const scanned = await scan(sane(options, { silenceMs: 10_000 }), work, wish);
      if (scanned.ok || scanned.error.code !== 'scanner-slow') return scanned;
    }
  };
  const begin = () => beginPaperWork(office.desk.paper, secretary).id;
  const count = (work: string) => readPaperPages(office.desk.store.read, work).pages.length;

  it('lists the scanners and what they can do', async () => {
    expect(must(await sane().list())).toContainEqual({ id: 'test:0', name: 'Noname frontend-tester' });
    expect(must(await sane().abilities('test:0'))).toMatchObject({
      ...{ dpi: [150, 200, 300, 400, 600], colorMode: 'Color', greyMode: 'Gray' },
      ...{ feeder: 'Automatic Document Feeder', glass: 'Flatbed', width: 200, height: 200 },
    });
  });

  it('takes one page from the glass, and all sheets from the feeder', async () => {
    const work = begin();
    expect(await surely([], work)).toEqual({ ok: true, value: 1 });
    expect(await surely([], work, { ...glass, feeder: true, color: true })).toEqual({ ok: true, value: 10 });
    const { pages } = readPaperPages(office.desk.store.read, work);
    expect(pages).toHaveLength(11);
    expect(pages[0]).toMatchObject({ source: 'picture', dpi: 150, width: 1181, height: 1181 });
    expect(readdirSync(runtime)).toEqual([]);
  }, 60_000);

  it.each([
    ['SANE_STATUS_JAMMED', 'scanner-jam'],
    ['SANE_STATUS_COVER_OPEN', 'scanner-open'],
    ['SANE_STATUS_NO_DOCS', 'scanner-empty'],
    ['SANE_STATUS_IO_ERROR', 'scanner-gone'],
    ['SANE_STATUS_DEVICE_BUSY', 'scanner-busy'],
  ])('ends at %s with what to do about it, keeps what came before and goes on behind it', async (status, code) => {
    const work = begin();
    must(await surely([], work));
    const broken = ['--read-return-value', status];
    expect(await surely(broken, work, { ...glass, feeder: true })).toMatchObject({ error: { code, params: { page: 2 } } });
    expect(count(work)).toBe(1);
    must(await surely([], work));
    expect(count(work)).toBe(2);
    expect(readdirSync(runtime)).toEqual([]);
  });

  it('says that the scanner is gone, that it says nothing, and that there is no SANE', async () => {
    const work = begin();
    expect(await scan(sane(), work, { ...glass, scannerId: 'test:9' })).toMatchObject({ error: { code: 'scanner-gone' } });
    const slow = sane(['--read-delay=yes', '--read-delay-duration=200000', '--read-limit=yes', '--read-limit-size=1'], { silenceMs: 300 });
    expect(await scan(slow, work)).toMatchObject({ error: { code: 'scanner-slow', params: { page: 1 } } });
    expect(await sane([], { program: 'no-such-program' }).list()).toMatchObject({ error: { code: 'scanner-unsupported' } });
    expect(await sane([], { platform: 'win32' }).list()).toMatchObject({ error: { code: 'scanner-unsupported' } });
    expect(count(work)).toBe(0);
  });
});
