import type { CertificateFacts } from '../certificates/read-certificate.ts';
import { EXTENSION } from '../certificates/extensions.ts';
import { acceptablePath } from '../checks/path.ts';
import type { Policy } from '../policy/policy.ts';
import { judgeRevocation, type RevocationContext, type RevocationStatus } from '../revocation/judge-revocation.ts';
import type { Crl } from '../revocation/read-crl.ts';
import type { CertificatePool } from '../trust/certificate-pool.ts';
import { findPaths, type CertificatePath } from '../trust/find-paths.ts';
import type { PathFacts } from './signature-facts.ts';

export type Evidence = {
  readonly pool: CertificatePool;
  readonly crls: readonly Crl[];
  readonly policy: Policy;
  /** ms */
  readonly at: number;
};

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
const UNKNOWN: RevocationStatus = { status: 'unknown', reason: 'revocation-unavailable', evidence: null, revokedAt: null };
const NOT_NEEDED: RevocationStatus = { status: 'good', reason: null, evidence: null, revokedAt: null };
/** CRL signers may have CRL signers of their own; deeper than this nothing honest goes. */
const MAX_DEPTH = 3;
const MAX_SIGNERS = 8;

/** Gathers the paths of certificates together with revocation; remembers both for all signatures of a file. */
export function createPathGatherer(evidence: Evidence): (certificate: CertificateFacts) => readonly PathFacts[] {
  const known = new Map<string, readonly PathFacts[]>();
  const found = new Map<string, readonly CertificatePath[]>();
  const statuses = new Map<string, RevocationStatus>();
  const busy = new Set<string>();

  function pathsOf(certificate: CertificateFacts, depth: number): readonly PathFacts[] {
    const ready = known.get(certificate.sha256);
    if (ready) return ready;
    const bare = found.get(certificate.sha256) ?? findPaths(certificate, evidence.pool);
    found.set(certificate.sha256, bare);
    const paths = bare.map((path) => withRevocation(path, depth));
    if (depth === 0) known.set(certificate.sha256, paths);
    return paths;
  }

  function withRevocation(path: CertificatePath, depth: number): PathFacts {
    const issuers = path.certificates.slice(1);
    return { ...path, revocation: issuers.map((issuer, i) => statusOf(path.certificates[i] ?? issuer, issuer, path.anchor, depth)) };
  }

  function statusOf(certificate: CertificateFacts, issuer: CertificateFacts, anchor: CertificateFacts, depth: number): RevocationStatus {
    // RFC 6960 §4.2.2.2.1: only a responder's certificate can be excused by its issuer.
    if (certificate.extensions.has(EXTENSION.ocspNoCheck) && certificate.extendedKeyUsage?.includes(OCSP_SIGNING)) return NOT_NEEDED;
    const id = `${certificate.sha256}|${issuer.sha256}|${anchor.sha256}`;
    const ready = statuses.get(id);
    if (ready) return ready;
    if (depth > MAX_DEPTH || busy.has(id)) return UNKNOWN;
    busy.add(id);
    const context: RevocationContext = { ...evidence, authorisedSigners: (crl, direct) => authorisedSigners(crl, direct, anchor, depth) };
    const status = judgeRevocation(certificate, issuer, context);
    busy.delete(id);
    if (depth === 0) statuses.set(id, status);
    return status;
  }

  /** RFC 5280 §6.3.3 (f): the signer's own path must be acceptable and end at the same anchor. */
  function authorisedSigners(crl: Crl, direct: CertificateFacts, anchor: CertificateFacts, depth: number): CertificateFacts[] {
    return evidence.pool
      .bySubject(crl.issuer.key)
      .filter(
        (signer) => signer.sha256 !== direct.sha256 && signer.keyUsage?.has('cRLSign') && evidence.pool.signedBy(crl, signer) === 'valid',
      )
      .slice(0, MAX_SIGNERS)
      .filter((signer) =>
        pathsOf(signer, depth + 1).some((path) => path.anchor.sha256 === anchor.sha256 && acceptablePath(path, evidence)),
      );
  }

  return (certificate) => pathsOf(certificate, 0);
}
