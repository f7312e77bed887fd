import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { VerificationReport } from '../../shared/domain/verdict.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { verifyWithEvidence, type Budget, type EvidenceSource, type InformedVerification } from '../evidence/index.ts';
import {
  contentFromStream,
  createEncodingReader,
  loadPolicy,
  readTrustMaterial,
  type Policy,
  type TrustMaterial,
  type TrustSources,
} from '../signature/index.ts';

export type VerifyIo = {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly cwd: string;
  readonly resourcesDir: string;
  readonly clock: () => string;
  /** The installed trust list, used when no anchor is named. */
  readonly trustDirs: { anchors: string[]; certs: string[]; crls: string[]; ocsp: string[] };
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
 */
export function createFileVerifier(io: Pick<VerifyIo, 'resourcesDir'>, source: EvidenceSource | null): FileVerifier {
  const reader = createEncodingReader();
  const policies = new Map<string, Promise<Result<Policy>>>();
  const materials = new Map<string, Promise<Result<TrustMaterial>>>();
  const remember = <T>(known: Map<string, Promise<T>>, key: string, load: () => Promise<T>): Promise<T> => {
    const found = known.get(key) ?? load();
    known.set(key, found);
    return found;
  };
  return {
    policy: (nameOrFile) => remember(policies, nameOrFile, () => loadPolicy(io.resourcesDir, nameOrFile)),
    async verify(request) {
      // A fault of the verifier itself costs one answer, not the others.
      return answer(request).catch(() => ({ file: request.file, error: { code: 'unexpected' as const } }));
    },
  };

  async function answer({ file, path, content, trust, at, policy, budget }: FileRequest): Promise<VerifyAnswer> {
    const bytes = await readWhole(path);
    const material = await remember(materials, JSON.stringify(trust), () => readTrustMaterial(trust, reader));
    if (bytes === null || !material.ok || (content !== null && !(await isFile(content))))
      return { file, error: { code: 'file-unreadable' } };
    const signed = content === null ? null : contentFromStream(() => createReadStream(content, { highWaterMark: 1024 * 1024 }));
    const input = { file, bytes, content: signed, trust: material.value, policy, at };
    const verified = await verifyWithEvidence(input, source?.inquire(budget) ?? null);
    return verified.ok ? { ...verified.value.report, asked: verified.value.attempts } : { file, error: { code: verified.error.code } };
  }
}

async function readWhole(path: string): Promise<Uint8Array | null> {
  try {
    return (await stat(path)).size > MAX_FILE_OCTETS ? null : await readFile(path);
  } catch {
    return null;
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

export function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
}
