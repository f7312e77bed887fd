import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { BYTE_FLAGS } from '../../main/checking/examine-bytes.ts';
import { ERROR_CODES } from '../../shared/errors.ts';
import { COMMAND_KINDS } from '../../shared/registry/index.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const LANGUAGES = ['kk', 'ru', 'en'] as const;
type Texts = Readonly<Record<string, string>>;
const texts = Object.fromEntries(LANGUAGES.map((l) => [l, JSON.parse(read(`resources/locales/${l}.json`)) as Texts])) as Record<
  (typeof LANGUAGES)[number],
  Texts
>;
const keys = Object.keys(texts.kk);
const has = (key: string) => key in texts.kk;

const PLURAL = /_(one|few|many|other)$/;
const baseOf = (key: string) => key.replace(PLURAL, '');
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]!).sort();

function sourcesOf(folder: string): string {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => read(path.join(folder, name)))
    .join('\n');
}
const windowSources = sourcesOf('renderer');
const coreSources = sourcesOf('main') + sourcesOf('shared');
const sources = windowSources + coreSources;

/** Ids under these come from the core or from data; each family is checked against its own list below. */
const FAMILIES = [
  ...new Set([...windowSources.matchAll(/\bnamed\('(\w+)'/g)].map((m) => m[1]!)),
  'checkFailed',
  'check',
  'kindShort',
  'fairness.reason',
  'fairness.decision',
];

describe('the texts of the three languages', () => {
  test.each(['ru', 'en'] as const)('%s has the keys of kk, in the same order', (language) => {
    expect(Object.keys(texts[language])).toEqual(keys);
  });

  test.each(LANGUAGES)('no text of %s is empty or padded', (language) => {
    expect(Object.entries(texts[language]).filter(([, text]) => text.trim() === '' || text !== text.trim())).toEqual([]);
  });

  test('a text names the same parameters in every language', () => {
    const differing = keys.filter((key) =>
      LANGUAGES.some((l) => String(placeholders(texts[l][key]!)) !== String(placeholders(texts.kk[key]!))),
    );
    expect(differing).toEqual([]);
  });

  test('a text that counts has all four forms', () => {
    const bases = [...new Set(keys.filter((key) => PLURAL.test(key)).map(baseOf))];
    expect(bases.length).toBeGreaterThan(0);
    expect(bases.flatMap((base) => ['one', 'few', 'many', 'other'].map((form) => `${base}_${form}`)).filter((key) => !has(key))).toEqual(
      [],
    );
  });

  test.each(['kk', 'ru'] as const)('no word of %s mixes Latin and Cyrillic letters', (language) => {
    const mixed = Object.entries(texts[language]).flatMap(([key, text]) =>
      [...text.replaceAll(/\{\{\w+\}\}/g, ' ').matchAll(/\p{L}+/gu)]
        .map((m) => m[0])
        .filter((word) => /[A-Za-z]/.test(word) && /\p{Script=Cyrillic}/u.test(word))
        .map((word) => `${key}: ${word}`),
    );
    expect(mixed).toEqual([]);
  });

  test('no Kazakh letter stands in a Russian text', () => {
    expect(Object.entries(texts.ru).filter(([, text]) => /[әғқңөұүһіӘҒҚҢӨҰҮҺІ]/.test(text))).toEqual([]);
  });

  test('no Cyrillic letter stands in an English text', () => {
    expect(Object.entries(texts.en).filter(([, text]) => /\p{Script=Cyrillic}/u.test(text))).toEqual([]);
  });

  test('Kazakh puts no case ending on a parameter', () => {
    expect(Object.entries(texts.kk).filter(([, text]) => /\}\}[-‑]?\p{L}/u.test(text.replaceAll(/\}\}-(бет|сәйкестік)/g, '}}')))).toEqual(
      [],
    );
  });

  test.each(LANGUAGES)('%s uses its own quotation marks and no straight ones', (language) => {
    expect(Object.entries(texts[language]).filter(([, text]) => text.includes('"'))).toEqual([]);
  });
});

