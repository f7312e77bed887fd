import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { themeCss } from '../../../renderer/ui/theme/write-theme-css.ts';

const withoutComments = (source: string) => source.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/^\s*\/\/.*$/gm, '');
const RENDERER = path.resolve(import.meta.dirname, '../../../renderer');
const files = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(tsx?|html|css)$/.test(name))
  .map((name) => ({ name, text: withoutComments(readFileSync(path.join(RENDERER, name), 'utf8')) }));
const offenders = (pattern: RegExp, which = /\.tsx?$/) =>
  files.filter(({ name, text }) => which.test(name) && pattern.test(text)).map(({ name }) => name);

describe('the sources of the window', () => {
  test('are there', () => expect(files.length).toBeGreaterThan(100));

  test('never ask the engine for Kazakh: it has no such data', () => {
    expect(offenders(/\bIntl\s*\.|\.localeCompare\(|\.toLocale\w*\(/)).toEqual([]);
  });

  test('hold no style that the content policy blocks', () => {
    expect(
      offenders(/<style\b|\bstyle=["']|dangerouslySetInnerHTML|\.innerHTML\b|insertRule|setAttribute\(\s*['"]style/, /\.(tsx?|html)$/),
    ).toEqual([]);
  });

  test('use no part of the component kit that writes style elements', () => {
    expect(offenders(/\b(?:AppShell|SimpleGrid|Grid|Flex)\b[^;]*from '@mantine\/core'/)).toEqual([]);
    expect(offenders(/<\w+[^>]*\b(?:w|h|p|m|px|py|mx|my|mt|mb|fz|display)=\{\{\s*base:/s)).toEqual([]);
    expect(offenders(/lockScroll(?!=\{false\})/)).toEqual([]);
  });

  test('evaluate no text as a program and open no other address', () => {
    expect(offenders(/\beval\(|new Function\(|https?:\/\/(?!www\.w3\.org)/)).toEqual([]);
  });

  test('take the types of the contract and nothing that runs: its schemas would compile programs', () => {
    expect(offenders(/import (?!type\b)[^;]*from '[^']*shared\/(?:contract|registry)\//)).toEqual([]);
  });

  test('reach the core through one door', () => {
    expect(offenders(/window\.kense/)).toEqual(['api/kense.ts']);
    expect(offenders(/from '(?:electron|node:)/).filter((name) => name !== path.join('ui', 'theme', 'write-theme-css.ts'))).toEqual([]);
  });

  test('match keys by the physical key: only named keys are compared by name', () => {
    const compared = files.flatMap(({ text }) => [...text.matchAll(/event\.key\s*[!=]==\s*'([^']+)'/g)].map((m) => m[1]));
    expect(compared.filter((key) => key?.length === 1)).toEqual([]);
  });

  test('the variables of the kit are those of the theme', () => {
    const plain = (css: string) =>
      css
        .replaceAll(/\/\*.*?\*\//gs, '')
        .replaceAll(/\s+/g, '')
        .replaceAll(/["']/g, '')
        .toLowerCase();
    const written = files.find(({ name }) => name === path.join('ui', 'theme', 'theme.css'))!.text;
    expect(plain(written)).toBe(plain(themeCss()));
  });
});
