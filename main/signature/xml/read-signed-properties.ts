import { attempt, Members, onlyChild, readWhole, explicit, TAG } from '../../asn1/index.ts';
import { readName } from '../certificates/distinguished-name.ts';
import { serialHex } from '../certificates/read-certificate.ts';
import type { CertificateReference, SignedAttributes } from '../formats/read-signed-attributes.ts';
import type { XmlSignature } from './read-signature.ts';
import type { ResolvedReference } from './resolve-reference.ts';
import { hashOf, XADES, XMLDSIG } from './xml-methods.ts';
import { attributeOf, childElements, decodeText, descend, isWithin, plainText, type XmlElement } from './xml-tree.ts';

/**
 * The XAdES signed properties of a signature in the form of CMS signed attributes; null when there are none, or none that the signature covers:
 * properties that are not covered are somebody's words.
 */
export function readSignedProperties(signature: XmlSignature, references: readonly ResolvedReference[]): SignedAttributes | null {
  const all = descend([signature.element], [XMLDSIG, 'Object'], [XADES, 'QualifyingProperties'], [XADES, 'SignedProperties']);
  const covered = all.filter((properties) =>
    references.some(({ subset, outcome }) => outcome === 'matches' && subset !== null && covers(subset.apex, properties, subset.excluded)),
  );
  if (covered.length === 0) return null;
  const faults: string[] = covered.length > 1 ? ['signed-properties-repeated'] : [];
  const find = (local: string): XmlElement | null => {
    const found = descend(covered, [XADES, 'SignedSignatureProperties'], [XADES, local]);
    if (found.length > 1) faults.push('signed-property-repeated');
    return found[0] ?? null;
  };
  const [time, second, first] = [find('SigningTime'), find('SigningCertificateV2'), find('SigningCertificate')];
  const signingTime = time && readTime(time);
  const certificates = [second && readReference(second, 'v2'), first && readReference(first, 'v1')];
  if ((time && signingTime === null) || (second && !certificates[0]) || (first && !certificates[1]))
    faults.push('signed-property-malformed');
  return {
    faults,
    contentType: null,
    messageDigest: null,
    signingTime,
    references: certificates.filter((reference) => reference !== null),
    algorithmProtection: null,
  };
}

function covers(apex: NonNullable<ResolvedReference['subset']>['apex'], element: XmlElement, excluded: ReadonlySet<XmlElement>): boolean {
  return ('root' in apex || isWithin(element, apex)) && ![...excluded].some((out) => isWithin(element, out));
}

/** An xsd:dateTime with its zone; without one it names no instant. */
function readTime(element: XmlElement): number | null {
  const text = plainText(element)?.trim() ?? '';
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.exec(text);
  const ms = form ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? null : ms;
}

/** Only the first Cert speaks of the signer (EN 319 132-1 §5.2.2). The textual issuer name of the old form adds nothing to the digest. */
function readReference(element: XmlElement, version: 'v1' | 'v2'): CertificateReference | null {
  const [certificate] = childElements(element);
  if (certificate?.uri !== XADES || certificate.local !== 'Cert') return null;
  const [digest] = descend([certificate], [XADES, 'CertDigest']);
  const [method] = digest ? descend([digest], [XMLDSIG, 'DigestMethod']) : [];
  const [value] = digest ? descend([digest], [XMLDSIG, 'DigestValue']) : [];
  const [serial] = descend([certificate], [XADES, 'IssuerSerialV2']);
  const octets = value && decodeText(value);
  const algorithm = method && attributeOf(method, 'Algorithm');
  if (!octets || !algorithm) return null;
  const issuer = serial ? readIssuerSerial(decodeText(serial)) : null;
  return serial && issuer === null ? null : { version, hash: hashOf(algorithm), digest: octets, issuer };
}

/** IssuerSerial of RFC 5035 with one directory name. */
function readIssuerSerial(der: Uint8Array | null): CertificateReference['issuer'] {
  return (
    der &&
    attempt(() => {
      const members = new Members(readWhole(der));
      const name = onlyChild(members.next(TAG.sequence), explicit(4));
      const serial = serialHex(members.next(TAG.integer));
      members.done();
      return { key: readName(onlyChild(name)).key, serial };
    })
  );
}
