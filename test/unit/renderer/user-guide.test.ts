import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COMMAND_IDS } from '../../../renderer/app/keys/key-map.ts';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import { parseGuide, parseLine, type Block, type Line } from '../../../renderer/features/help/parse-guide.ts';

const LANGUAGES = ['kk', 'ru'] as const;
const ROOT = 'docs/user-guide';
const pagesOf = (language: string) =>
  readdirSync(`${ROOT}/${language}`)
    .map((name) => name.replace(/\.md$/, ''))
    .sort();
const read = (language: string, page: string) => readFileSync(`${ROOT}/${language}/${page}.md`, 'utf8');

/** Every screen that a route can lead to, as the window's own type says. */
function screens(): string[] {
  const source = readFileSync('renderer/app/route.ts', 'utf8');
  const named = [...source.matchAll(/screen: ((?:'[a-z-]+'(?: \| )?)+)/g)].flatMap(([, names]) => names!.match(/[a-z-]+/g) ?? []);
  return [...new Set(named)].sort();
}

const linesOf = (block: Block): readonly Line[] => {
  switch (block.kind) {
    case 'list':
      return block.items;
    case 'keys':
      return block.commands.map((command) => [{ kind: 'keys' as const, command }]);
    case 'table':
      return [...block.head, ...block.rows.flat()];
    case 'heading':
    case 'paragraph':
      return [block.line];
  }
};
const partsOf = (markdown: string) => parseGuide(markdown).flatMap(linesOf).flat();

describe('the guide', () => {
  test('has a page for every screen, in Kazakh and in Russian alike', () => {
    expect(screens().length).toBeGreaterThan(18);
    for (const language of LANGUAGES) expect(pagesOf(language)).toEqual(expect.arrayContaining([...screens(), 'index', 'session']));
    expect(pagesOf('kk')).toEqual(pagesOf('ru'));
  });

  test.each(LANGUAGES)('names only keys and pages that exist, and says everything in words: %s', (language) => {
    for (const page of pagesOf(language)) {
      const parts = partsOf(read(language, page));
      for (const part of parts) {
        if (part.kind === 'keys') expect(COMMAND_IDS, `${page}: ${part.command}`).toContain(part.command);
        if (part.kind === 'link') expect(pagesOf(language), `${page}: ${part.page}`).toContain(part.page);
        if (part.kind === 'text' || part.kind === 'bold') expect(part.text, page).not.toMatch(/\[\[|\*\*|\]\(|`|https?:/);
      }
      expect(parseGuide(read(language, page))[0], page).toMatchObject({ kind: 'heading', level: 1 });
    }
  });

  test('says the same of a screen in both languages: as many parts, the same keys and the same links', () => {
    for (const page of pagesOf('kk')) {
      const shape = (language: string) => {
        const markdown = read(language, page);
        const named = partsOf(markdown).flatMap((part) =>
          part.kind === 'keys' ? [part.command] : part.kind === 'link' ? [part.page] : [],
        );
        return [parseGuide(markdown).map(({ kind }) => kind), named];
      };
      expect(shape('kk'), page).toEqual(shape('ru'));
    }
  });

  test('says of the board which key shows tables, of the journal how it is searched and what becomes of what is beyond its term', () => {
    for (const language of LANGUAGES) {
      const text = (page: string) => read(language, page);
      const texts = language === 'kk' ? kk : ru;
      expect(partsOf(text('board'))).toContainEqual({ kind: 'keys', command: 'board.table' });
      for (const label of ['journalView.number', 'journalView.text', 'journalView.older', 'wipe.open'] as const)
        expect(partsOf(text('journal')), label).toContainEqual({ kind: 'bold', text: texts[label] });
    }
  });

  test('says of a filing on paper that it is asked about before it is deleted, by the names of the buttons', () => {
    for (const language of LANGUAGES) {
      const texts = language === 'kk' ? kk : ru;
      for (const page of ['counter', 'scan'])
        expect(partsOf(read(language, page)), page).toContainEqual({ kind: 'bold', text: texts['paper.drop'] });
      for (const label of ['paper.dropYes', 'action.cancel'] as const)
        expect(partsOf(read(language, 'scan')), label).toContainEqual({ kind: 'bold', text: texts[label] });
    }
  });

  test('is written in the letters of its language', () => {
    for (const page of pagesOf('kk')) {
      expect(read('kk', page), page).toMatch(/[әғқңөұүһі]/i);
      expect(read('ru', page), page).not.toMatch(/[әғқңөұүһі]/i);
    }
  });

  test('is reached as a whole from its contents', () => {
    for (const language of LANGUAGES) {
      const linked = partsOf(read(language, 'index')).flatMap((part) => (part.kind === 'link' ? [part.page] : []));
      expect([...linked, 'index'].sort()).toEqual(pagesOf(language));
    }
  });
});

describe('the subset of Markdown', () => {
  test('keeps what it does not know as text, so that nothing of a page can become a part of the window', () => {
    expect(parseLine('<img src=x> [a](https://x) _b_')).toEqual([{ kind: 'text', text: '<img src=x> [a](https://x) _b_' }]);
  });
  test('reads lists of keys, ordered lists and tables', () => {
    expect(parseGuide('- [[app.help]]\n- [[app.keys]]')).toEqual([{ kind: 'keys', commands: ['app.help', 'app.keys'] }]);
    expect(parseGuide('1. a\n2. **b**')).toEqual([
      { kind: 'list', ordered: true, items: [[{ kind: 'text', text: 'a' }], [{ kind: 'bold', text: 'b' }]] },
    ]);
    expect(parseGuide('| a |\n| --- |\n| b |')).toMatchObject([{ kind: 'table', rows: [[[{ text: 'b' }]]] }]);
  });
});
