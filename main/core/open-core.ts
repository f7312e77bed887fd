import { isDeepStrictEqual } from 'node:util';
import type { EventName, EventPayload, Session } from '../../shared/contract/index.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { TokenHost } from '../token/index.ts';
import { actChannels } from './channels/act-channels.ts';
import { batchChannels } from './channels/batch-channels.ts';
import { documentChannels } from './channels/document-channels.ts';
import { filingChannels } from './channels/filing-channels.ts';
import { officeChannels } from './channels/office-channels.ts';
import { administrationChannels } from './channels/administration-channels.ts';
import { doctorChannels } from './channels/doctor-channels.ts';
import { decisionChannels } from './channels/decision-channels.ts';
import { dispatchChannels } from './channels/dispatch-channels.ts';
import { versionChannels } from './channels/version-channels.ts';
import { oversightChannels } from './channels/oversight-channels.ts';
import { paperChannels } from './channels/paper-channels.ts';
import { printChannels } from './channels/print-channels.ts';
import { queueChannels } from './channels/queue-channels.ts';
import { searchChannels } from './channels/search-channels.ts';
import { workChannels } from './channels/work-channels.ts';
import { proceedingsChannels } from './channels/proceedings-channels.ts';
import { tornChannels } from './channels/torn-channels.ts';
import { syncChannels } from './channels/sync-channels.ts';
import { sessionChannels } from './channels/session-channels.ts';
import type { CoreContext } from './core-context.ts';
import { createTextReading } from './document-texts.ts';
import { createTornDocument } from './torn-document.ts';
import { createTrainingDay } from './training-day.ts';
import { createJournalWatch } from './journal-watch.ts';
import { openDesk, type DeskConfig } from './desk.ts';
import { createFaultLines } from './fault-lines.ts';
import { worksOnFilings } from './filing-view.ts';
import { leaveOthersTheirWork } from './leave-work.ts';
import { lockWithoutToken } from './lock-session.ts';
import { readOffice } from './read-office.ts';
import { createRouter, type Sender } from './router.ts';
import { isDiskFull } from '../store/index.ts';
import { isRevokedHere } from './offline-sign-in.ts';
import { readUser, SessionHolder } from './session.ts';
import { sweepJournalArchives } from './save-journal.ts';
import { readUiSettings } from './settings.ts';
import type { ShellServices } from './shell-services.ts';
import { resume } from './sync-cycle.ts';
import { createRounds } from './sync-rounds.ts';

export type CoreConfig = DeskConfig & {
  readonly version: string;
  /** How long the background rests between rounds when nothing calls for one; default 5 s. */
  readonly roundMs?: number;
  /** Filings arrive in the course of the day; for a training desk with a registry of its own. */
  readonly scriptedDay?: boolean;
};

export type Core = {
  call(message: { channel: string; input: unknown }, sender: Sender): Promise<Result<unknown>>;
  onEvent(listener: (event: EventName, payload: unknown) => void): () => void;
  /** Starts the round of pull, checks and push that goes on while the desk is open. */
  startBackground(): void;
  close(): Promise<void>;
};

/** Drafts are saved within a second of the last key. */
const LAST_WORDS_MS = 1_500;
const ROUND_MS = 5_000;

