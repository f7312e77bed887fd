/** Hearings, summonses, answers to requests, looks into case files, surveys, and how people were told. */
export { applyProceedingsItem, isOfProceedings } from './apply-proceedings-item.ts';
export { askSurvey, sumSurveys } from './ask-survey.ts';
export { keepDraft, readDraft } from './form-drafts.ts';
export { fulfilRequest, givenDocument } from './fulfil-request.ts';
export { filingOf, hearingsOf, readHearing } from './hearing-row.ts';
export { hearingWarnings } from './hearing-warnings.ts';
export { issueSummons, summonedHere, summonsPaper } from './issue-summons.ts';
export { grantCaseFile, withdrawCaseFile } from './open-case-file.ts';
export type { ProceedingsParts } from './proceedings-parts.ts';
export { keepDeliveries } from './read-deliveries.ts';
export { readHearingDay, readProceedings } from './read-proceedings.ts';
export { cancelHearing, setHearing } from './set-hearing.ts';
