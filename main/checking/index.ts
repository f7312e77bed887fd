export { checklistOf, manualChecks } from './checklist.ts';
export { identifySigner, matchSigner } from './identity.ts';
export { proposeDefects } from './propose-defects.ts';
export { recheckAtOnce } from './recheck.ts';
export { noteOf, reasonOf, reportsOf, stateOf } from './signature-state.ts';
export { verifyFiling, type VerifyParts } from './verify-filing.ts';
export { viewDocuments } from './view-signatures.ts';
