import type { ComputingBudget } from '../computing-budget.ts';
import { joinBase } from './join-base.ts';
import { XML_NAMESPACE, type XmlAttribute, type XmlDocument, type XmlElement, type XmlNode } from './xml-tree.ts';

/** A canonical form: Canonical XML 1.0, 1.1, or Exclusive XML Canonicalization 1.0. */
export type CanonicalForm = {
  readonly method: '1.0' | '1.1' | 'exclusive';
  readonly comments: boolean;
  /** InclusiveNamespaces of the exclusive form; the default namespace is the empty prefix. */
  readonly inclusivePrefixes: readonly string[];
};

/** A whole document or one element of it, without some elements inside. */
export type XmlSubset = {
  readonly apex: XmlDocument | XmlElement;
  readonly excluded: ReadonlySet<XmlElement>;
};

/** Canonical forms can be far larger than their documents, and each is hashed. */
export type WorkBudget = { /** Characters that may still be written. */ left: number; readonly computing: ComputingBudget };

/** UTF-8 of the canonical form; null when the budget does not reach. */
export function canonicalize(subset: XmlSubset, form: CanonicalForm, budget: Pick<WorkBudget, 'left'>): Buffer | null {
  const writer = createWriter(subset.excluded, form, budget);
  if ('root' in subset.apex) writer.document(subset.apex);
  else writer.apex(subset.apex);
  return budget.left < 0 ? null : writer.result();
}

type Output = { readonly prefix: string; readonly uri: string };

function createWriter(excluded: ReadonlySet<XmlElement>, form: CanonicalForm, budget: Pick<WorkBudget, 'left'>) {
  const octets: Buffer[] = [];
  let text = '';
  /** Namespaces in scope, and those already written by an ancestor: both undone on leaving an element. */
  const [inScope, written] = [new Map([['', '']]), new Map([['', '']])];

  function put(piece: string): void {
    budget.left -= piece.length;
    if (budget.left < 0) return;
    text += piece;
    if (text.length > BATCH) flush();
  }

  function flush(): void {
    octets.push(Buffer.from(text, 'utf8'));
    text = '';
  }

  function node(item: XmlNode): void {
    if (budget.left < 0) return;
    if (item.kind === 'element') return excluded.has(item) ? undefined : element(item, [], []);
    if (item.kind === 'text') return put(item.value.replace(/[&<>\r]/g, escape));
    if (item.kind === 'comment') return form.comments ? put(`<!--${item.value.replaceAll('\r', '&#xD;')}-->`) : undefined;
    put(`<?${item.target}${item.value === '' ? '' : ` ${item.value.replaceAll('\r', '&#xD;')}`}?>`);
  }

  /** @param inherited for the apex: prefixes in scope from ancestors outside, and their attributes of the xml namespace. */
  function element(item: XmlElement, inheritedPrefixes: readonly string[], inheritedAttributes: readonly XmlAttribute[]): void {
    budget.left -= NODE_COST * (1 + item.attributes.length + item.declared.size + form.inclusivePrefixes.length);
    const undo: (() => void)[] = [];
    const assign = (map: Map<string, string>, prefix: string, uri: string): void => {
      const before = map.get(prefix);
      undo.push(() => (before === undefined ? map.delete(prefix) : map.set(prefix, before)));
      map.set(prefix, uri);
    };
    for (const [prefix, uri] of item.declared) assign(inScope, prefix, uri);
    const declarations: Output[] = [];
    for (const prefix of new Set(prefixesToWrite(item, inheritedPrefixes))) {
      const uri = inScope.get(prefix);
      if (uri === undefined || written.get(prefix) === uri) continue;
      declarations.push({ prefix, uri });
      assign(written, prefix, uri);
    }
    put(`<${item.name}`);
    for (const { prefix, uri } of declarations.sort((a, b) => compareCodePoints(a.prefix, b.prefix))) {
      put(` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`);
    }
    for (const { name, value } of [...item.attributes, ...inheritedAttributes].sort(compareAttributes)) {
      put(` ${name}="${escapeAttribute(value)}"`);
    }
    put('>');
    for (const child of item.children) node(child);
    put(`</${item.name}>`);
    for (const restore of undo.reverse()) restore();
  }

  function prefixesToWrite(item: XmlElement, inherited: readonly string[]): readonly string[] {
    if (form.method !== 'exclusive') return [...inherited, ...item.declared.keys()];
    const used = item.attributes.flatMap(({ prefix }) => (prefix === '' || prefix === 'xml' ? [] : prefix));
    return [...(item.prefix === 'xml' ? [] : [item.prefix]), ...used, ...form.inclusivePrefixes];
  }

  return {
    document({ children, root }: XmlDocument): void {
      const before = children.indexOf(root);
      children.forEach((child, i) => {
        if (child.kind === 'comment' && !form.comments) return;
        if (i > before) put('\n');
        node(child);
        if (i < before) put('\n');
      });
    },
    apex(item: XmlElement): void {
      if (excluded.has(item)) return;
      const ancestors: XmlElement[] = [];
      for (let at = item.parent; at !== null; at = at.parent) ancestors.unshift(at);
      for (const ancestor of ancestors) for (const [prefix, uri] of ancestor.declared) inScope.set(prefix, uri);
      if (form.method === 'exclusive') element(item, [], []);
      else if (form.method === '1.0')
        element(
          item,
          [...inScope.keys()],
          inheritedXmlAttributes(item, ancestors, () => true),
        );
      else {
        const [base, ...rest] = splitBase(item, ancestors);
        element(
          { ...item, attributes: rest },
          [...inScope.keys()],
          [...(base ? [base] : []), ...inheritedXmlAttributes(item, ancestors, (local) => local === 'lang' || local === 'space')],
        );
      }
    },
    result(): Buffer {
      flush();
      return Buffer.concat(octets);
    },
  };
}

