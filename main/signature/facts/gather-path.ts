import type { CertificateFacts } from '../certificates/read-certificate.ts';
import { EXTENSION, OCSP_SIGNING } from '../certificates/extensions.ts';
import { acceptablePath } from '../checks/path.ts';
import type { Policy } from '../policy/policy.ts';
import { judgeRevocation } from '../revocation/judge-revocation.ts';
import type { Crl } from '../revocation/read-crl.ts';
import type { OcspResponse } from '../revocation/read-ocsp.ts';
import type { RevocationContext, RevocationStatus } from '../revocation/revocation-status.ts';
import type { CertificatePool, SignedBytes } from '../trust/certificate-pool.ts';
import { findPaths, type CertificatePath } from '../trust/find-paths.ts';
import type { PathFacts } from './signature-facts.ts';

export type Evidence = {
  readonly pool: CertificatePool;
  readonly crls: readonly Crl[];
  readonly ocsp: readonly OcspResponse[];
  readonly policy: Policy;
  /** The time of the check; ms. */
  readonly at: number;
  /** When a piece of evidence was proven to exist, by its SHA-256; what is not named exists now. ms. */
  readonly provenAt: ReadonlyMap<string, number>;
  /** Told of every list and answer that had a part in a status. */
  readonly consulted: (item: SignedBytes) => void;
};

/**
 * Paths of a certificate with what is known about the revocation of each link.
 * @param since the time the question is about: the proven time of signing, otherwise the time of the check; ms.
 */
export type PathGatherer = (certificate: CertificateFacts, since: number) => readonly PathFacts[];

const UNKNOWN: RevocationStatus = { status: 'unknown', reason: 'revocation-unavailable', evidence: null, revokedAt: null };
const NOT_NEEDED: RevocationStatus = { status: 'good', reason: null, evidence: null, revokedAt: null };
/** CRL signers and responders may have revocation evidence of their own; deeper than this nothing honest goes. */
const MAX_DEPTH = 3;
const MAX_SIGNERS = 8;

/** RFC 6960 §4.2.2.2.1: only a responder's certificate can be excused by its issuer, and one that may do nothing else. */
function isExcused({ extensions, extendedKeyUsage, basicConstraints }: CertificateFacts): boolean {
  const responder = extendedKeyUsage?.length === 1 && extendedKeyUsage[0] === OCSP_SIGNING && !basicConstraints?.ca;
  return responder && extensions.has(EXTENSION.ocspNoCheck);
}

/** Gathers the paths of certificates together with revocation; remembers both for all signatures of a file. */
export function createPathGatherer(evidence: Evidence): PathGatherer {
  const found = new Map<string, readonly CertificatePath[]>();
  const known = new Map<string, readonly PathFacts[]>();
  const statuses = new Map<string, RevocationStatus>();
  const busy = new Set<string>();

  function pathsOf(certificate: CertificateFacts, since: number, depth: number): readonly PathFacts[] {
    const id = `${certificate.sha256}|${since}`;
    const ready = known.get(id);
    if (ready) return ready;
    const bare = found.get(certificate.sha256) ?? findPaths(certificate, evidence.pool);
    found.set(certificate.sha256, bare);
    evidence.consulted(certificate);
    for (const path of bare) path.certificates.forEach(evidence.consulted);
    const paths = bare.map((path) => withRevocation(path, since, depth));
    if (depth === 0) known.set(id, paths);
    return paths;
  }

  function withRevocation(path: CertificatePath, since: number, depth: number): PathFacts {
    const issuers = path.certificates.slice(1);
    return {
      ...path,
      since,
      revocation: issuers.map((issuer, i) => statusOf(path.certificates[i] ?? issuer, issuer, path.anchor, since, depth)),
    };
  }

  function statusOf(
    certificate: CertificateFacts,
    issuer: CertificateFacts,
    anchor: CertificateFacts,
    since: number,
    depth: number,
  ): RevocationStatus {
    if (isExcused(certificate)) return NOT_NEEDED;
    const id = `${certificate.sha256}|${issuer.sha256}|${anchor.sha256}|${since}`;
    const ready = statuses.get(id);
    if (ready) return ready;
    if (depth > MAX_DEPTH || busy.has(id)) return UNKNOWN;
    busy.add(id);
    const acceptable = (signer: CertificateFacts, item: SignedBytes): boolean => {
      const at = evidence.provenAt.get(item.sha256) ?? evidence.at;
      return pathsOf(signer, at, depth + 1).some(
        (path) => path.anchor.sha256 === anchor.sha256 && acceptablePath(path, { policy: evidence.policy }),
      );
    };
    const context: RevocationContext = {
      ...evidence,
      since,
      authorisedSigners: (crl, direct) => crlSigners(crl, direct).filter((signer) => acceptable(signer, crl)),
      acceptableResponder: acceptable,
    };
    const status = judgeRevocation(certificate, issuer, context);
    busy.delete(id);
    if (depth === 0) statuses.set(id, status);
    return status;
  }

  /** RFC 5280 §6.3.3 (f): other keys of the issuer; their own paths must be acceptable and end at the same anchor. */
  function crlSigners(crl: Crl, direct: CertificateFacts): CertificateFacts[] {
    return evidence.pool
      .bySubject(crl.issuer.key)
      .filter(
        (signer) => signer.sha256 !== direct.sha256 && signer.keyUsage?.has('cRLSign') && evidence.pool.signedBy(crl, signer) === 'valid',
      )
      .slice(0, MAX_SIGNERS);
  }

  return (certificate, since) => pathsOf(certificate, since, 0);
}
