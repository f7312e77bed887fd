export { cabinetAct, cabinetStatus, cabinetTalon, submitFiling, type CabinetAccess } from './cabinet-client.ts';
export { downloadDocument, type DocumentOutcome, type WantedDocument } from './download-documents.ts';
export { leaseNumbers, type NumberNeed } from './lease-numbers.ts';
export { forgetBackoff, outboxStatus, resumeSending, retryParked, sendOutbox, type OutboxStatus } from './outbox.ts';
export { pullFeed, replayDeferred } from './pull-feed.ts';
export { createRegistryClient, enrolWorkstation, type RegistryClient, type WorkstationIdentity } from './registry-client.ts';
