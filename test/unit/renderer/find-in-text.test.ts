import { describe, expect, test } from 'vitest';
import { findInPage, type TextRun } from '../../../renderer/features/documents/pdf/find-in-text.ts';

const runs = (...texts: string[]): TextRun[] => texts.map((text) => ({ text, endsLine: false }));
const found = (given: readonly TextRun[], query: string) =>
  findInPage(1, given, query).map((match) => match.segments.map(({ run, from, to }) => given[run]!.text.slice(from, to)).join('|'));

describe('finding in a page', () => {
  test('finds without regard to case, every time it stands there', () => {
    expect(found(runs('Сот сотқа СОТ'), 'сот')).toEqual(['Сот', 'сот', 'СОТ']);
  });

  test('finds Kazakh letters typed on a Russian layout', () => {
    expect(found(runs('Ғалымжанов Әділет'), 'галымжанов адилет')).toEqual(['Ғалымжанов Әділет']);
  });

  test('finds a word cut into several runs', () => {
    expect(found(runs('мемле', 'кеттік', ' баж'), 'мемлекеттік баж')).toEqual(['мемле|кеттік| баж']);
  });

  test('finds over the end of a line', () => {
    const lines: TextRun[] = [
      { text: 'негізгі', endsLine: true },
      { text: 'борыш', endsLine: false },
    ];
    expect(found(lines, 'негізгі борыш')).toEqual(['негізгі|борыш']);
  });

  test('several spaces are one', () => {
    expect(found(runs('баж   төлемі'), 'баж төлемі')).toEqual(['баж   төлемі']);
  });

  test('an empty query and an empty page find nothing', () => {
    expect(findInPage(1, runs('сот'), '  ')).toEqual([]);
    expect(findInPage(1, [], 'сот')).toEqual([]);
  });

  test('does not find what is not there', () => {
    expect(findInPage(1, runs('талап'), 'шағым')).toEqual([]);
  });
});
