import { randomBytes } from 'node:crypto';
import type { Attempt } from '../../main/evidence/attempt.ts';
import {
  createEvidenceCache,
  createEvidenceSource,
  verifyWithEvidence,
  type AllowedHost,
  type EvidenceSource,
} from '../../main/evidence/index.ts';
import { contentFromBytes, type TrustMaterial } from '../../main/signature/index.ts';
import type { SignatureReport, VerificationReport } from '../../shared/domain/verdict.ts';
import { AT, issue, keyOf, PERSON, signCms, SIGNING_EXTENSIONS, standardHierarchy, type Certificate } from './openssl-pki.ts';
import { policyNamed, standardTrust } from './verify-signature.ts';

export const CONTENT = Buffer.from('Талап арыз');

/** A person's certificate under the standard authority that names these addresses. */
export function signerNaming(
  addresses: { ocsp?: string; issuer?: string; crl?: string; delta?: string },
  issuer: Certificate = standardHierarchy().authority,
): Certificate {
  const access = [
    ...(addresses.ocsp ? [`OCSP;URI:${addresses.ocsp}`] : []),
    ...(addresses.issuer ? [`caIssuers;URI:${addresses.issuer}`] : []),
  ];
  return issue({
    subject: PERSON,
    key: keyOf('person'),
    issuer,
    extensions: [
      ...SIGNING_EXTENSIONS,
      ...(access.length > 0 ? [`authorityInfoAccess=${access.join(',')}`] : []),
      ...(addresses.crl ? [`crlDistributionPoints=URI:${addresses.crl}`] : []),
      ...(addresses.delta ? [`freshestCRL=URI:${addresses.delta}`] : []),
    ],
  });
}

/** Root and authority are known, and so is the list of the root; nothing is about the signer. */
export function trustWithoutSigner(): TrustMaterial {
  const trust = standardTrust();
  return { ...trust, crls: trust.crls.slice(0, 1) };
}

export const local = (port: number): AllowedHost => ({ host: '127.0.0.1', port, mayBePrivate: true });

export function sourceFor(
  ports: readonly number[],
  options: { dir?: string | null; clock?: () => string; timeoutMs?: number; random?: (octets: number) => Uint8Array } = {},
): EvidenceSource {
  return createEvidenceSource({
    hosts: ports.map(local),
    cache: createEvidenceCache(options.dir ?? null),
    clock: options.clock ?? (() => new Date().toISOString()),
    random: options.random ?? randomBytes,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  });
}

export type Asked = { readonly report: VerificationReport; readonly signature: SignatureReport; readonly attempts: readonly Attempt[] };

/** Verifies a detached signature of this signer over CONTENT, asking for what is missing. */
export async function verifyAsking(
  source: EvidenceSource | null,
  signer: Certificate,
  options: { trust?: TrustMaterial; at?: string; budgetMs?: number; cms?: Uint8Array } = {},
): Promise<Asked> {
  const verified = await verifyWithEvidence(
    {
      file: 'claim.p7s',
      bytes: options.cms ?? signCms({ content: CONTENT, signers: [signer] }),
      content: contentFromBytes(CONTENT),
      trust: options.trust ?? trustWithoutSigner(),
      policy: await policyNamed('kz-incoming'),
      at: options.at ?? AT,
    },
    source?.inquire({ leftMs: options.budgetMs ?? 10_000 }) ?? null,
  );
  if (!verified.ok) throw new Error(verified.error.code);
  const { report, attempts } = verified.value;
  return { report, signature: report.signatures[0]!, attempts };
}
