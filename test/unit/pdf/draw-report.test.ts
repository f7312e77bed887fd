import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { drawReport } from '../../../main/pdf/index.ts';

const content = {
  ...{
    language: 'ru' as const,
    landscape: false,
    court: 'Сот',
    title: 'Есеп',
    facts: ['Кезең'],
    empty: '',
    foot: '{page}/{pages}',
    mark: null,
  },
  columns: [{ title: 'Аты', width: 20, number: false }],
  rows: Array.from({ length: 30 }, (_, n) => [`жол ${n}`]),
  counts: [{ title: 'Барлығы', parts: [['жол', '30']] }],
  madeAt: '2026-11-20T05:00:00.000Z',
} as const;

it('reads each font from its file once, however many reports of however many lines are drawn', async () => {
  const read = vi.spyOn(fs, 'readFileSync');
  syncBuiltinESMExports();
  try {
    for (let drawn = 0; drawn < 2; drawn++) await drawReport(content, path.resolve('resources/fonts'), () => Promise.resolve());
    const fonts = read.mock.calls.map(([file]) => path.basename(String(file))).filter((name) => name.endsWith('.ttf'));
    expect(fonts.sort()).toEqual(['Tinos-Bold.ttf', 'Tinos-Italic.ttf', 'Tinos-Regular.ttf']);
  } finally {
    read.mockRestore();
    syncBuiltinESMExports();
  }
});
