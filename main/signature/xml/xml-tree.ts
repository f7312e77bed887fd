import { decodeBase64 } from '../formats/armour.ts';

/** A parsed document as canonicalization needs it: names with prefixes, namespace declarations where they stand, no lexical detail. */
export type XmlDocument = {
  /** The root element with the comments and processing instructions around it. */
  readonly children: readonly XmlNode[];
  readonly root: XmlElement;
  /** Every element in document order. */
  readonly elements: readonly XmlElement[];
};

export type XmlNode =
  | XmlElement
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'comment'; readonly value: string }
  | { readonly kind: 'instruction'; readonly target: string; readonly value: string };

export type XmlElement = {
  readonly kind: 'element';
  /** As written, with its prefix. */
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  /** Empty in no namespace. */
  readonly uri: string;
  /** Without namespace declarations. */
  readonly attributes: readonly XmlAttribute[];
  /** Declarations of this element: prefix (empty for the default) to URI. */
  readonly declared: ReadonlyMap<string, string>;
  readonly children: XmlNode[];
  readonly parent: XmlElement | null;
  /** Position among the elements of the document. */
  readonly order: number;
};

export type XmlAttribute = {
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly uri: string;
  readonly value: string;
};

export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

export const childElements = ({ children }: XmlElement): XmlElement[] => children.filter((child) => child.kind === 'element');

/** The value of an attribute in no namespace, null when there is none. */
export function attributeOf({ attributes }: XmlElement, name: string): string | null {
  return attributes.find((attribute) => attribute.uri === '' && attribute.local === name)?.value ?? null;
}

/** Whether an element is the other one or stands inside it. */
export function isWithin(element: XmlElement, ancestor: XmlElement): boolean {
  for (let at: XmlElement | null = element; at !== null; at = at.parent) if (at === ancestor) return true;
  return false;
}

/** The text of an element that holds nothing but text; null when a comment, instruction or element could hide or split it. */
export function plainText({ children }: XmlElement): string | null {
  let text = '';
  for (const child of children) {
    if (child.kind !== 'text') return null;
    text += child.value;
  }
  return text;
}

/** Base64 that nothing interrupts, as {@link plainText} has it, and in its only spelling but for blanks; null otherwise. */
export function decodeText(element: XmlElement): Uint8Array | null {
  const text = plainText(element);
  const octets = text === null ? null : decodeBase64(text);
  return octets && Buffer.from(octets).toString('base64') === text?.replace(/\s+/g, '') ? octets : null;
}

export type Step = readonly [uri: string, local: string];

/** The elements reached over children of these names. */
export function descend(from: readonly XmlElement[], ...steps: readonly Step[]): readonly XmlElement[] {
  return steps.reduce(
    (elements, [uri, local]) => elements.flatMap(childElements).filter((child) => child.uri === uri && child.local === local),
    from,
  );
}
