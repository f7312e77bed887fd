import { digestCost } from '../algorithms/computing-cost.ts';
import { digestOf } from '../algorithms/hash.ts';
import type { EvidenceMaterial } from '../evidence/embedded-evidence.ts';
import { canonicalize, type WorkBudget } from './canonicalize.ts';
import { readForm, type XmlSignature } from './read-signature.ts';
import { decodeText, descend, type Step } from './xml-tree.ts';
import { XADES, XMLDSIG } from './xml-methods.ts';

/** A timestamp over the signature value, and how to compute what it must be over. */
export type XmlTimestamp = {
  readonly token: Uint8Array;
  /** Null when the hash or the canonical form is not computed here. */
  readonly imprint: (hash: string) => Uint8Array | null;
};

const PROPERTIES: readonly Step[] = [
  [XMLDSIG, 'Object'],
  [XADES, 'QualifyingProperties'],
  [XADES, 'UnsignedProperties'],
  [XADES, 'UnsignedSignatureProperties'],
];
const MAX_TIMESTAMPS = 8;
const MAX_PIECES = 64;
const DEFAULT_FORM = { method: '1.0', comments: false, inclusivePrefixes: [] } as const;

/** SignatureTimeStamp: over the canonical SignatureValue element (EN 319 132-1 §5.3). */
export function readTimestamps({ element, signatureValue }: XmlSignature, budget: WorkBudget): XmlTimestamp[] {
  return descend([element], ...PROPERTIES, [XADES, 'SignatureTimeStamp'])
    .flatMap((timestamp) => {
      const [method] = descend([timestamp], [XMLDSIG, 'CanonicalizationMethod']);
      const form = method ? readForm(method) : DEFAULT_FORM;
      const imprint = (hash: string): Uint8Array | null => {
        const octets = form && canonicalize({ apex: signatureValue, excluded: new Set() }, form, budget);
        if (octets === null) return null;
        budget.computing.spend(digestCost(hash, octets.length));
        return digestOf(hash, octets);
      };
      return descend([timestamp], [XADES, 'EncapsulatedTimeStamp']).flatMap((encapsulated) => {
        const token = decodeText(encapsulated);
        return token ? { token, imprint } : [];
      });
    })
    .slice(0, MAX_TIMESTAMPS);
}

/** Certificates and revocation data a signature carries, in its KeyInfo and its XAdES properties. */
export function readXmlEvidence({ element, certificates, crls }: XmlSignature): EvidenceMaterial {
  const inside = (...steps: readonly Step[]): Uint8Array[] =>
    descend([element], ...PROPERTIES, ...steps)
      .slice(0, MAX_PIECES)
      .flatMap((piece) => decodeText(piece) ?? []);
  return {
    certificates: [...certificates, ...inside([XADES, 'CertificateValues'], [XADES, 'EncapsulatedX509Certificate'])],
    crls: [...crls, ...inside([XADES, 'RevocationValues'], [XADES, 'CRLValues'], [XADES, 'EncapsulatedCRLValue'])],
    ocsp: inside([XADES, 'RevocationValues'], [XADES, 'OCSPValues'], [XADES, 'EncapsulatedOCSPValue']),
  };
}
