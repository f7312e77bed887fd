import { isDeskFinding, keepFinding, readFinding, type FindingCode } from '../sync/index.ts';
import {
  isDiskFull,
  keepKnownHead,
  readKnownHead,
  readSetting,
  writeSetting,
  JOURNAL_GENESIS,
  type JournalBreak,
  type JournalHead,
  type JournalWalk,
} from '../store/index.ts';
import { trustedPart } from './accepted-journal.ts';
import type { Desk } from './desk.ts';

/** What is wrong with the journal: a break of its chain, or that it is not the one that was known. */
export type JournalFault =
  | JournalBreak
  | { readonly entry: number; readonly kind: 'end-missing' | 'other-journal'; readonly expected: string; readonly found: string };
/** The last whole check, kept across restarts. */
export type JournalChecked = { readonly at: string; readonly entries: number; readonly fault: JournalFault | null };
export type JournalWatchState = {
  readonly last: JournalChecked | null;
  /** How far a check is that goes on now. */
  readonly progress: { readonly done: number; readonly of: number } | null;
};
export type JournalWatch = {
  readonly state: () => JournalWatchState;
  start(): void;
  stop(): void;
};

const CHECKED = 'journal.checked';
const WALK = 'journal.walk';
/** A step holds the core up no longer, and leaves it to others for so long. */
const STEP_MS = 8;
const PAUSE_MS = 40;
const KEPT_EVERY = 100;
/** How long what was written is left until it is checked, and the whole until it is checked anew. */
const REST_MS = 60_000;
const WHOLE_AGAIN_MS = 24 * 3_600_000;

type Kept = JournalHead & { readonly startedAt: string; readonly trusted: string };

/** What the profile knew of its journal, compared with the journal that is there; null when it goes on from there. */
export function compareWithKnown(desk: Desk): JournalFault | null {
  const { store, config } = desk;
  const open = readFinding(store.read);
  // finding it was itself noted, so that the journal is longer than it was found
  if (open !== null && isDeskFinding(open.code)) return readSetting<JournalChecked>(store.read, CHECKED)?.fault ?? null;
  const known = readKnownHead(config.profileDir, config.dataKey);
  if (known === null || known.accepted !== acceptedHead(desk)) return null;
  const { entries } = store.journalHead();
  if (entries < known.entries) return { entry: entries + 1, kind: 'end-missing', expected: String(known.entries), found: String(entries) };
  const found = hashAt(desk, known.entries);
  return found === known.head ? null : { entry: known.entries, kind: 'other-journal', expected: known.head, found: found ?? '' };
}

/** Walks the journal behind everything else: again every day, and what is new every minute. What it finds stops the sending, as a difference with the registry does. */
export function createJournalWatch(desk: Desk): JournalWatch {
  const { store, config } = desk;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let walk: JournalWalk | null = null;
  let startedAt = '';
  let steps = 0;
  /** Up to where the chain holds, since the last whole check of this run. */
  let verified: JournalHead | null = null;

  const later = (ms: number) => {
    if (!stopped) timer = setTimeout(tick, ms);
  };
  const write = (key: string, value: unknown) => {
    try {
      store.write((tx) => writeSetting(tx, key, value));
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  };

  function begin(): void {
    const trusted = trustedPart(desk);
    const kept = readSetting<Kept>(store.read, WALK);
    const goesOn = kept !== null && kept.trusted === trusted.head && hashAt(desk, kept.entries) === kept.head;
    startedAt = goesOn ? kept.startedAt : config.clock();
    walk = store.walkJournal(goesOn ? kept : trusted);
    steps = 0;
  }

  /** One step, and what follows from it. */
  function tick(): void {
    timer = null;
    const finding = readFinding(store.read);
    if (finding !== null && isDeskFinding(finding.code)) {
      walk = verified = null;
      startedAt = '';
      later(REST_MS);
      return;
    }
    if (walk === null) {
      const last = readSetting<JournalChecked>(store.read, CHECKED);
      // a check that lies ahead was made before the clock was set back: nothing waits until it has caught up
      const due = verified === null || last === null || Math.abs(Date.parse(config.clock()) - Date.parse(last.at)) > WHOLE_AGAIN_MS;
      if (due) begin();
      else walk = store.walkJournal(verified!);
    }
    const ended = walk!.step(STEP_MS);
    if (!ended && ++steps % KEPT_EVERY === 0 && startedAt !== '')
      write(WALK, { ...walk!.place(), startedAt, trusted: trustedPart(desk).head } satisfies Kept);
    if (ended) finish(walk!);
    later(ended ? REST_MS : PAUSE_MS);
  }

  function finish({ place, broken }: JournalWalk): void {
    const fault = broken() ?? compareWithKnown(desk);
    const checked = { at: config.clock(), entries: place().entries, fault };
    walk = null;
    verified = fault === null ? place() : null;
    if (fault !== null) keepFault(desk, fault);
    else keepKnown(desk, place(), checked.at);
    if (startedAt !== '' || fault !== null) {
      write(CHECKED, checked);
      write(WALK, null);
      startedAt = '';
    }
  }

  return {
    state: () => ({
      last: readSetting<JournalChecked>(store.read, CHECKED),
      progress: walk === null || startedAt === '' ? null : { done: walk.place().entries, of: store.journalHead().entries },
    }),
    start: () => later(PAUSE_MS),
    stop: () => {
      stopped = true;
      if (timer) clearTimeout(timer);
      if (walk !== null && startedAt !== '') write(WALK, { ...walk.place(), startedAt, trusted: trustedPart(desk).head } satisfies Kept);
    },
  };
}

/** What a check has found is what the profile knows from then on. */
export function noteChecked(desk: Desk, fault: JournalFault | null): void {
  const { store, config } = desk;
  const head = store.journalHead();
  const checked: JournalChecked = { at: config.clock(), entries: head.entries, fault };
  if (fault === null) keepKnown(desk, head, checked.at);
  store.write((tx) => writeSetting(tx, CHECKED, checked));
}

function keepKnown(desk: Desk, head: JournalHead, at: string): void {
  const { profileDir, dataKey } = desk.config;
  const accepted = acceptedHead(desk);
  const known = readKnownHead(profileDir, dataKey);
  if (known?.head === head.head && known.accepted === accepted) return;
  try {
    keepKnownHead(profileDir, dataKey, { ...head, at, accepted });
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}

/** A fault of the journal is a finding like those that the comparison with the registry makes: nothing is sent until a person has decided. */
export function keepFault(desk: Desk, { kind, entry }: JournalFault): void {
  const code: FindingCode = kind === 'end-missing' ? 'journal-rolled-back' : 'journal-edited';
  const since = readKnownHead(desk.config.profileDir, desk.config.dataKey)?.at ?? null;
  keepFinding(desk.store, { code, entry, since }, desk.config.clock());
}

const hashAt = ({ store }: Desk, seq: number): string | null =>
  seq === 0 ? JOURNAL_GENESIS : (store.read.get<{ hash: string }>('SELECT hash FROM journal WHERE seq = ?', seq)?.hash ?? null);

/** From where a person has accepted the journal as it is. */
function acceptedHead(desk: Desk): string | null {
  const { entries, head } = trustedPart(desk);
  return entries === 0 ? null : head;
}
