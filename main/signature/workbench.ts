import type { EvidenceMaterial } from './evidence/embedded-evidence.ts';
import { createPathGatherer, type PathGatherer } from './facts/gather-path.ts';
import type { Policy } from './policy/policy.ts';
import type { Crl } from './revocation/read-crl.ts';
import type { OcspResponse } from './revocation/read-ocsp.ts';
import { readTimestampToken } from './timestamp/read-timestamp-token.ts';
import { createPool, type CertificatePool } from './trust/certificate-pool.ts';
import { readCrlOnce, readEach, readOcspOnce } from './trust/trust-material.ts';
import type { VerificationFrame } from './verify-signed-data.ts';

/** Everything one message is judged with: what was handed in and what the file brings along, which is only material. */
export type Workbench = {
  readonly pool: CertificatePool;
  /** Paths as a policy judges their evidence. */
  readonly pathsUnder: (policy: Policy) => PathGatherer;
  /** Revocation data of the file itself. */
  readonly embedded: { readonly crls: readonly Crl[]; readonly ocsp: readonly OcspResponse[] };
};

/** Revocation data carried by one message is read up to these numbers. */
const MAX_EMBEDDED_CRLS = 32;
const MAX_EMBEDDED_ANSWERS = 256;

/**
 * @param tokens timestamp tokens, whose certificates are material too.
 * @param provenAt when a piece of the material was proven to exist; ms.
 */
export function createWorkbench(
  { trust, at, ledger, computing }: Pick<VerificationFrame, 'trust' | 'at' | 'ledger' | 'computing'>,
  material: readonly EvidenceMaterial[],
  provenAt: ReadonlyMap<Uint8Array, number>,
  tokens: readonly Uint8Array[],
): Workbench {
  const messages = readEach(tokens, readTimestampToken).map(({ message }) => message);
  const certificates = [...material, ...messages].flatMap((part) => part.certificates);
  const proven = new Map<string, number>();
  const read = <T extends { readonly sha256: string }>(encodings: readonly Uint8Array[], reader: (encoding: Uint8Array) => T | null): T[] =>
    encodings.flatMap((encoding) => {
      const item = reader(encoding);
      const time = provenAt.get(encoding);
      if (item && time !== undefined) proven.set(item.sha256, time);
      return item ?? [];
    });
  const parts = [...material, ...messages];
  const embedded = {
    crls: read(parts.flatMap(({ crls }) => crls).slice(0, MAX_EMBEDDED_CRLS), readCrlOnce),
    ocsp: read(parts.flatMap(({ ocsp }) => ocsp).slice(0, MAX_EMBEDDED_ANSWERS), readOcspOnce),
  };
  const pool = createPool(trust, readEach(certificates, trust.readCertificate), computing);
  const evidence = {
    pool,
    crls: [...trust.crls, ...embedded.crls],
    ocsp: [...trust.ocsp, ...embedded.ocsp],
    at,
    provenAt: proven,
    consulted: ledger.consulted,
  };
  const gatherers = new Map<Policy, PathGatherer>();
  const pathsUnder = (policy: Policy): PathGatherer => {
    const gatherer = gatherers.get(policy) ?? createPathGatherer({ ...evidence, policy });
    gatherers.set(policy, gatherer);
    return gatherer;
  };
  return { pool, pathsUnder, embedded };
}
