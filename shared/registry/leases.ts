/**
 * Leases to work on a filing: who has it, at which desk, until when by the registry's clock. A filing has one lease at a time. A lease
 * has up to two parts: `work` (a person has the filing open there) and `reserve` (the desk may go on with it when its line is down).
 */
import { z } from 'zod';
import { idSchema, instantSchema } from './values.ts';

/** How long each part of a lease lasts from the moment it was last renewed. Seconds. */
export const LEASE_SECONDS = {
  /** A person looks at the filing. */
  look: 10 * 60,
  /** A person has begun to decide on it; outlasts a day without a line, for a number may be bound meanwhile. */
  keep: 26 * 3600,
  /** Set aside for a desk; outlasts a week without a line. */
  reserve: 8 * 24 * 3600,
} as const;

/** How many filings may be set aside for one desk among several, and for the only one of its court. */
export const RESERVE_LIMITS = { shared: 200, alone: 2000 } as const;

export const leaseSchema = z.looseObject({
  id: idSchema,
  filingId: idSchema,
  workstationId: idSchema,
  /** The person who has it open; null: it is only set aside for the desk. */
  holderId: idSchema.nullable(),
  reserved: z.boolean(),
  takenAt: instantSchema,
  /** End of the work part; null without one. */
  workUntil: instantSchema.nullable(),
  /** When it ends unless it is renewed. */
  until: instantSchema,
});
export type Lease = z.infer<typeof leaseSchema>;

/** Takes a filing for a person, or renews what this desk has. `keep`: the person has begun to decide on it. */
export const takeLeaseRequestSchema = z.strictObject({ filingId: idSchema, holderId: idSchema, keep: z.boolean() });
export type TakeLeaseRequest = z.infer<typeof takeLeaseRequestSchema>;
export const takeLeaseAnswerSchema = z.looseObject({ time: instantSchema, lease: leaseSchema });
export type TakeLeaseAnswer = z.infer<typeof takeLeaseAnswerSchema>;

const leaseIds = z.array(idSchema).max(RESERVE_LIMITS.alone);
/** A desk's regular word about all its leases. */
export const keepLeasesRequestSchema = z.strictObject({
  /** The version of the court's leases that the desk knows; null: tell everything. */
  known: z.number().int().nonnegative().nullable(),
  reserve: z.strictObject({
    /** How many filings the desk wants set aside; 0: none. */
    count: z.number().int().min(0).max(RESERVE_LIMITS.alone),
    /** Only when no other desk is enrolled in the court: this one could not hand anything over. */
    onlyAlone: z.boolean(),
  }),
  /** Leases whose work part goes on. */
  renew: leaseIds,
  /** Leases whose work part is over; what is set aside stays so. */
  release: leaseIds,
  /** Leases that end altogether. */
  giveBack: leaseIds,
});
export type KeepLeasesRequest = z.infer<typeof keepLeasesRequestSchema>;
export const keepLeasesAnswerSchema = z.looseObject({
  time: instantSchema,
  version: z.number().int().nonnegative(),
  /** No other desk is enrolled in the court. */
  alone: z.boolean(),
  /** Until when what is set aside for this desk stays so; null when nothing is. */
  reserveUntil: instantSchema.nullable(),
  /** Every lease of the court; null when `known` is the version that holds. */
  leases: z.array(leaseSchema).nullable(),
  /** Leases of this desk that somebody waits for, or that are more than its share. */
  wanted: leaseIds,
  desks: z.array(z.looseObject({ id: idSchema, name: z.string(), seenAt: instantSchema.nullable() })),
});
export type KeepLeasesAnswer = z.infer<typeof keepLeasesAnswerSchema>;

/** Feed kind `lease.taken-over`: the head of the office took a filing over from another desk. */
export const leaseTakenOverSchema = z.looseObject({
  leaseId: idSchema,
  filingId: idSchema,
  /** The desk and the person who had it; no person when it was only set aside. */
  fromWorkstationId: idSchema,
  fromHolderId: idSchema.nullable(),
  byWorkstationId: idSchema,
  byId: idSchema,
  reason: z.string().max(1000),
});
export type LeaseTakenOver = z.infer<typeof leaseTakenOverSchema>;

/**
 * A desk asks for new numbers while it has fewer than `lowWater` above those that the filings set aside for it would take, and for so many at
 * once at most. The registry reckons with both after a restore.
 */
export const NUMBER_STOCK = { lowWater: 50, largestBlock: 500 } as const;

/** What became of the numbers of one leased block. `open`: neither used, void nor returned. */
export const numberAccountSchema = z.looseObject({
  id: idSchema,
  workstationId: idSchema,
  series: z.enum(['incoming', 'case']),
  year: z.string(),
  typeIndex: z.string(),
  first: z.number().int().positive(),
  last: z.number().int().positive(),
  leasedAt: instantSchema,
  used: z.array(z.number().int().positive()),
  void: z.array(z.number().int().positive()),
  returned: z.looseObject({ first: z.number().int().positive(), at: instantSchema }).nullable(),
  open: z.number().int().nonnegative(),
});
export type NumberAccount = z.infer<typeof numberAccountSchema>;
export const numberAccountsSchema = z.looseObject({ blocks: z.array(numberAccountSchema) });
