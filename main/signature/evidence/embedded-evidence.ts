import { attempt, childrenOf, encodingOf, explicit, TAG, type Tlv } from '../../asn1/index.ts';
import type { Attribute, SignedData, SignerInfo } from '../formats/read-signed-data.ts';

/** Certificates and revocation data found somewhere, DER each; nothing here is verified. */
export type EvidenceMaterial = {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsp: readonly Uint8Array[];
};

export const NO_MATERIAL: EvidenceMaterial = { certificates: [], crls: [], ocsp: [] };

/** ETSI TS 101 733 §6.3.3, §6.3.4. */
const CERTIFICATE_VALUES = '1.2.840.113549.1.9.16.2.23';
const REVOCATION_VALUES = '1.2.840.113549.1.9.16.2.24';
/** ISO 32000-1 §12.8.3.3.2: signed with the document. */
const ADOBE_REVOCATION = '1.2.840.113583.1.1.8';
/** Pieces of each kind that one message may bring. */
const MAX_PIECES = 64;

/** What a message carries for its own verification, in its bags and in the attributes of its signers. */
export function readEmbeddedEvidence(message: SignedData): EvidenceMaterial {
  const attributes = message.signers.map(readAttributes);
  const all = (kind: keyof EvidenceMaterial): Uint8Array[] =>
    [...message[kind], ...attributes.flatMap((found) => found[kind])].slice(0, kind === 'certificates' ? undefined : MAX_PIECES);
  return { certificates: all('certificates'), crls: all('crls'), ocsp: all('ocsp') };
}

function readAttributes({ signedAttributes, unsignedAttributes }: SignerInfo): EvidenceMaterial {
  const certificates = valuesOf(unsignedAttributes, CERTIFICATE_VALUES).flatMap((value) => encodings(value));
  const lists = [...valuesOf(unsignedAttributes, REVOCATION_VALUES), ...valuesOf(signedAttributes ?? [], ADOBE_REVOCATION)].flatMap(
    (value) => attempt(() => childrenOf(value, TAG.sequence)) ?? [],
  );
  const inside = (n: number): Uint8Array[] =>
    lists
      .filter((list) => list.tag === explicit(n))
      .flatMap((list) => attempt(() => childrenOf(list)) ?? [])
      .flatMap((list) => encodings(list));
  return { certificates, crls: inside(0), ocsp: inside(1) };
}

function valuesOf(attributes: readonly Attribute[], oid: string): Tlv[] {
  return attributes.filter((attribute) => attribute.oid === oid).flatMap(({ values }) => values);
}

function encodings(list: Tlv): Uint8Array[] {
  return (attempt(() => childrenOf(list, TAG.sequence)) ?? []).slice(0, MAX_PIECES).map(encodingOf);
}
