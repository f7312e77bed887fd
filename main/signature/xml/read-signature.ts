import type { SignatureScheme } from '../algorithms/signature-scheme.ts';
import type { CanonicalForm } from './canonicalize.ts';
import { canonicalFormOf, ENVELOPED_SIGNATURE, EXCLUSIVE, hashOf, isMac, schemeOf, XMLDSIG } from './xml-methods.ts';
import { attributeOf, childElements, decodeText, type XmlElement } from './xml-tree.ts';

/** One ds:Reference: what it points to, what is done to it, the digest it must have. */
export type XmlReference = {
  /** Null when there is no URI at all. */
  readonly uri: string | null;
  readonly enveloped: boolean;
  readonly form: CanonicalForm;
  /** Name of the hash as in hash.ts. */
  readonly hash: string;
  readonly digest: Uint8Array;
};

/** One ds:Signature (XML Signature 1.1 §4) as it stands in the document. */
export type XmlSignature = {
  readonly element: XmlElement;
  readonly signedInfo: XmlElement;
  readonly form: CanonicalForm;
  readonly scheme: SignatureScheme;
  readonly signatureValue: XmlElement;
  readonly value: Uint8Array;
  readonly references: readonly XmlReference[];
  /** DER of X509Certificate and X509CRL in KeyInfo, in their order, which means nothing. */
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
};

/** `malformed` breaks the schema; `refused` asks for something whose effect is not accepted here, so nothing is known about it. */
export type ReadSignature =
  | { readonly ok: true; readonly signature: XmlSignature }
  | { readonly ok: false; readonly kind: 'malformed' | 'refused'; readonly reason: string };

const MAX_REFERENCES = 10;
const MAX_CERTIFICATES = 64;
const MAX_PREFIXES = 32;

class Fault extends Error {
  readonly kind: 'malformed' | 'refused';
  readonly reason: string;
  constructor(kind: 'malformed' | 'refused', reason: string) {
    super(reason);
    this.kind = kind;
    this.reason = reason;
  }
}
const malformed = (reason: string): never => {
  throw new Fault('malformed', reason);
};
const refused = (reason: string): never => {
  throw new Fault('refused', reason);
};

export const isSignature = ({ uri, local }: XmlElement): boolean => uri === XMLDSIG && local === 'Signature';

export function readSignature(element: XmlElement): ReadSignature {
  try {
    return { ok: true, signature: readMembers(element) };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, kind: error.kind, reason: error.reason };
    throw error;
  }
}

function readMembers(element: XmlElement): XmlSignature {
  const members = membersOf(element, 'signature-malformed');
  const signedInfo = members.next('SignedInfo');
  const signatureValue = members.next('SignatureValue');
  const value = octetsOf(signatureValue, 'signature-value-malformed');
  const keyInfo = members.optional('KeyInfo');
  while (members.optional('Object') !== null);
  members.done();

  const info = membersOf(signedInfo, 'signed-info-malformed');
  const canonicalization = info.next('CanonicalizationMethod');
  const method = info.next('SignatureMethod');
  const references: XmlElement[] = [info.next('Reference')];
  for (let next = info.optional('Reference'); next !== null; next = info.optional('Reference')) references.push(next);
  info.done();
  if (references.length > MAX_REFERENCES) refused('too-many-references');
  const methodUri = algorithmOf(method);
  if (isMac(methodUri)) refused('mac-instead-of-signature');
  if (method.children.some(({ kind }) => kind === 'element')) refused('method-parameters');
  return {
    element,
    signedInfo,
    form: readForm(canonicalization) ?? refused('canonicalization-unsupported'),
    scheme: schemeOf(methodUri),
    signatureValue,
    value,
    references: references.map(readReference),
    certificates: keyInfo ? x509Of(keyInfo, 'X509Certificate') : [],
    crls: keyInfo ? x509Of(keyInfo, 'X509CRL') : [],
  };
}

