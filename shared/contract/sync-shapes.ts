import { z } from 'zod';
import { historyEntryShape } from './shapes.ts';

const instant = z.string();
const nullableText = z.string().nullable();

const parkedItemShape = z.strictObject({
  id: z.string(),
  kind: z.string(),
  subject: z.string(),
  code: z.string(),
  at: instant,
  cabinetNumber: nullableText,
  /** The person or the desk that has the filing now; null when nobody else has. */
  heldBy: nullableText,
});
export type ParkedItem = z.infer<typeof parkedItemShape>;

export const syncStatusShape = z.strictObject({
  online: z.boolean(),
  /** `trouble`: the registry answers, and something is not right. */
  connection: z.enum(['online', 'offline', 'trouble']),
  syncing: z.boolean(),
  waiting: z.number(),
  oldestWaitingAt: instant.nullable(),
  lastSuccessAt: instant.nullable(),
  parked: z.array(parkedItemShape),
  /** Items of the feed that this program does not know yet. */
  deferred: z.number(),
  /** Why it is not online, an error code; null when it is. */
  problem: nullableText,
  /** The past of desk or registry is not what both agreed on: nothing is sent until the head of office has decided. `code` is an error code. */
  finding: z.strictObject({ code: z.string(), entry: z.number(), since: instant.nullable(), foundAt: instant }).nullable(),
  /** This program is too old to send; `minimum` is the oldest version that may, null when that is not said. */
  updateHold: z.strictObject({ minimum: nullableText }).nullable(),
});
export type SyncStatus = z.infer<typeof syncStatusShape>;

export const SYNC_STEPS = ['asking', 'reading', 'holding', 'documents', 'checking', 'sending'] as const;
export type SyncStep = (typeof SYNC_STEPS)[number];

/** Everything that the sync centre shows besides the status. */
export const syncCentreShape = z.strictObject({
  asOf: instant,
  status: syncStatusShape,
  /** What is going on now; null when nothing is. */
  step: z.enum(SYNC_STEPS).nullable(),
  /** When the next round begins; null while one is under way. */
  nextRoundAt: instant.nullable(),
  /** What waits to be sent, by what it is about, oldest first; `more` are not listed. */
  waiting: z.strictObject({
    subjects: z.array(
      z.strictObject({
        /** A filing id, or `workstation`. */
        subject: z.string(),
        cabinetNumber: nullableText,
        incomingNumber: nullableText,
        kinds: z.array(z.string()),
        since: instant,
        nextAttemptAt: instant.nullable(),
        code: nullableText,
        behindParked: z.boolean(),
      }),
    ),
    more: z.number(),
  }),
  /** Documents that are not here yet. Bytes. */
  arriving: z.strictObject({ documents: z.number(), filings: z.number(), bytes: z.number() }),
  leases: z.strictObject({
    /** Being looked at or decided on at this desk. */
    working: z.number(),
    /** Of them those that outlast an outage. */
    kept: z.number(),
    reserved: z.number(),
    reserveUntil: instant.nullable(),
  }),
  /** `days`: for how many days of work it lasts; null when none was used lately. `typeIndex` is empty for incoming numbers. */
  numbers: z.array(z.strictObject({ typeIndex: z.string(), left: z.number(), days: z.number().nullable() })),
  versions: z.strictObject({
    desk: z.string(),
    protocol: z.number(),
    /** What the registry last said; null before it was heard. */
    registry: z.strictObject({ protocol: z.number(), minimumDesk: nullableText }).nullable(),
  }),
  /** What the registry last signed of this desk's journal. */
  anchored: z.strictObject({ entries: z.number(), at: instant }).nullable(),
});
export type SyncCentre = z.infer<typeof syncCentreShape>;

export const CONFLICT_FACTS = ['state', 'incomingNumber', 'caseNumber', 'joinsCase', 'registeredAt', 'flagged', 'talon', 'act'] as const;

/** One filing as it is here beside how the registry holds it. */
export const conflictShape = z.strictObject({
  /** When the registry was asked. `live` is false when this is what the feed had told before the line went down. */
  asOf: instant,
  live: z.boolean(),
  facts: z.array(
    z.strictObject({
      fact: z.enum(CONFLICT_FACTS),
      /** Which act. */
      of: nullableText,
      /** A state, a number, an instant, `yes` or `no`, or a SHA-256. */
      here: nullableText,
      registry: nullableText,
      same: z.boolean(),
    }),
  ),
  /** Who registered it here. */
  registeredBy: nullableText,
  /** Kinds of what is not sent any more when the registry's is taken over. */
  withdraws: z.array(z.string()),
  /** Numbers of this desk that end with it. */
  voids: z.array(z.string()),
  /** Signed rulings that would be kept without being issued. */
  setsAside: z.number(),
  history: z.array(historyEntryShape),
});
export type Conflict = z.infer<typeof conflictShape>;
