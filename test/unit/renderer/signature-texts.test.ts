import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { CHECK_IDS } from '../../../main/signature/index.ts';
import { CHECK_GROUPS, countChecks, groupChecks, groupOf } from '../../../shared/domain/check-groups.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const LANGUAGES = ['kk', 'ru', 'en'] as const;
const texts = Object.fromEntries(
  LANGUAGES.map((l) => [l, JSON.parse(readFileSync(path.join(ROOT, `resources/locales/${l}.json`), 'utf8')) as Record<string, string>]),
) as Record<(typeof LANGUAGES)[number], Record<string, string>>;
const missing = (keys: Iterable<string>) =>
  LANGUAGES.flatMap((l) => [...keys].filter((key) => !texts[l][key]).map((key) => `${l}: ${key}`));

const sourcesIn = (folder: string): ts.SourceFile[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const file = path.join(ROOT, folder, name);
      return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    });
const sources = sourcesIn('main/signature');

/** Functions that are given a code, and as which argument. */
const CODE_AT = new Map<string, number>(
  Object.entries({
    failed: 1,
    judged: 1,
    notRun: 1,
    forbidden: 0,
    unjudged: 0,
    refused: 0,
    malformed: 0,
    membersOf: 1,
    octetsOf: 1,
    reportUnreadable: 1,
    Refused: 0,
  }),
);
const CODE_IN = ['reason', 'refused', 'outdated', 'fault'];
const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Every text an expression can come to, as far as it is written down in it. */
function literals(node: ts.Node): string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...literals(node.left), ...literals(node.right)];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return literals(node.expression);
  return [];
}

/** A function that answers a code or null. */
const answersCode = (node: ts.Node): boolean =>
  (ts.isFunctionDeclaration(node) || ts.isArrowFunction(node) || ts.isMethodDeclaration(node)) &&
  node.type !== undefined &&
  /^(string \| null|(\w*(Fault|Reason|Unusable)|'[a-z-]+')( \| ('[a-z-]+'|null))*)$/.test(node.type.getText().replaceAll(/\s+/g, ' '));

function codesOf(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node, answers: boolean): void => {
    const within = ts.isFunctionLike(node) ? answersCode(node) : answers;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const name = node.expression.getText().split('.').at(-1) ?? '';
      const given = node.arguments?.[CODE_AT.get(name) ?? -1];
      if (given) found.push(...literals(given));
      if (/(faults\.push|unusable\.add)$/.test(node.expression.getText()) && node.arguments?.[0])
        found.push(...literals(node.arguments[0]));
    }
    if (ts.isPropertyAssignment(node) && CODE_IN.includes(node.name.getText())) found.push(...literals(node.initializer));
    if (ts.isReturnStatement(node) && node.expression && within)
      found.push(...literals(node.expression).filter((code) => code.includes('-') || source.fileName.includes('/checks/')));
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'REASONS' && node.initializer)
      node.initializer.forEachChild((item) => void found.push(...literals(item)));
    node.forEachChild((child) => visit(child, within));
  };
  visit(source, false);
  return found.filter((code) => CODE.test(code));
}

/** Codes that are put together while the program runs. */
const ATTRIBUTES = [
  'content-type',
  'message-digest',
  'signing-time',
  'algorithm-protection',
  'signing-certificate',
  'signing-certificate-v2',
];
const REVOCATIONS = [
  'unspecified',
  'key-compromise',
  'ca-compromise',
  'affiliation-changed',
  'superseded',
  'cessation-of-operation',
  'privilege-withdrawn',
  'aa-compromise',
  'never-issued',
];
const EVIDENCE = ['stale', 'not-yet-valid'];
const COMPOSED = [
  ...ATTRIBUTES.flatMap((name) => ['repeated', 'values', 'malformed'].map((fault) => `${name}-${fault}`)),
  ...['content-type', 'message-digest'].map((name) => `${name}-missing`),
  ...REVOCATIONS.flatMap((reason) => [reason, `later-${reason}`]),
  ...EVIDENCE.flatMap((fault) => [`ocsp-${fault}`, `crl-${fault}`]),
];

