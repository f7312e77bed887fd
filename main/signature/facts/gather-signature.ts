import { attempt, childrenOf, encodingOf, Members, readOid, readWhole, sameBytes, TAG } from '../../asn1/index.ts';
import { valueCost } from '../algorithms/computing-cost.ts';
import { digestOf, isDigest } from '../algorithms/hash.ts';
import { verifyOverContent, verifyValue, type ValueOutcome } from '../algorithms/verify-value.ts';
import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { ComputingBudget } from '../computing-budget.ts';
import { readSmall, type ContentSource } from '../content-source.ts';
import type { SignedData, SignerInfo } from '../formats/read-signed-data.ts';
import { readSignedAttributes, type CertificateReference, type SignedAttributes } from '../formats/read-signed-attributes.ts';
import type { CertificatePool } from '../trust/certificate-pool.ts';
import type { PathFacts, ReferenceOutcome, SignatureFacts } from './signature-facts.ts';

export type SignedContent = {
  /** What the signer must have signed; null when it is nowhere. */
  readonly source: ContentSource | null;
  /** The message carries content and another one was handed in. */
  readonly conflict: boolean;
};

/** Largest content that could pass for a set of signed attributes. */
const MAX_ATTRIBUTES_OCTETS = 64 * 1024;

/** Gathers what can be known about one signer of a message: all the cryptography happens here, no judgement does. */
export async function gatherSignature(
  message: SignedData,
  signer: SignerInfo,
  content: SignedContent,
  { pool, computing }: { readonly pool: CertificatePool; readonly computing: ComputingBudget },
  pathsOf: (certificate: CertificateFacts) => readonly PathFacts[],
): Promise<SignatureFacts> {
  const attributes = signer.signedAttributes && readSignedAttributes(signer.signedAttributes);
  const { scheme, value } = signer.signature;
  const tryValue = async (certificate: CertificateFacts): Promise<ValueOutcome | null> => {
    computing.spend(valueCost(scheme, certificate.key, signer.signedEncoding?.length ?? 0));
    if (signer.signedEncoding) return verifyValue(scheme, certificate.key, signer.signedEncoding, value);
    if (!content.source) return null;
    return verifyOverContent(scheme, certificate.key, content.source, value);
  };
  const chosen = await chooseCertificate(candidates(signer, pool), attributes, tryValue);
  const digestName = signer.digest.name;
  return {
    scheme,
    digestName,
    contentType: message.contentType,
    inconsistency: findInconsistency(message, signer),
    attributes,
    encodedAlgorithms: { digest: encodingOf(signer.digest.identifier), signature: encodingOf(signer.signature.identifier) },
    content: {
      available: content.source !== null,
      conflict: content.conflict,
      digest: content.source && isDigest(digestName) ? await content.source.digest(digestName) : null,
      resemblesAttributes: attributes === null && content.source !== null && (await resemblesAttributes(content.source)),
    },
    certificate: chosen?.certificate ?? null,
    reference: chosen && attributes && attributes.references.length > 0 ? judgeReferences(attributes.references, chosen.certificate) : null,
    value: chosen?.value ?? null,
    paths: chosen ? pathsOf(chosen.certificate) : [],
  };
}

/** Versions and announcements that do not fit what the message holds (RFC 5652 §5.1, §5.3). */
function findInconsistency(message: SignedData, signer: SignerInfo): string | null {
  if (message.version !== message.expectedVersion) return 'message-version';
  if (signer.version !== (signer.identifier.kind === 'issuer-serial' ? 1 : 3)) return 'signer-version';
  return message.digestAlgorithms.includes(signer.digest.oid) ? null : 'digest-algorithm-not-announced';
}

function candidates(signer: SignerInfo, pool: CertificatePool): CertificateFacts[] {
  const { identifier } = signer;
  return [...pool.all()].filter((certificate) =>
    identifier.kind === 'issuer-serial'
      ? certificate.serial === identifier.serial && sameBytes(certificate.issuer.raw, identifier.issuer)
      : certificate.subjectKeyIdentifier === identifier.keyIdentifier,
  );
}

/**
 * Several certificates may fit an identifier: the one the signer referred to goes first, then one whose key made the value. All are tried, as
 * anybody can add some to a message, until the file has spent what it may cost.
 */
async function chooseCertificate(
  fitting: readonly CertificateFacts[],
  attributes: SignedAttributes | null,
  tryValue: (certificate: CertificateFacts) => Promise<ValueOutcome | null>,
): Promise<{ certificate: CertificateFacts; value: ValueOutcome | null } | null> {
  const references = attributes?.references ?? [];
  const referred = fitting.filter((certificate) => judgeReferences(references, certificate) === 'matches');
  const order = [...referred, ...fitting.filter((certificate) => !referred.includes(certificate))];
  let first: { certificate: CertificateFacts; value: ValueOutcome | null } | null = null;
  for (const certificate of order) {
    const tried = { certificate, value: await tryValue(certificate) };
    if (tried.value === 'valid') return tried;
    first ??= tried;
  }
  return first;
}

/** All references must fit; one that differs outweighs one that cannot be computed. */
export function judgeReferences(references: readonly CertificateReference[], certificate: CertificateFacts): ReferenceOutcome {
  const outcomes = references.map((reference) => judgeReference(reference, certificate));
  return outcomes.find((outcome) => outcome === 'differs') ?? outcomes.find((outcome) => outcome === 'unsupported') ?? 'matches';
}

function judgeReference({ hash, digest, issuer }: CertificateReference, certificate: CertificateFacts): ReferenceOutcome {
  if (issuer && (issuer.serial !== certificate.serial || issuer.key !== certificate.issuer.key)) return 'differs';
  // Weak hashes still tell one certificate of a bag from another; that they are weak is said elsewhere.
  const computed = digestOf(hash, certificate.der);
  if (computed === null) return 'unsupported';
  return sameBytes(computed, digest) ? 'matches' : 'differs';
}

/** A SET OF attributes as somebody may have signed it, offered as content (RFC 8933 §5). */
async function resemblesAttributes(source: ContentSource): Promise<boolean> {
  const bytes = await readSmall(source, MAX_ATTRIBUTES_OCTETS);
  if (bytes === null || bytes[0] !== TAG.set) return false;
  const types = attempt(() => childrenOf(readWhole(bytes, TAG.set)).map((item) => readOid(new Members(item).next())));
  return types !== null && types.length > 0;
}
