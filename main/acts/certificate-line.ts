import { readCertificate } from '../signature/index.ts';
import type { BatchCertificate } from './batch-ledger.ts';

const COMMON_NAME = '2.5.4.3';

/** What people are told of a certificate; null when it cannot be read. */
export function certificateLine(certificate: Uint8Array): BatchCertificate | null {
  const facts = readCertificate(certificate);
  if (!facts) return null;
  const issuer = facts.issuer.attributes.find(({ oid }) => oid === COMMON_NAME)?.text ?? facts.issuer.text;
  return { sha256: facts.sha256, owner: facts.commonName, issuer, validUntil: facts.validity.to };
}