/** What may come of asking for evidence, as the evidence room writes it. */
function outcomesOf(file: string, type: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const declaration = source.statements.find((s): s is ts.TypeAliasDeclaration => ts.isTypeAliasDeclaration(s) && s.name.text === type);
  return [...(declaration?.type.getText() ?? '').matchAll(/'([a-z-]+)'/g)].map((m) => m[1]!);
}

describe('the words of a verification', () => {
  test('every check has a text in every language', () => {
    expect(CHECK_IDS.length).toBeGreaterThan(45);
    expect(missing(CHECK_IDS.map((id) => `sigCheck.${id}`))).toEqual([]);
    const known = new Set<string>(CHECK_IDS);
    expect(Object.keys(texts.kk).filter((key) => key.startsWith('sigCheck.') && !known.has(key.slice('sigCheck.'.length)))).toEqual([]);
  });

  test('every code that a check can give has a text in every language', () => {
    const codes = new Set(sources.flatMap(codesOf));
    expect(codes.size).toBeGreaterThan(100);
    for (const code of [
      'content-changed',
      'expired',
      'doctype',
      'page-changed',
      'no-path-to-anchor',
      'byte-range-hole',
      'policy-required',
      'crl-stale',
    ])
      expect([...codes], 'the search itself').toContain(code);
    expect(missing([...codes, ...COMPOSED].map((code) => `sigCode.${code}`))).toEqual([]);
  });

  test('every outcome of asking for evidence has a text', () => {
    const outcomes = [
      ...outcomesOf('main/evidence/attempt.ts', 'AttemptOutcome'),
      ...outcomesOf('main/evidence/exchange.ts', 'ExchangeFault'),
    ];
    expect(outcomes).toContain('unreachable');
    expect(missing(outcomes.flatMap((outcome) => [`sigCode.ocsp-${outcome}`, `sigCode.crl-${outcome}`]))).toEqual([]);
  });

  test('every warning, flag and role has a text', () => {
    const all = sources.map((source) => source.text).join('\n');
    const warnings = [...all.matchAll(/(?:warning: |warnings\.push\()'([A-Z_]+)'/g)].map((m) => m[1]!);
    expect(warnings).toContain('REVOKED_AFTER_SIGNING');
    expect(
      missing([...warnings, 'AMBIGUOUS_IIN', 'AMBIGUOUS_BIN', 'IIN_CHECK_DIGIT', 'BIN_CHECK_DIGIT'].map((w) => `sigWarning.${w}`)),
    ).toEqual([]);
    const profile = readFileSync(path.join(ROOT, 'main/signature/certificates/kazakh-profile.ts'), 'utf8');
    const roles = [...profile.matchAll(/'[\d.]+': '([a-z-]+)'/g)].map((m) => m[1]!);
    expect(roles.length).toBeGreaterThan(8);
    expect(missing([...roles, 'organisation-information-system'].map((role) => `sigRole.${role}`))).toEqual([]);
    const flags = [...all.matchAll(/flags(?:\.push\(|: \[)'([A-Z_]+)'/g)].map((m) => m[1]!);
    expect(missing(flags.map((flag) => `sigFlag.${flag}`))).toEqual([]);
  });
});

describe('the groups of the list', () => {
  test('hold every check there is, none of them by accident', () => {
    const rooms = new Set(CHECK_IDS.map((id) => id.split('.')[0]!));
    expect([...rooms].filter((room) => room !== 'acceptance' && groupOf(`${room}.x`) === 'acceptance')).toEqual([]);
    expect(new Set(CHECK_IDS.map(groupOf))).toEqual(new Set(CHECK_GROUPS));
  });

  test('say the same answer about several certificates once, and count every check', () => {
    const about = (id: string, result: 'ok' | 'fail' | 'warn' | 'not-run', reason: string | null = null) => ({ id, result, reason });
    const checks = [
      about('path.signature', 'ok'),
      about('path.signature', 'ok'),
      about('path.signature', 'fail', 'algorithm-unsupported'),
      about('new.check', 'not-run', 'x'),
    ];
    expect(groupChecks(checks)).toEqual([
      {
        group: 'certificate',
        checks: [
          { ...checks[0], count: 2 },
          { ...checks[2], count: 1 },
        ],
      },
      { group: 'acceptance', checks: [{ ...checks[3], count: 1 }] },
    ]);
    expect(countChecks(checks)).toEqual({ ok: 2, problem: 1, skipped: 1 });
  });
});