/** Elements and attributes cost more than their characters. */
const NODE_COST = 32;
/** Characters that are encoded at a time. */
const BATCH = 64 * 1024;

/** Attributes of the xml namespace that an element has from the nearest of the ancestors left out (C14N 1.0 §2.4, 1.1 §2.4). */
function inheritedXmlAttributes(
  item: XmlElement,
  ancestors: readonly XmlElement[],
  isInherited: (local: string) => boolean,
): XmlAttribute[] {
  const found = new Map<string, XmlAttribute>();
  for (const { attributes } of ancestors)
    for (const attribute of attributes) if (attribute.uri === XML_NAMESPACE) found.set(attribute.local, attribute);
  for (const { uri, local } of item.attributes) if (uri === XML_NAMESPACE) found.delete(local);
  return [...found.values()].filter(({ local }) => isInherited(local));
}

/** The xml:base of an element joined with those of the ancestors left out (C14N 1.1 §2.4), then its other attributes. */
function splitBase(item: XmlElement, ancestors: readonly XmlElement[]): [XmlAttribute | null, ...XmlAttribute[]] {
  const isBase = ({ uri, local }: XmlAttribute): boolean => uri === XML_NAMESPACE && local === 'base';
  const rest = item.attributes.filter((attribute) => !isBase(attribute));
  const bases = [...ancestors, item].flatMap(({ attributes }) => attributes.filter(isBase));
  const [first, ...others] = bases;
  if (first === undefined) return [null, ...rest];
  const value = others.reduce((base, { value: reference }) => joinBase(base, reference), first.value);
  return [value === '' ? null : { ...first, value }, ...rest];
}

const escape = (character: string): string => ESCAPES[character] ?? character;
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
  ...{ '\t': '&#x9;', '\n': '&#xA;', '\r': '&#xD;' },
};
const escapeAttribute = (value: string): string => value.replace(/[&<"\t\n\r]/g, escape);

function compareAttributes(a: XmlAttribute, b: XmlAttribute): number {
  return compareCodePoints(a.uri, b.uri) || compareCodePoints(a.local, b.local);
}

/** By code point as Canonical XML orders, not by UTF-16 unit as JavaScript does. */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}
/** Surrogates stand for code points above all others. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