/** The core behind the window. Errors: those of openDesk. */
export async function openCore(config: CoreConfig, parts: { tokenHost: TokenHost; shell: ShellServices }): Promise<Result<Core>> {
  const opened = await openDesk({ ...config, sharesQueue: true }, parts);
  if (!opened.ok) return opened;
  const desk = opened.value;
  resume(desk);
  sweepJournalArchives(config.profileDir);
  const listeners = new Set<(event: EventName, payload: unknown) => void>();
  const emit = <E extends EventName>(event: E, payload: EventPayload<E>) => listeners.forEach((l) => l(event, payload));
  let openWhenLocked: string | null = null;
  let settingsOf: string | null = null;
  let ending: NodeJS.Timeout | null = null;
  /** Another person sees their own settings. */
  const tellSettings = (userId: string | null) => {
    if (userId === settingsOf) return;
    settingsOf = userId;
    emit('settings.changed', readUiSettings(desk.store.read, userId));
  };
  const torn = createTornDocument(desk, emit);
  const session = new SessionHolder((s) => {
    if (s?.over === undefined && ending) clearTimeout(ending);
    torn.sessionChanged(s);
    // another person does not take up what the first one had open
    openWhenLocked = s?.locked ? (desk.leases.current() ?? openWhenLocked) : s === null ? null : openWhenLocked;
    if (s === null || s.locked || !worksOnFilings(s.activeRole)) desk.leases.close();
    emit('session.changed', s);
    tellSettings(s?.userId ?? null);
    if (s === null || s.locked || openWhenLocked === null) return;
    // the window looks again at what it shows, which opens it again
    emit('work.changed', { filingIds: [openWhenLocked], arrived: 0 });
    openWhenLocked = null;
  });
  const faults = createFaultLines(config.clock);
  desk.sessions.endLeftOver();
  const texts = createTextReading(desk, emit);
  const journalWatch = createJournalWatch(desk);
  const day = config.scriptedDay && desk.profile.mode === 'training' ? createTrainingDay(desk) : null;
  let office = readOffice(desk, config.version);
  const tellOffice = () => {
    const now = readOffice(desk, config.version);
    if (isDeepStrictEqual(now, office)) return;
    office = now;
    emit('office.changed', office);
  };
  const afterRound = () => {
    lockIfOver();
    tellOffice();
    texts.wake();
  };
  const rounds = createRounds(desk, emit, afterRound, config.roundMs ?? ROUND_MS);
  /**
   * The session has run out, or the registry has ended or refused it: the key is asked for again. A person or a workstation that was revoked
   * is told so first; the window has a moment to save what was typed.
   */
  function lockIfOver(): void {
    const now = session.get();
    if (!now || now.locked || now.over !== undefined) return;
    const user = readUser(desk.store.read, now.userId);
    const over = isRevokedHere(desk.store.read) ? 'workstation-revoked' : user === null ? 'user-inactive' : null;
    if (over !== null || (user !== null && !session.takeUser(user))) {
      session.setOver(over ?? 'role-not-allowed');
      const reason = over ?? 'role-not-allowed';
      ending = setTimeout(() => endSession(now, reason), LAST_WORDS_MS);
    } else if (!desk.sessions.isOpen(now.userId)) endSession(now, 'session-over');
  }
  function endSession({ userId, signedInAt }: Session, reason: string): void {
    const now = session.get();
    if (now?.userId !== userId || now.signedInAt !== signedInAt) return;
    session.setLocked(true);
    try {
      desk.sessions.end(now.userId);
      const details = { person: userId, reason };
      desk.store.write((tx) => tx.journal({ at: config.clock(), actor: null, action: 'session.ended', subject: null, details }));
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  }
  const onBug = (where: string, error: unknown) => {
    faults.note(where, error);
    process.stderr.write(`bug in ${where}: ${error instanceof Error ? (error.stack ?? error.name) : typeof error}\n`);
  };
  const context: CoreContext = {
    desk,
    onBug,
    session,
    journalWatch,
    emit,
    tokenHost: parts.tokenHost,
    shell: parts.shell,
    version: config.version,
    nudge: rounds.nudge,
    syncNow: rounds.now,
    syncStatus: rounds.status,
    syncCentre: rounds.centre,
    faults: faults.all,
    journalLook: (s, action, subject, details = {}) =>
      desk.store.write((tx) => tx.journal({ at: config.clock(), actor: s.userId, action, subject, details })),
  };
  const call = createRouter({
    handlers: {
      ...sessionChannels(context),
      ...officeChannels(context),
      ...syncChannels(context),
      ...filingChannels(context),
      ...queueChannels(context),
      ...workChannels(context),
      ...searchChannels(context),
      ...documentChannels(context),
      ...tornChannels(context, torn),
      ...actChannels(context),
      ...batchChannels(context),
      ...decisionChannels(context),
      ...versionChannels(context),
      ...proceedingsChannels(context),
      ...dispatchChannels(context),
      ...oversightChannels(context),
      ...doctorChannels(context),
      ...administrationChannels(context),
      ...printChannels(context),
      ...paperChannels(context),
    },
    session: () => {
      lockIfOver();
      return session.get();
    },
    onBug,
  });
  let closing: Promise<void> | null = null;
  let stopWatchingTokens = () => {};
  const close = async () => {
    stopWatchingTokens();
    if (ending) clearTimeout(ending);
    desk.evidence.stop();
    journalWatch.stop();
    await day?.stop();
    await rounds.stop();
    await texts.stop();
    await leaveOthersTheirWork(desk);
    desk.close();
  };
  return ok({
    call,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    startBackground() {
      rounds.start();
      journalWatch.start();
      day?.start();
      stopWatchingTokens = parts.tokenHost.onChange(() => {
        emit('keys.changed', {});
        lockWithoutToken(context);
      });
    },
    close: () => (closing ??= close()),
  });
}
