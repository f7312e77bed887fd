import { isIdentifier, type ResolvedReference } from './resolve-reference.ts';
import { isSignature, type XmlSignature } from './read-signature.ts';
import { XMLDSIG } from './xml-methods.ts';
import { childElements, isWithin, type XmlDocument, type XmlElement } from './xml-tree.ts';

/** What of a document one signature speaks for. */
export type Coverage = {
  /** `none`: nothing but parts of signatures. */
  readonly covers: 'whole' | 'partial' | 'none';
  /** What is covered, e.g. `/doc/a[@Id="part"]`; `/` is the document. */
  readonly paths: readonly string[];
  /** Why a reader could take something unsigned for what was signed. */
  readonly wrapping: 'signed-inside-signature' | 'same-element-elsewhere' | null;
};

/** What is the same for every signature of a document. */
export type DocumentLayout = {
  /** For each element, by its order: the order of the last element inside. */
  readonly last: Uint32Array;
  /** For each element: 1 when it stands in a signature (or is one). */
  readonly inSignature: Uint8Array;
  /** For each element: 1 when it is content, not machinery of signatures. */
  readonly content: Uint8Array;
};

/** Every version of XAdES. */
const XADES = 'http://uri.etsi.org/01903/';

export function layOut({ elements }: XmlDocument): DocumentLayout {
  const last = Uint32Array.from(elements.keys());
  const inSignature = new Uint8Array(elements.length);
  const content = new Uint8Array(elements.length);
  for (const element of elements) {
    const { order, parent } = element;
    inSignature[order] = isSignature(element) || (parent !== null && inSignature[parent.order] === 1) ? 1 : 0;
    content[order] = inSignature[order] === 1 && isMachinery(element) ? 0 : 1;
  }
  for (const { order, parent } of elements.toReversed()) {
    if (parent !== null) last[parent.order] = Math.max(last[parent.order] ?? 0, last[order] ?? 0);
  }
  return { last, inSignature, content };
}

/** Within a signature everything of its own vocabulary but an Object, which is there to hold content unless it holds XAdES properties. */
function isMachinery(element: XmlElement): boolean {
  if (element.uri.startsWith(XADES)) return true;
  if (element.uri !== XMLDSIG) return false;
  if (element.local !== 'Object') return true;
  const blank = element.children.every((child) => child.kind !== 'text' || /^[ \t\r\n]*$/.test(child.value));
  return blank && childElements(element).every(({ uri, local }) => uri.startsWith(XADES) && local === 'QualifyingProperties');
}

/** Coverage is a matter of what the references point to; whether the digests agree is judged elsewhere. */
export function judgeCoverage(
  signature: XmlSignature,
  references: readonly ResolvedReference[],
  document: XmlDocument,
  layout: DocumentLayout,
): Coverage {
  const covered = markCovered(references, document, layout);
  const content = references.flatMap(({ subset, reference }) => {
    if (subset === null || !('root' in subset.apex || layout.content[subset.apex.order] === 1)) return [];
    return { apex: subset.apex, path: 'root' in subset.apex ? '/' : pathOf(subset.apex, reference.uri ?? '') };
  });
  const apexes = content.map(({ apex }) => apex);
  const unsigned = document.elements.filter(({ order }) => layout.content[order] === 1 && covered[order] === 0);
  const signed = document.elements.some(({ order }) => layout.content[order] === 1 && covered[order] === 1);
  if (!signed || apexes.length === 0) return { covers: 'none', paths: [], wrapping: null };
  const paths = [...new Set(content.map(({ path }) => path))];
  // Comments are never covered, so only instructions count of what stands beside the root.
  const beside = document.children.some(({ kind }) => kind === 'instruction') && !apexes.some((apex) => 'root' in apex);
  if (unsigned.length === 0 && !beside) return { covers: 'whole', paths, wrapping: null };
  return { covers: 'partial', paths, wrapping: findWrapping(signature, apexes, unsigned, document, layout) };
}

/** For each element, whether a reference covers it: every reference adds its interval of elements and takes out what it excludes. */
function markCovered(references: readonly ResolvedReference[], { elements }: XmlDocument, { last }: DocumentLayout): Uint8Array {
  const changes = new Int32Array(elements.length + 1);
  const add = (from: number, to: number, by: 1 | -1): void => {
    changes[from] = (changes[from] ?? 0) + by;
    changes[to + 1] = (changes[to + 1] ?? 0) - by;
  };
  const endOf = ({ order }: XmlElement): number => last[order] ?? order;
  for (const { subset } of references) {
    if (subset === null) continue;
    const first = 'root' in subset.apex ? subset.apex.root : subset.apex;
    add(first.order, endOf(first), 1);
    for (const excluded of subset.excluded) if (isWithin(excluded, first)) add(excluded.order, endOf(excluded), -1);
  }
  let depth = 0;
  return Uint8Array.from(elements, (_, order) => ((depth += changes[order] ?? 0) > 0 ? 1 : 0));
}

/**
 * Signature wrapping: the signed element was moved where it verifies but is not read, and another takes its place. A part is therefore
 * only accepted where it could be read by nothing but its name: no unsigned element, above it or elsewhere, bears that name. Content inside
 * a signature is what an enveloping signature at the root of the document has, and no other.
 */
function findWrapping(
  { element }: XmlSignature,
  apexes: readonly (XmlDocument | XmlElement)[],
  unsigned: readonly XmlElement[],
  document: XmlDocument,
  { inSignature }: DocumentLayout,
): Coverage['wrapping'] {
  const nameOf = ({ uri, local }: XmlElement): string => `{${uri}}${local}`;
  const signedNames = new Set(apexes.map((apex) => nameOf('root' in apex ? apex.root : apex)));
  const hidden = apexes.some((apex) => {
    if ('root' in apex || inSignature[apex.order] === 0) return false;
    return element !== document.root || !isWithin(apex, element);
  });
  if (hidden) return 'signed-inside-signature';
  return unsigned.some((other) => signedNames.has(nameOf(other))) ? 'same-element-elsewhere' : null;
}

const MAX_PATH = 500;

/** Names as written, a position where siblings share the name, and the identifier the reference used. */
function pathOf(element: XmlElement, uri: string): string {
  const identifier = element.attributes.find((attribute) => isIdentifier(attribute) && `#${attribute.value}` === uri);
  let path = identifier ? `[@${identifier.name}="${identifier.value.replaceAll('"', '&quot;')}"]` : '';
  for (let at: XmlElement | null = element; at !== null; at = at.parent) {
    const { name, parent } = at;
    const namesakes = parent ? childElements(parent).filter((sibling) => sibling.name === name) : [];
    const position = namesakes.length > 1 && (at !== element || !identifier) ? `[${namesakes.indexOf(at) + 1}]` : '';
    path = `/${name}${position}${path}`;
  }
  return path.length > MAX_PATH ? `${path.slice(0, MAX_PATH)}…` : path;
}
