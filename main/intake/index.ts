export { adoptPolicy, adoptUser, adoptWorkstation, namedCourt, readCourtPolicy } from './adopt-administration.ts';
export { adoptRegistryState } from './adopt-registry-state.ts';
export { applyFeedItem, receiveFiling, type IntakeParts } from './apply-feed-item.ts';
export { applyCorrections, correctFiling, readCorrections, type CorrectInput, type CorrectParts } from './correct-filing.ts';
export { sinceDay, untilDay } from './day-terms.ts';
export { applyFactItem, correctFact, isOfFacts, readFacts, type CorrectFact } from './correct-fact.ts';
export { applyRecallItem, isOfRecalls, lastRecall, RECALLED, recalledProposals, withdrawProposal } from './recalled-proposals.ts';
export { collectDocuments } from './collect-documents.ts';
export { contentFitsName, contentTypeOf, mediaTypeOf, SNIFF_BYTES, type ContentType } from './content-type.ts';
export { filersOf, partiesOf, sideOf } from './filer.ts';
export { readDocuments, readFiling, type DocumentRecord, type FilingRecord, type Identity, type SignatureFile } from './filing-record.ts';
export { decisionOnFiling, keptDecisions, keepDecision, type KeptDecision } from './keep-decision.ts';
export { forgetDraft } from './forget-draft.ts';
export { linkFilings, tellOldLinks, withdrawLink } from './link-filings.ts';
export { readAnnexes, receiveAnnexes, type Annex } from './receive-annexes.ts';
export { isRegisteredHere } from './registered-here.ts';
export { recountTerms } from './recount-terms.ts';
export { openSubjects, takeRegistryState, type TakingState } from './take-registry-state.ts';
export { settleOwnWork } from './adopt-work.ts';
export { annexSubject, filingOfSubject, isBesideFiling, isWorkSubject } from './work-subject.ts';
export { yieldRegistration } from './yield-registration.ts';
export {
  assignFilings,
  colleagues,
  coverColleague,
  postponeFilings,
  takeBackAssignment,
  takeBackPostponing,
  type Before,
  type WorkParts,
} from './assign-filings.ts';
export { heldByOthers } from './held-by-others.ts';
export { listEverything } from './list-everything.ts';
export { countViews, listQueue, nextInQueue } from './list-queue.ts';
export { createQueueLists } from './queue-lists.ts';
export { dropView, keepLayout, listLayout, saveView, savedViews } from './saved-views.ts';
export { sortNames } from './sort-names.ts';
