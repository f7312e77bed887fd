import type { EventName, EventPayload, Session, SyncCentre, SyncStatus } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/result.ts';
import type { TokenHost } from '../token/index.ts';
import type { Desk } from './desk.ts';
import type { JournalWatch } from './journal-watch.ts';
import type { SessionHolder } from './session.ts';
import type { ShellServices } from './shell-services.ts';

/** What the channel handlers work with. */
export type CoreContext = {
  readonly desk: Desk;
  readonly session: SessionHolder;
  readonly tokenHost: TokenHost;
  readonly shell: ShellServices;
  readonly version: string;
  /** Follow-up work and sending start soon after a change, never inside the answer. */
  readonly nudge: () => void;
  readonly syncNow: () => Promise<SyncStatus>;
  readonly syncStatus: () => SyncStatus;
  readonly syncCentre: () => SyncCentre;
  readonly journalWatch: JournalWatch;
  readonly emit: <E extends EventName>(event: E, payload: EventPayload<E>) => void;
  /** When and where the program failed since its start, without the words of the faults. */
  readonly faults: () => readonly string[];
  /** Notes a fault of the program itself. */
  readonly onBug: (where: string, error: unknown) => void;
  /** A look at a filing or a paper goes into the journal, like a change. */
  readonly journalLook: (session: Session, action: string, subject: string, details?: Record<string, string>) => void;
};

export type Answer<T> = Result<T> | Promise<Result<T>>;
