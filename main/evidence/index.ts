/** The evidence room: brings what a verdict lacks, keeps what it rested on, and makes it again from that. See README.md. */
export { loadAllowedHosts, readAllowedHost, type AllowedHost } from './allowed-hosts.ts';
export { createEvidenceCache } from './evidence-cache.ts';
export { createEvidenceSource, type Budget, type EvidenceSource } from './evidence-source.ts';
export { keepVerification, layDownEvidence, type KeepableVerification } from './keep-verification.ts';
export { readVerifications, type KeptVerification } from './kept-verification.ts';
export { EVIDENCE_MAX_BYTES, rerunVerification } from './rerun-verification.ts';
export { loadTimestampAuthority, type TimestampAuthority } from './timestamp-authority.ts';
export { createTimestampClient, type TimestampClient, type TimestampFault } from './timestamp-client.ts';
export { verifyStoredFile, type Circumstances, type StoredFile } from './verify-stored-file.ts';
export { verifyWithEvidence, type FileVerification, type InformedVerification } from './verify-with-evidence.ts';
