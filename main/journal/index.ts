export { checkJournalArchive, type ArchiveCheck } from './check-archive.ts';
export { exportJournal, type JournalExportParts } from './export-journal.ts';
export { countJournal, readJournal, type JournalFilter, type JournalLine } from './read-journal.ts';
export { whoSaw, type PersonReport } from './who-saw.ts';
