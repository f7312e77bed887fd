/** The signature room: what others may use of it. See README.md. */
export { checkCertificate, type CertificateVerdict } from './check-certificate.ts';
export { readCertificate, type CertificateFacts } from './certificates/read-certificate.ts';
export { CHECK_IDS, conclusionOf } from './checks/registry.ts';
export { contentFromBytes, contentFromStream, type ContentSource } from './content-source.ts';
export { buildSignedData, type CmsSigner } from './cms/build-signed-data.ts';
export { loadPolicy, POLICY_NAMES, readPolicy } from './policy/load-policy.ts';
export type { Policy } from './policy/policy.ts';
export { createEncodingReader, readTrustMaterial, splitEncodings, type TrustSources } from './trust/read-trust-material.ts';
export { readCrlOnce, type TrustMaterial } from './trust/trust-material.ts';
export { loadTrustList, type TrustList } from './trust/trust-list.ts';
export type { WantedEvidence } from './evidence/ledger.ts';
export { readOcspResponse, type OcspResponse } from './revocation/read-ocsp.ts';
export { readTimestampToken } from './timestamp/read-timestamp-token.ts';
export { ANY_POLICY } from './certificates/policy-extensions.ts';
export type { PolicyInputs } from './trust/process-policies.ts';
export { validatePath, type PathVerdict } from './validate-path.ts';
export { createVerificationWorker, WORKER_LIMITS, type Verifier } from './worker/verification-worker.ts';
export { verifyFile, type Verification, type VerifyInput } from './verify-file.ts';
