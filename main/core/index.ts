export {
  configureCourt,
  inviteWorkstation,
  keepPerson,
  readAdministration,
  renameCourt,
  renameWorkstation,
  revokeWorkstation,
  withdrawCode,
} from './administer.ts';
export { readChanges } from './read-changes.ts';
export { checkToRegister } from './check-to-register.ts';
export { holdToRegister } from './hold-to-register.ts';
export { takeOverFiling } from './take-over-filing.ts';
export { compareFiling, takeOverRegistry } from './compare-filing.ts';
export { compareWithRegistry } from './compare-with-registry.ts';
export { createProfile, type NewProfile } from './create-profile.ts';
export { createTrainingProfile, makeSamples, submitSample } from './create-training-profile.ts';
export { readTexts } from './document-texts.ts';
export { openDesk, type Desk, type DeskConfig } from './desk.ts';
export { viewFiling } from './filing-view.ts';
export { openCore, type Core, type CoreConfig } from './open-core.ts';
export { changeNcaLayer, changeOwnModules, ownModules, ownNcaLayer } from './key-places.ts';
export { proveUser, readUser, recordSignIn, type User } from './session.ts';
export type { ShellServices } from './shell-services.ts';
export { makeDispatchPaper } from './dispatch-papers.ts';
export { findingOf, finishWork, lastSuccessOf, outboxOf, pull, push, resume, syncOnce, type Changes } from './sync-cycle.ts';
export { trustedPart } from './accepted-journal.ts';
export { acceptHistoryOf, checkHistory } from './watch-history.ts';
export { createJournalWatch, type JournalFault } from './journal-watch.ts';
export { journalExportParts, wipeParts } from './journal-exports.ts';
export { noteReportTaken, officeReport, reportFile, type ReportFormat } from './office-reports.ts';
export { listMade, makeScheduledReports, setSchedule, takeMade } from './scheduled-reports.ts';
export { checkedDesk, checkParts, fixOf } from './self-check.ts';
export { makeProtocol } from './verification-protocol.ts';
export { talonTrustDir } from './talon-trust.ts';
