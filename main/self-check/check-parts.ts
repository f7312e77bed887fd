import type { CheckState, CheckStep } from '../../shared/domain/self-check.ts';
import type { Result } from '../../shared/result.ts';
import type { EvidenceSource, TimestampClient } from '../evidence/index.ts';
import type { TrustMaterial } from '../signature/index.ts';
import type { JournalCheck, Reading } from '../store/index.ts';
import type { RegistryClient } from '../sync/index.ts';
import type { TokenHost } from '../token/index.ts';

/** The opened profile, as far as it is looked at. */
export type CheckedDesk = {
  readonly profileDir: string;
  readonly mode: 'training' | 'real';
  readonly court: string;
  readonly read: Reading;
  /** In steps, so that others are answered in between. */
  readonly checkJournal: () => Promise<
    JournalCheck & { readonly accepted: { readonly entries: number; readonly by: string | null; readonly at: string } | null }
  >;
  readonly registry: Pick<RegistryClient, 'health'>;
  readonly trust: () => Promise<TrustMaterial>;
  /** Folder of the CRLs that somebody installed. */
  readonly installedLists: string;
  readonly evidence: EvidenceSource;
  /** Null where acts stay without timestamps. */
  readonly timestamps: Pick<TimestampClient, 'stamp'> | null;
  /** DER of the certificate that seals talons. */
  readonly courtCertificate: Uint8Array;
  readonly scanners: { list(): Promise<Result<readonly unknown[]>> };
};

export type CheckParts = {
  readonly resourcesDir: string;
  /** UTC ISO. */
  readonly clock: () => string;
  readonly version: string;
  /** On whose disk the work is kept. */
  readonly dir: string;
  readonly databaseModuleLoads: () => boolean;
  readonly tokenHost: Pick<TokenHost, 'modules' | 'findProgram'>;
  /** Null where nobody can be asked: without a window. */
  readonly printers: (() => Promise<readonly { readonly name: string }[]>) | null;
  /** The remembered one. */
  readonly printer: string | null;
  /** Null: no profile, the steps that look at one do not apply. */
  readonly desk: CheckedDesk | null;
  /** Default: as the operating system says. */
  readonly freeBytes?: (dir: string) => Promise<number>;
  /** In place of the usual limits. */
  readonly limitsMs?: Partial<Record<CheckStep, number>>;
};

/**
 * What a step found. `reason` is a code, one of shared/errors.ts or of the step's own; `facts` are numbers and codes alone, so that they may
 * leave the office; `detail` is for the person at this machine and may name paths and tokens.
 */
export type Outcome = {
  readonly state: CheckState;
  readonly reason?: string;
  readonly facts?: Readonly<Record<string, string | number>>;
  readonly detail: string;
};
export type Check = (parts: CheckParts) => Promise<Outcome> | Outcome;
export type DeskCheck = (desk: CheckedDesk, parts: CheckParts) => Promise<Outcome> | Outcome;

export type Finding = { readonly step: CheckStep } & Required<Omit<Outcome, 'reason'>> & { readonly reason: string | null };
