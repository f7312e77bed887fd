export { adoptRegistryState } from './adopt-registry-state.ts';
export { applyFeedItem, receiveFiling, type IntakeParts } from './apply-feed-item.ts';
export {
  applyCorrections,
  correctFiling,
  readCorrections,
  type CorrectInput,
  type CorrectParts,
} from './correct-filing.ts';
export { collectDocuments } from './collect-documents.ts';
export { contentFitsName, contentTypeOf, mediaTypeOf, SNIFF_BYTES, type ContentType } from './content-type.ts';
export { filersOf, partiesOf, sideOf } from './filer.ts';
export {
  readAnomalies,
  readDocuments,
  readFiling,
  shownSignature,
  type DocumentRecord,
  type FilingRecord,
  type Identity,
  type SignatureFile,
} from './filing-record.ts';
export { decisionOnFiling, keepDecision, type KeptDecision } from './keep-decision.ts';
export { takeRegistryState, type TakingState } from './take-registry-state.ts';
export { yieldRegistration } from './yield-registration.ts';
export { listQueue, nextInQueue } from './list-queue.ts';