describe('texts and program fit each other', () => {
  test('every error code has a title, an explanation and a next step', () => {
    const wanted = ERROR_CODES.flatMap((code) => [`error.${code}.title`, `error.${code}.body`, `error.${code}.action`]);
    expect(wanted.filter((key) => !has(key))).toEqual([]);
    const known = new Set(wanted);
    expect(keys.filter((key) => /^error\.[a-z-]+\.(title|body|action)$/.test(key) && !known.has(key))).toEqual([]);
  });

  test('every text that the window and the shell ask for by name exists', () => {
    const asked = [...sources.matchAll(/\b(?:t|text|texts)\('([a-z][\w-]*(?:\.[\w-]+)+)'/g)].map((m) => m[1]!);
    expect(asked.length).toBeGreaterThan(200);
    expect([...new Set(asked)].filter((key) => !has(key) && !has(`${key}_other`))).toEqual([]);
  });

  test('no text is left over', () => {
    const literals = new Set([...sources.matchAll(/['"]([a-z][\w-]*(?:\.[\w-]+)+)['"]/g)].map((m) => m[1]!));
    const patterns = [...sources.matchAll(/`([a-z][\w-]*\.[^`\n]*\$\{[^`\n]*)`/g)].map(
      (m) => new RegExp(`^${m[1]!.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[\\w.-]+')}$`),
    );
    const families = FAMILIES.map((family) => new RegExp(`^${family}\\.`));
    const unused = keys.filter((key) => {
      const base = baseOf(key);
      return !literals.has(base) && ![...patterns, ...families].some((pattern) => pattern.test(base));
    });
    expect(unused).toEqual([]);
  });

  const members = (family: string) => keys.filter((key) => key.startsWith(`${family}.`)).map((key) => baseOf(key).slice(family.length + 1));
  const inCore = (id: string) => coreSources.includes(`'${id}'`);

  test('every kind of entry that the journal writes has a text, and no other', () => {
    const written = [...coreSources.matchAll(/action: (?:first \? )?'([a-z]+\.[a-z-]+)'(?: : '([a-z]+\.[a-z-]+)')?/g)].flatMap((m) => [
      m[1]!,
      m[2],
    ]);
    const looked = [...coreSources.matchAll(/journalLook\(\s*session,\s*'([a-z.-]+)'/g)].map((m) => m[1]);
    const actions = [...written, ...looked].filter((action) => action !== undefined);
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.filter((action) => !has(`journal.${action}`))).toEqual([]);
    expect(members('journal').filter((action) => !inCore(action))).toEqual([]);
  });

  test('every anomaly that the program can notice has a text, and no other', () => {
    const { rules: known } = JSON.parse(read('resources/reference/finding-rules.json')) as { rules: Record<string, unknown> };
    const rules = Object.keys(known);
    expect(rules.filter((rule) => !has(`anomaly.${rule}`) || !has(`anomalyDo.${rule}`))).toEqual([]);
    const made = [...sourcesOf('main/checking').matchAll(/(?:make|about|named)\(\s*'([a-z]+(?:-[a-z]+)+)'/g)].map((m) => m[1]!);
    const flags = BYTE_FLAGS.map((flag) => `document-${flag}`);
    expect([...new Set([...made, ...flags])].sort()).toEqual([...rules].sort());
    expect(members('anomalyDo').filter((rule) => !rules.includes(rule))).toEqual([]);
    const own = ['title', 'none', 'severity.warn', 'severity.error', 'severity.fatal'];
    expect(members('anomaly').filter((rule) => !own.includes(rule) && !rules.includes(rule))).toEqual([]);
  });

  test('every reason that a signature card can give has its words and its next step', () => {
    const reasons = [
      ...new Set(
        [...read('main/checking/signature-state.ts').matchAll(/return (?:[^;\n]*\? )?'(\w+)'(?: : '(\w+)')?;/g)].flatMap((m) => [
          m[1]!,
          m[2],
        ]),
      ),
    ]
      .filter((reason) => reason !== undefined)
      .filter((reason) => /[A-Z]/.test(reason) || has(`sigReason.${reason}`));
    expect(reasons.length).toBeGreaterThan(10);
    expect(reasons.filter((reason) => !has(`sigReason.${reason}`) || !has(`sigReason.${reason}.do`))).toEqual([]);
    expect(members('sigReason').filter((id) => !inCore(id.replace(/\.do$/, '')))).toEqual([]);
  });

  test('every check of the list has a text', () => {
    const source = read('main/checking/checklist.ts');
    const automatic = [...source.matchAll(/auto\('([a-z]+)'/g)].map((m) => m[1]!);
    const manual = [...source.matchAll(/\[('[a-z]+'(?:, '[a-z]+')*)\]/g)].flatMap((m) => m[1]!.replaceAll("'", '').split(', '));
    expect(automatic).toEqual(['signature', 'identity', 'files', 'fee']);
    expect([...automatic, ...manual, 'undecided'].filter((id) => !has(`check.${id}`))).toEqual([]);
    expect(automatic.filter((id) => !has(`checkFailed.${id}`))).toEqual([]);
  });

  test('every defect code and every kind of filing of the reference data has a text', () => {
    const { codes } = JSON.parse(read('resources/reference/defect-codes.json')) as { codes: { code: string }[] };
    expect(codes.map(({ code }) => code).sort()).toEqual(members('returnReason').sort());
    const { kinds } = JSON.parse(read('resources/reference/kind-rules.json')) as { kinds: Record<string, unknown> };
    expect(Object.keys(kinds).filter((kind) => !has(`kindShort.${kind}`))).toEqual([]);
  });

  test('every kind of message that may be parked has a text, and no other', () => {
    expect(members('outbox').sort()).toEqual([...COMMAND_KINDS].sort());
  });
});
