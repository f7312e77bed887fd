import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { PathFacts } from '../facts/signature-facts.ts';
import type { SignedBytes } from '../trust/certificate-pool.ts';
import type { PreparedTrust, TrustMaterial } from '../trust/trust-material.ts';

/** Something that was missing, and where certificates say it can be had. */
export type WantedEvidence = {
  /** `issuer`: who issued the certificate; `revocation`: whether it is revoked. */
  readonly kind: 'issuer' | 'revocation';
  readonly certificate: CertificateFacts;
  /** Null when the issuer is what is wanted. */
  readonly issuer: CertificateFacts | null;
};

/** Remembers which of the material handed in had a part in a verdict, and what was missing. */
export type Ledger = {
  readonly consulted: (item: Pick<SignedBytes, 'sha256'>) => void;
  walked(paths: readonly PathFacts[]): void;
  /** What the path that was judged lacks. */
  lacks(path: PathFacts | null, certificate: CertificateFacts): void;
  used(trust: PreparedTrust): TrustMaterial;
  wanted(): readonly WantedEvidence[];
};

export function createLedger(): Ledger {
  const seen = new Set<string>();
  const wants = new Map<string, WantedEvidence>();
  const want = (kind: WantedEvidence['kind'], certificate: CertificateFacts, issuer: CertificateFacts | null): void => {
    wants.set(`${kind}|${certificate.sha256}|${issuer?.sha256 ?? ''}`, { kind, certificate, issuer });
  };
  return {
    consulted: ({ sha256 }) => void seen.add(sha256),
    walked(paths) {
      for (const { certificates } of paths) for (const { sha256 } of certificates) seen.add(sha256);
    },
    lacks(path, certificate) {
      if (path === null) return want('issuer', certificate, null);
      path.revocation.forEach(({ status }, i) => {
        const [subject, issuer] = path.certificates.slice(i, i + 2);
        if (status === 'unknown' && subject && issuer) want('revocation', subject, issuer);
      });
    },
    used(trust) {
      const part = (items: readonly { readonly sha256: string; readonly der: Uint8Array }[]): Uint8Array[] =>
        items.filter(({ sha256 }) => seen.has(sha256)).map(({ der }) => der);
      return { anchors: part(trust.anchors), certs: part(trust.certs), crls: part(trust.crls), ocsp: part(trust.ocsp) };
    },
    wanted: () => [...wants.values()],
  };
}
