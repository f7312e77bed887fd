import { SaxesParser } from 'saxes';
import { decodeXml, namesEncoding } from './decode-xml.ts';
import { XML_NAMESPACE, type XmlAttribute, type XmlDocument, type XmlElement, type XmlNode } from './xml-tree.ts';

/** Deeper than any honest document; whatever walks the tree may therefore recurse. */
const MAX_DEPTH = 256;
const MAX_NODES = 250_000;
const MAX_ATTRIBUTES = 250_000;
const MAX_PER_ELEMENT = 1_024;
/** Prefixes declared at one place of the document. */
const MAX_IN_SCOPE = 1_024;
const MAX_REFERENCES = 500_000;
/** Longer attributes say nothing, and the parser puts values together piece by piece. */
const LONG_ATTRIBUTE = /=[ \t\n]*(?:"[^"<]{65536}|'[^'<]{65536})/;

export type XmlFault =
  | 'too-large'
  | 'encoding-unsupported'
  | 'encoding-broken'
  | 'version-unsupported'
  | 'namespace-unsupported'
  | 'doctype'
  | 'not-well-formed'
  | 'too-deep'
  | 'limit-exceeded';

/** What another program may read well, so that nothing is known about the signatures inside. */
export const isUnsupported = (fault: XmlFault): boolean =>
  ['too-large', 'limit-exceeded', 'encoding-unsupported', 'version-unsupported', 'namespace-unsupported'].includes(fault);

class Refused extends Error {
  readonly fault: XmlFault;
  constructor(fault: XmlFault) {
    super(fault);
    this.fault = fault;
  }
}

export type ParsedXml = { readonly ok: true; readonly document: XmlDocument } | { readonly ok: false; readonly fault: XmlFault };

/**
 * Parses namespace-well-formed XML 1.0 within limits. A document type declaration is refused, so there are no entities but the five
 * built in and character references, and nothing outside the file is ever reached.
 */
export function parseXml(bytes: Uint8Array): ParsedXml {
  const decoded = decodeXml(bytes);
  if (!decoded.ok) return decoded;
  const { text } = decoded;
  if (occurrences(text, '&') > MAX_REFERENCES || LONG_ATTRIBUTE.test(text)) return { ok: false, fault: 'limit-exceeded' };
  const parser = new SaxesParser({ xmlns: true, position: false });
  const children: XmlNode[] = [];
  const elements: XmlElement[] = [];
  const open: XmlElement[] = [];
  let [nodes, attributes, inScope] = [0, 0, 0];

  const count = (): void => {
    if (++nodes > MAX_NODES) throw new Refused('limit-exceeded');
  };
  const add = (node: XmlNode): void => {
    count();
    (open.at(-1)?.children ?? children).push(node);
  };
  const addText = (value: string): void => {
    const parent = open.at(-1);
    // Around the root stands only white space, which no canonical form has.
    if (parent === undefined || value === '') return;
    const last = parent.children.at(-1);
    if (last?.kind !== 'text') return add({ kind: 'text', value: inOnePiece(value) });
    count();
    parent.children[parent.children.length - 1] = { kind: 'text', value: last.value + value };
  };

  parser.on('xmldecl', ({ version, encoding }) => {
    if (version !== '1.0') throw new Refused('version-unsupported');
    if (!namesEncoding(encoding, decoded.encoding)) throw new Refused('encoding-unsupported');
  });
  parser.on('doctype', () => {
    throw new Refused('doctype');
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('comment', (value) => add({ kind: 'comment', value }));
  parser.on('processinginstruction', ({ target, body }) => add({ kind: 'instruction', target, value: body }));
  parser.on('attribute', ({ value }) => {
    inOnePiece(value);
    if (++attributes > MAX_ATTRIBUTES) throw new Refused('limit-exceeded');
  });
  parser.on('opentag', (tag) => {
    const declared = new Map<string, string>();
    const own: XmlAttribute[] = [];
    const written = Object.values(tag.attributes);
    if (written.length > MAX_PER_ELEMENT) throw new Refused('limit-exceeded');
    for (const { name, prefix, local, uri, value } of written) {
      if (prefix === 'xmlns') declare(declared, local, value);
      else if (name === 'xmlns') declare(declared, '', value);
      else own.push({ name, prefix, local, uri, value });
    }
    const { name, prefix, local, uri } = tag;
    const parent = open.at(-1) ?? null;
    const element: XmlElement = {
      ...{ kind: 'element', name, prefix, local, uri, attributes: own, declared: declared.size > 0 ? declared : NOTHING },
      ...{ children: [], parent, order: elements.length },
    };
    add(element);
    elements.push(element);
    open.push(element);
    if (open.length > MAX_DEPTH) throw new Refused('too-deep');
    inScope += declared.size;
    if (inScope > MAX_IN_SCOPE) throw new Refused('limit-exceeded');
  });
  parser.on('closetag', () => {
    inScope -= open.pop()?.declared.size ?? 0;
  });

  try {
    parser.write(text).close();
  } catch (error) {
    // The parser reports what is not well formed by throwing.
    return { ok: false, fault: error instanceof Refused ? error.fault : 'not-well-formed' };
  }
  const [root] = elements;
  return root === undefined ? { ok: false, fault: 'not-well-formed' } : { ok: true, document: { children, root, elements } };
}

/** A string the parser joined from thousands of pieces takes many times its size until something is looked for in it. */
function inOnePiece(value: string): string {
  value.indexOf('\0');
  return value;
}

function occurrences(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++;
  return found;
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/** Canonical XML has no form for relative namespace URIs (C14N 1.0 §1.3), and the parser compares them without outer blanks. */
function declare(declared: Map<string, string>, prefix: string, uri: string): void {
  if (uri !== uri.trim() || (uri !== '' && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri))) throw new Refused('namespace-unsupported');
  if (prefix === 'xml' && uri === XML_NAMESPACE) return;
  declared.set(prefix, uri);
}
