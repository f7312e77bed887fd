export { checkJournalArchive, type ArchiveCheck } from './check-archive.ts';
export { exportJournal, type JournalExportParts } from './export-journal.ts';
export { JOURNAL_WINDOW, readJournal, type JournalFilter, type JournalFound, type JournalLine } from './read-journal.ts';
export { readExpired, wipeExpired, type Expired, type WipeParts } from './wipe-expired.ts';
export { finishWiping } from './wipe-filings.ts';
export { whoSaw, type PersonReport, type SeenLine } from './who-saw.ts';
