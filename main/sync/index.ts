export { acceptHistory, concludeAsked, type Decision } from './accept-history.ts';
export { openClaims } from './claim-numbers.ts';
export { openCabinetServices, type CabinetServices } from './cabinet-services.ts';
export { changeCourt, courtJournal, keepCourt, listCourts } from './court-operator.ts';
export { cabinetAct, cabinetStatus, cabinetTalon, submitFiling, type CabinetAccess } from './cabinet-client.ts';
export { downloadDocument, type DocumentOutcome, type WantedDocument } from './download-documents.ts';
export { auditFeed, firstDifference, readCursor } from './feed-chain.ts';
export {
  failureOf,
  isDeskFinding,
  keepFinding,
  noteRestored,
  readFinding,
  REGISTRY_FINDINGS,
  type FindingCode,
  type HistoryFinding,
} from './history-finding.ts';
export { pinHistoryKey, readHistoryKey } from './history-key.ts';
export { acceptedPart, anchorJournal, checkAgainstAnchors, readReceipt, type AnchorParts } from './journal-anchors.ts';
export { lastSuccessAt, noteSuccess } from './last-success.ts';
export { leaseNumbers, type NumberNeed, type Series } from './lease-numbers.ts';
export { createLeases, type DeskLeases } from './leases/desk-leases.ts';
export {
  allHeldElsewhere,
  heldElsewhere,
  hasWords,
  leasePaper,
  leaseToRegister,
  toHeld,
  unsentRegistrations,
  type Presence,
} from './leases/held-leases.ts';
export { isAlone } from './leases/keep-leases.ts';
export { retryFreed } from './leases/retry-freed.ts';
export { noteClock, reservedUntil } from './leases/lease-time.ts';
export { forgetBackoff, outboxStatus, resumeSending, retryParked, sendOutbox, UNSAID_MS, type OutboxStatus } from './outbox.ts';
export { pullFeed, replayDeferred } from './pull-feed.ts';
export { returnNumbers } from './return-numbers.ts';
export { createSessions, type DeskSessions } from './sessions.ts';
export { openRegistryTls, type RegistryTls } from './registry-tls.ts';
export { CONFIRMED, standingOf, type Standing } from './standing.ts';
export { uploadDocument } from './upload-document.ts';
export { watchFeed } from './watch-feed.ts';
export { numberStock } from './number-stock.ts';
export { noteVersions, readRegistryVersions, readUpdateHold, updateFailure } from './update-hold.ts';
export { waitingSubjects } from './waiting-subjects.ts';
export {
  createRegistryClient,
  enrolWorkstation,
  RegistryFailure,
  type RegistryClient,
  type WorkstationIdentity,
} from './registry-client.ts';
