import { sameBytes } from '../../asn1/index.ts';
import { readSmall, type ContentSource } from '../content-source.ts';
import { canonicalize, type WorkBudget } from './canonicalize.ts';
import { parseXml } from './parse-xml.ts';
import { isSignature } from './read-signature.ts';
import type { XmlDocument } from './xml-tree.ts';

const MAX_OCTETS = 32 * 1024 * 1024;
const FORM = { method: '1.0', comments: false, inclusivePrefixes: [] } as const;

/**
 * Whether a file laid beside a signed document is that document: the same bytes, or the same XML once the signatures are taken out of both.
 * Otherwise the signatures say nothing about it.
 */
export async function agreesWithContent(
  bytes: Uint8Array,
  document: XmlDocument,
  content: ContentSource,
  budget: WorkBudget,
): Promise<boolean> {
  const beside = await readSmall(content, MAX_OCTETS);
  if (beside === null) return false;
  if (sameBytes(beside, bytes)) return true;
  const parsed = parseXml(beside);
  const [own, other] = [document, parsed.ok ? parsed.document : null].map((apex) => apex && withoutSignatures(apex, budget));
  return own != null && other != null && sameBytes(own, other);
}

function withoutSignatures(apex: XmlDocument, budget: WorkBudget): Uint8Array | null {
  return canonicalize({ apex, excluded: new Set(apex.elements.filter(isSignature)) }, FORM, budget);
}
