import type { ValueOutcome } from '../algorithms/verify-value.ts';
import type { SignatureScheme } from '../algorithms/signature-scheme.ts';
import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { SignedAttributes } from '../formats/read-signed-attributes.ts';
import type { RevocationStatus } from '../revocation/revocation-status.ts';
import type { CertificatePath } from '../trust/find-paths.ts';

/** A path with what is known about the revocation of each certificate but the anchor. */
export type PathFacts = CertificatePath & {
  /** The time the path is judged at: the proven time of signing, otherwise the time of the check; ms. */
  readonly since: number;
  readonly revocation: readonly RevocationStatus[];
};

/** `unsupported`: named by a hash that is not computed here. */
export type ReferenceOutcome = 'matches' | 'differs' | 'unsupported';

/** Everything gathered about one signature before any check weighs it. */
export type SignatureFacts = {
  readonly scheme: SignatureScheme;
  readonly digestName: string;
  /** Type of the content as the message says. */
  readonly contentType: string;
  /** A code when the message contradicts itself about its versions and algorithms. */
  readonly inconsistency: string | null;
  /** Null when the message has no signed attributes. */
  readonly attributes: SignedAttributes | null;
  /** The algorithms as encoded in the SignerInfo, to be compared with the ones its signer bound. */
  readonly encodedAlgorithms: { readonly digest: Uint8Array; readonly signature: Uint8Array };
  readonly content: {
    readonly available: boolean;
    /** The message carries content and other content was handed in. */
    readonly conflict: boolean;
    /** Null when missing or when the digest algorithm is not computed here. */
    readonly digest: Uint8Array | null;
    /** XML, where each reference states a digest of its own: whether all agree, null when one cannot be computed. Absent elsewhere. */
    readonly referencesMatch?: boolean | null;
    /** Without signed attributes: the content is itself the encoding of such attributes. */
    readonly resemblesAttributes: boolean;
  };
  readonly certificate: CertificateFacts | null;
  /** Whether the certificate is the one the signer named; null when none was named. */
  readonly reference: ReferenceOutcome | null;
  /** Outcome of the signature value; null when it could not be tried. */
  readonly value: ValueOutcome | null;
  readonly paths: readonly PathFacts[];
};
