import { readFileSync, statSync } from 'node:fs';
import type { VerificationReport } from '../../shared/domain/verdict.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import {
  verifyWithEvidence,
  type Budget,
  type EvidenceSource,
  type FileVerification,
  type InformedVerification,
} from '../evidence/index.ts';
import { contentFromFile, createMaterialReader, loadPolicy, verifyFile, type Policy, type TrustSources } from '../signature/index.ts';

export type VerifyIo = {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly cwd: string;
  readonly resourcesDir: string;
  readonly clock: () => string;
  /** The installed trust list, used when no anchor is named. */
  readonly trustDirs: { anchors: string[]; certs: string[]; crls: string[]; ocsp: string[] };
  /** File of the thread that verifies; absent: this thread does. */
  readonly verificationWorker?: string;
  /** Where fetched lists are kept, and whether `--allow-host` counts; absent: nothing is ever asked. */
  readonly asking?: { readonly cacheDir: string; readonly mayAllowHosts: boolean };
};

/** What one file answers: a report with what came of asking for evidence, or why there is none. */
export type VerifyAnswer =
  | (VerificationReport & { readonly asked: InformedVerification['attempts'] })
  | { readonly file: string; readonly error: { readonly code: ErrorCode } };

export type FileRequest = {
  /** As the answer names it. */
  readonly file: string;
  readonly path: string;
  readonly content: string | null;
  readonly trust: TrustSources;
  readonly at: string;
  readonly policy: Policy;
  /** For asking; several files may share one. */
  readonly budget: Budget;
};

/** For everything one command, or one request of a batch, asks: the whole stays under 20 s. */
export const ASKING_MS = 14_000;

export type FileVerifier = {
  /** By name, or a file with its absolute path. */
  policy(nameOrFile: string): Promise<Result<Policy>>;
  verify(request: FileRequest): Promise<VerifyAnswer>;
};

/** Signature files are read whole; detached content is streamed and may be of any size. */
const MAX_FILE_OCTETS = 256 * 1024 * 1024;

/**
 * Verifies files one after another, reading each policy and each set of trust material once.
 * @param source null: nothing is asked.
 * @param verify verifyFile, or the same in another thread.
 */
export function createFileVerifier(
  io: Pick<VerifyIo, 'resourcesDir'>,
  source: EvidenceSource | null,
  verify: FileVerification = verifyFile,
): FileVerifier {
  const materialOf = createMaterialReader();
  const policies = new Map<string, Promise<Result<Policy>>>();
  return {
    policy(nameOrFile) {
      const found = policies.get(nameOrFile) ?? loadPolicy(io.resourcesDir, nameOrFile);
      policies.set(nameOrFile, found);
      return found;
    },
    async verify(request) {
      // A fault of the verifier itself costs one answer, not the others.
      return answer(request).catch(() => ({ file: request.file, error: { code: 'unexpected' as const } }));
    },
  };

  async function answer({ file, path, content, trust, at, policy, budget }: FileRequest): Promise<VerifyAnswer> {
    const bytes = readWhole(path);
    const material = await materialOf(trust);
    if (bytes === null || !material.ok || (content !== null && !isFile(content))) return { file, error: { code: 'file-unreadable' } };
    const input = { file, bytes, content: content === null ? null : contentFromFile(content), trust: material.value, policy, at };
    // Time a file takes to verify is not left for asking, nor is what the next time will take.
    const timed: FileVerification = async (round) => {
      const started = performance.now();
      const answer = await verify(round);
      budget.leftMs -= 2 * (performance.now() - started);
      return answer;
    };
    const verified = await verifyWithEvidence(input, source?.inquire(budget) ?? null, timed);
    return verified.ok ? { ...verified.value.report, asked: verified.value.attempts } : { file, error: { code: verified.error.code } };
  }
}

/** Read at once: for files of this size waiting costs more than reading. */
function readWhole(path: string): Uint8Array | null {
  try {
    return statSync(path).size > MAX_FILE_OCTETS ? null : readFileSync(path);
  } catch {
    return null;
  }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

export function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
}
