import { DOCUMENT_WARNINGS, type DocumentWarning } from '../../../shared/contract/index.ts';
import type { Archive } from './open-archive.ts';

const BY_NAME: readonly (readonly [DocumentWarning, RegExp])[] = [
  ['macros', /(^|\/)(vbaProject\.bin|vbaData\.xml|macrosheets\/)/i],
  ['embedded-objects', /(^|\/)embeddings\//i],
  ['active-controls', /(^|\/)(activeX|ctrlProps)\//i],
  ['external-links', /(^|\/)externalLinks\//i],
];
const MACRO_TYPE = /macroEnabled/i;
/** An address that is opened without a click: of a template, a picture, a frame, an object. A plain link is none. */
const EXTERNAL = /<Relationship\b[^>]*TargetMode\s*=\s*["']External["'][^>]*>/gi;
const LINK = /Type\s*=\s*["'][^"']*\/hyperlink["']/i;
const FIELD_DDE = /\bDDE(AUTO)?\b/;
const FIELD_TEXT = /<w:instrText[^>]*>([^<]*)<|w:instr\s*=\s*"([^"]*)"/g;
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/i;

/** What an OOXML file carries besides what is shown of it, in the order of DOCUMENT_WARNINGS. */
export function findWarnings({ names, xml }: Archive): DocumentWarning[] {
  const found = new Set<DocumentWarning>();
  for (const [warning, pattern] of BY_NAME) if (names.some((name) => pattern.test(name))) found.add(warning);
  for (const [name, part] of xml) {
    if (name === '[Content_Types].xml' && MACRO_TYPE.test(part.toString('utf8'))) found.add('macros');
    if (/\.rels$/i.test(name) && externalTargets(part.toString('utf8'))) found.add('external-links');
    if (/^xl\/externalLinks\//i.test(name) && part.includes('<ddeLink')) found.add('dde');
    if (/^word\//i.test(name) && namesDde(part.toString('utf8'))) found.add('dde');
    if (SHEET.test(name) && (part.includes('<f>') || part.includes('<f '))) found.add('formulas');
  }
  return DOCUMENT_WARNINGS.filter((warning) => found.has(warning));
}

const externalTargets = (rels: string): boolean => [...rels.matchAll(EXTERNAL)].some(([relation]) => !LINK.test(relation));

/** The words of a field may be spread over several runs. */
function namesDde(xml: string): boolean {
  const fields = [...xml.matchAll(FIELD_TEXT)].map((match) => match[1] ?? match[2] ?? '');
  return FIELD_DDE.test(fields.join('')) || fields.some((field) => FIELD_DDE.test(field));
}
