import { der } from '../../asn1/index.ts';
import { valueCost } from '../algorithms/computing-cost.ts';
import { isDigest, isWeakHash } from '../algorithms/hash.ts';
import type { PublicKey } from '../algorithms/public-key.ts';
import { verifyValue, type ValueOutcome } from '../algorithms/verify-value.ts';
import { readCertificate, type CertificateFacts } from '../certificates/read-certificate.ts';
import { judgeReferences } from '../facts/gather-signature.ts';
import type { PathFacts, SignatureFacts } from '../facts/signature-facts.ts';
import { readEach } from '../trust/trust-material.ts';
import { canonicalize, type WorkBudget } from './canonicalize.ts';
import type { Coverage } from './judge-coverage.ts';
import { readSignedProperties } from './read-signed-properties.ts';
import type { XmlSignature } from './read-signature.ts';
import type { ResolvedReference } from './resolve-reference.ts';

const ID_DATA = '1.2.840.113549.1.7.1';
const NO_BYTES = new Uint8Array();

/** The same facts as of a CMS signer: the signature value over SignedInfo, the references as its content, XAdES properties as its attributes. */
export function gatherXmlSignature(
  signature: XmlSignature,
  references: readonly ResolvedReference[],
  coverage: Coverage,
  conflict: boolean,
  budget: WorkBudget,
  pathsOf: (certificate: CertificateFacts) => readonly PathFacts[],
): SignatureFacts {
  const attributes = readSignedProperties(signature, references);
  const octets = canonicalize({ apex: signature.signedInfo, excluded: new Set() }, signature.form, budget);
  const chosen = chooseCertificate(signature, octets, attributes?.references ?? [], budget);
  const named = attributes?.references ?? [];
  return {
    scheme: signature.scheme,
    digestName: worstHash(references),
    contentType: ID_DATA,
    inconsistency: null,
    attributes,
    encodedAlgorithms: { digest: NO_BYTES, signature: NO_BYTES },
    content: {
      available: coverage.covers !== 'none' && references.every(({ subset }) => subset !== null),
      conflict,
      digest: null,
      referencesMatch: matchOf(references),
      resemblesAttributes: false,
    },
    certificate: chosen?.certificate ?? null,
    reference: chosen && named.length > 0 ? judgeReferences(named, chosen.certificate) : null,
    value: chosen?.value ?? null,
    paths: chosen ? pathsOf(chosen.certificate) : [],
  };
}

/** The first certificate whose key made the value, those the signer named before the others; otherwise the first. */
function chooseCertificate(
  { certificates, scheme, value }: XmlSignature,
  signedInfo: Uint8Array | null,
  named: NonNullable<SignatureFacts['attributes']>['references'],
  { computing }: WorkBudget,
): { certificate: CertificateFacts; value: ValueOutcome | null } | null {
  const all = readEach(certificates, readCertificate);
  const referred = all.filter((certificate) => named.length > 0 && judgeReferences(named, certificate) === 'matches');
  let first: { certificate: CertificateFacts; value: ValueOutcome | null } | null = null;
  for (const certificate of [...referred, ...all.filter((other) => !referred.includes(other))]) {
    computing.spend(valueCost(scheme, certificate.key, signedInfo?.length ?? 0));
    const octets = scheme.family === 'ECDSA' ? joinedToDer(value, certificate.key) : value;
    const outcome = signedInfo && (octets === null ? 'invalid' : verifyValue(scheme, certificate.key, signedInfo, octets));
    if (outcome === 'valid') return { certificate, value: outcome };
    first ??= { certificate, value: outcome };
  }
  return first;
}

/** XML Signature joins r and s in the length of the curve (RFC 6931 §2.3.6); null when the length is another. */
function joinedToDer(value: Uint8Array, key: PublicKey): Uint8Array | null {
  const bits = key.kind === 'ec' ? /^P-(\d+)$/.exec(key.curve)?.[1] : undefined;
  const half = bits === undefined ? value.length / 2 : Math.ceil(Number(bits) / 8);
  if (!Number.isInteger(half) || half === 0 || value.length !== half * 2) return null;
  return der.sequence(der.integer(value.subarray(0, half)), der.integer(value.subarray(half)));
}

/** The hash that speaks most against the signature: one not known here, then a weak one, then one that is not SHA-2. */
function worstHash(references: readonly ResolvedReference[]): string {
  const hashes = references.map(({ reference }) => reference.hash);
  return (
    hashes.find((hash) => !isDigest(hash)) ?? hashes.find(isWeakHash) ?? hashes.find((hash) => !hash.startsWith('SHA-')) ?? hashes[0] ?? ''
  );
}

/** One that differs outweighs one that could not be computed. */
function matchOf(references: readonly ResolvedReference[]): boolean | null {
  if (references.some(({ outcome }) => outcome === 'differs')) return false;
  return references.every(({ outcome }) => outcome === 'matches') ? true : null;
}
