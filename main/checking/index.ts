export { checklistOf, manualChecks } from './checklist.ts';
export { identifySigner } from './identity.ts';
export { proposeDefects } from './propose-defects.ts';
export { recheckAtOnce } from './recheck.ts';
export { documentState, reasonOf, reportsOf, stateOf } from './signature-state.ts';
export { verifyFiling, type VerifyParts } from './verify-filing.ts';
