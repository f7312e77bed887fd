import { createHash } from 'node:crypto';
import { valueCost } from '../algorithms/computing-cost.ts';
import { verifyValue, type ValueOutcome } from '../algorithms/verify-value.ts';
import type { PublicKey } from '../algorithms/public-key.ts';
import type { SignatureScheme } from '../algorithms/signature-scheme.ts';
import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { ComputingBudget } from '../computing-budget.ts';
import type { PreparedTrust } from './trust-material.ts';

/** A certificate, list or answer: what was signed and how. */
export type SignedBytes = {
  readonly sha256: string;
  readonly signed: { readonly tbs: Uint8Array; readonly scheme: SignatureScheme; readonly value: Uint8Array };
};

/** All certificates at hand, found by subject; remembers each signature it has checked. */
export type CertificatePool = {
  isAnchor(certificate: CertificateFacts): boolean;
  /** Certificates whose subject matches a name's key. */
  bySubject(key: string): readonly CertificateFacts[];
  all(): Iterable<CertificateFacts>;
  /** Whether `item` (a certificate or CRL) was signed with the key of `signer`. Throws BudgetExceeded. */
  signedBy(item: SignedBytes, signer: { readonly key: PublicKey }): ValueOutcome;
};

/** The memory is emptied when it grows past this many outcomes. */
const MAX_REMEMBERED = 50_000;

/** Many certificates may bear one key, and a signature is checked once for all of them. */
function fingerprintOf(key: PublicKey): string {
  let fingerprint = fingerprints.get(key);
  if (fingerprint === undefined) {
    fingerprint = createHash('sha256').update(key.der).digest('hex');
    fingerprints.set(key, fingerprint);
  }
  return fingerprint;
}
const fingerprints = new WeakMap<PublicKey, string>();

export function createPool(trust: PreparedTrust, embedded: readonly CertificateFacts[], budget: ComputingBudget): CertificatePool {
  const anchors = new Set(trust.anchors.map((certificate) => certificate.sha256));
  const unique = new Map<string, CertificateFacts>();
  for (const certificate of [...trust.anchors, ...trust.certs, ...embedded])
    if (!unique.has(certificate.sha256)) unique.set(certificate.sha256, certificate);
  const subjects = new Map<string, CertificateFacts[]>();
  for (const certificate of unique.values()) {
    const list = subjects.get(certificate.subject.key);
    if (list) list.push(certificate);
    else subjects.set(certificate.subject.key, [certificate]);
  }
  return {
    isAnchor: (certificate) => anchors.has(certificate.sha256),
    bySubject: (key) => subjects.get(key) ?? [],
    all: () => unique.values(),
    signedBy(item, signer) {
      const id = `${item.sha256}|${fingerprintOf(signer.key)}`;
      // Spent whether another file has paid for it or not: what came before must not decide.
      budget.spendOnce(id, valueCost(item.signed.scheme, signer.key, item.signed.tbs.length));
      let outcome = trust.outcomes.get(id);
      if (outcome === undefined) {
        if (trust.outcomes.size > MAX_REMEMBERED) trust.outcomes.clear();
        outcome = verifyValue(item.signed.scheme, signer.key, item.signed.tbs, item.signed.value);
        trust.outcomes.set(id, outcome);
      }
      return outcome;
    },
  };
}
