import type { EvidenceSource, TimestampClient, TimestampFault } from '../evidence/index.ts';
import type { Policy, TrustMaterial } from '../signature/index.ts';

/** Baseline levels of PAdES (ETSI EN 319 142-1 §6), the lowest first. */
export const LEVELS = ['B', 'T', 'LT'] as const;
export type Level = (typeof LEVELS)[number];

/** LTA of a report counts as LT here: no higher level is made. */
export const isAtLeast = (level: Level | 'LTA', wanted: Level): boolean =>
  level === 'LTA' || LEVELS.indexOf(level) >= LEVELS.indexOf(wanted);

export type SealingParts = {
  readonly policy: Policy;
  readonly trust: () => Promise<TrustMaterial>;
  /** UTC ISO. */
  readonly clock: () => string;
  /** Null: no timestamps are to be had. */
  readonly timestamps: TimestampClient | null;
  /** Null: nothing is asked for. */
  readonly evidence: EvidenceSource | null;
  /** Nobody has said whom to trust: a signature whose chain leads nowhere is let through as undecided. */
  readonly withoutAnchors?: boolean;
};

/** Why a wanted level was not reached. */
export type Shortfall =
  | { readonly code: 'timestamp-failed'; readonly reason: TimestampFault | 'no-authority' | 'time-outside-certificate' }
  | { readonly code: 'proofs-missing'; readonly reason: string };