function readReference(element: XmlElement): XmlReference {
  const members = membersOf(element, 'reference-malformed');
  const transforms = members.optional('Transforms');
  const method = members.next('DigestMethod');
  const digest = octetsOf(members.next('DigestValue'), 'digest-value-malformed');
  members.done();
  if (method.children.some(({ kind }) => kind === 'element')) refused('method-parameters');
  const chain = transforms ? readTransforms(transforms) : { enveloped: false, form: null };
  return {
    uri: attributeOf(element, 'URI'),
    enveloped: chain.enveloped,
    // Without one, what is hashed is the inclusive form (§4.4.3.2).
    form: chain.form ?? { method: '1.0', comments: false, inclusivePrefixes: [] },
    hash: hashOf(algorithmOf(method)),
    digest,
  };
}

/** The enveloped-signature transform, then one canonical form: after that there are octets, which nothing here parses again. */
function readTransforms(element: XmlElement): { enveloped: boolean; form: CanonicalForm | null } {
  let [enveloped, form]: [boolean, CanonicalForm | null] = [false, null];
  const members = membersOf(element, 'transforms-malformed');
  for (let transform = members.optional('Transform'); transform !== null; transform = members.optional('Transform')) {
    if (form !== null) refused('transform-order');
    if (algorithmOf(transform) === ENVELOPED_SIGNATURE) {
      if (enveloped || transform.children.some(({ kind }) => kind === 'element')) refused('transform-unsupported');
      enveloped = true;
    } else form = readForm(transform) ?? refused('transform-unsupported');
  }
  members.done();
  return { enveloped, form };
}

/** A canonical form with its parameters; null when it is not one. */
export function readForm(element: XmlElement): CanonicalForm | null {
  const form = canonicalFormOf(algorithmOf(element));
  if (form === null) return null;
  const [parameter, ...more] = childElements(element);
  if (parameter === undefined) return { ...form, inclusivePrefixes: [] };
  if (more.length > 0 || form.method !== 'exclusive' || parameter.uri !== EXCLUSIVE || parameter.local !== 'InclusiveNamespaces')
    return null;
  if (parameter.children.length > 0) return null;
  const prefixes = (attributeOf(parameter, 'PrefixList') ?? '').split(/[ \t\r\n]+/).filter((prefix) => prefix !== '');
  if (prefixes.length > MAX_PREFIXES) return null;
  return { ...form, inclusivePrefixes: prefixes.map((prefix) => (prefix === '#default' ? '' : prefix)) };
}

function x509Of(keyInfo: XmlElement, local: string): Uint8Array[] {
  const found = childElements(keyInfo)
    .filter((child) => child.uri === XMLDSIG && child.local === 'X509Data')
    .flatMap(childElements)
    .filter((child) => child.uri === XMLDSIG && child.local === local);
  if (found.length > MAX_CERTIFICATES) malformed('too-many-certificates');
  return found.map((element) => octetsOf(element, 'certificate-malformed'));
}

const algorithmOf = (element: XmlElement): string => attributeOf(element, 'Algorithm') ?? '';

/** Base64 with nothing between it: a comment inside would be read over by some programs and end the value for others. */
function octetsOf(element: XmlElement, reason: string): Uint8Array {
  return decodeText(element) ?? malformed(reason);
}

/** The child elements of a ds: element in the order of the schema. */
function membersOf(element: XmlElement, reason: string) {
  if (element.children.some((child) => child.kind === 'text' && /[^ \t\r\n]/.test(child.value))) malformed(reason);
  const list = childElements(element);
  let at = 0;
  const optional = (local: string): XmlElement | null => {
    const child = list[at];
    if (child?.uri !== XMLDSIG || child.local !== local) return null;
    at++;
    return child;
  };
  return {
    optional,
    next: (local: string): XmlElement => optional(local) ?? malformed(reason),
    done: (): void => {
      if (at < list.length) malformed(reason);
    },
  };
}
