import { digestCost } from '../algorithms/computing-cost.ts';
import { digestOf, isDigest } from '../algorithms/hash.ts';
import { sameBytes } from '../../asn1/index.ts';
import { canonicalize, type WorkBudget, type XmlSubset } from './canonicalize.ts';
import { isSignature, type XmlReference, type XmlSignature } from './read-signature.ts';
import { isWithin, type XmlAttribute, type XmlDocument, type XmlElement } from './xml-tree.ts';

export type ResolvedReference = {
  readonly reference: XmlReference;
  /** What the digest was computed over; null when the reference leads to nothing that can be signed. */
  readonly subset: XmlSubset | null;
  /** Why there is no subset. */
  readonly fault:
    'reference-external' | 'reference-unsupported' | 'reference-target-missing' | 'reference-ambiguous' | 'reference-empty' | null;
  readonly outcome: 'matches' | 'differs' | 'unsupported' | 'work-limit' | null;
};

/** Attributes that name an element without a document type definition; `xml:id` and `wsu:Id` are among them. */
export const isIdentifier = ({ local }: XmlAttribute): boolean => local === 'Id' || local === 'ID' || local === 'id';

/** Every element that bears a value as its identifier, each as often as it does. */
export type IdentifierIndex = ReadonlyMap<string, readonly XmlElement[]>;

export function indexIdentifiers({ elements }: XmlDocument): IdentifierIndex {
  const index = new Map<string, XmlElement[]>();
  for (const element of elements) {
    for (const attribute of element.attributes) {
      if (!isIdentifier(attribute)) continue;
      const bearers = index.get(attribute.value);
      if (bearers) bearers.push(element);
      else index.set(attribute.value, [element]);
    }
  }
  return index;
}

/**
 * Computes a reference of a signature. First as XML Signature says, every other signature in its place; where that does not match, once
 * more without the signatures that follow it among its siblings, because whoever signs a signed document again appends a signature that
 * the ones before could not cover.
 */
export function resolveReference(
  reference: XmlReference,
  signature: XmlSignature,
  document: XmlDocument,
  identifiers: IdentifierIndex,
  budget: WorkBudget,
): ResolvedReference {
  const target = findTarget(reference.uri, document, identifiers);
  if (typeof target === 'string') return { reference, subset: null, fault: target, outcome: null };
  const own = reference.enveloped ? [signature.element] : [];
  const element = 'root' in target ? target.root : target;
  if (own.some((excluded) => isWithin(element, excluded))) return { reference, subset: null, fault: 'reference-empty', outcome: null };
  const subset: XmlSubset = { apex: target, excluded: new Set(own) };
  const outcome = compare(reference, subset, budget);
  if (outcome !== 'differs') return { reference, subset, fault: null, outcome };
  const later = laterSignatures(signature.element).filter((other) => other !== element && isWithin(other, element));
  if (later.length > 0) {
    const earlier: XmlSubset = { apex: target, excluded: new Set([...own, ...later]) };
    const again = compare(reference, earlier, budget);
    if (again !== 'differs') return { reference, subset: earlier, fault: null, outcome: again };
  }
  return { reference, subset, fault: null, outcome };
}

function findTarget(
  uri: string | null,
  document: XmlDocument,
  identifiers: IdentifierIndex,
): XmlDocument | XmlElement | NonNullable<ResolvedReference['fault']> {
  if (uri === null) return 'reference-unsupported';
  if (uri === '') return document;
  if (!uri.startsWith('#')) return 'reference-external';
  // A pointer scheme such as xpointer(…) is not a name.
  if (!/^#[^()%#]+$/.test(uri)) return 'reference-unsupported';
  const [element, ...more] = identifiers.get(uri.slice(1)) ?? [];
  if (element === undefined) return 'reference-target-missing';
  return more.length > 0 ? 'reference-ambiguous' : element;
}

function laterSignatures({ parent, order }: XmlElement): XmlElement[] {
  return (parent?.children ?? []).filter(
    (sibling): sibling is XmlElement => sibling.kind === 'element' && sibling.order > order && isSignature(sibling),
  );
}

/** References within a document never take comments along (XML Signature 1.1 §4.4.3.3), whatever the canonical form would do. */
function compare({ form, hash, digest }: XmlReference, subset: XmlSubset, budget: WorkBudget): NonNullable<ResolvedReference['outcome']> {
  if (!isDigest(hash)) return 'unsupported';
  const octets = canonicalize(subset, { ...form, comments: false }, budget);
  if (octets === null) return 'work-limit';
  budget.computing.spend(digestCost(hash, octets.length));
  const computed = digestOf(hash, octets);
  if (computed === null) return 'unsupported';
  return sameBytes(computed, digest) ? 'matches' : 'differs';
}
