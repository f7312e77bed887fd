export { createBlobStore, type BlobStore } from './blobs.ts';
export { claimFile } from './claim-file.ts';
export { JOURNAL_GENESIS, journalEntryHash, type JournalCheck, type JournalEntry, type JournalHead } from './journal.ts';
export { createDataKey, keyProtection, openDataKey, type KeyProtector } from './key.ts';
export { isDiskFull, openStore } from './open-store.ts';
export { profileExists, profilePaths, readProfile, writeProfile, type Profile } from './profile.ts';
export { readSetting, writeSetting } from './setting.ts';
export { type CommandProof, type OutboxEntry, type Reading, type Store, type Writing } from './store.ts';
export { writeFileAtomically } from './write-file.ts';
