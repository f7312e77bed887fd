import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { VerificationReport } from '../../shared/domain/verdict.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import {
  contentFromStream,
  loadPolicy,
  readTrustMaterial,
  verifyFile,
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
};

/** What one file answers: a report, or why there is none. */
export type VerifyAnswer = VerificationReport | { readonly file: string; readonly error: { readonly code: ErrorCode } };

export type FileRequest = {
  /** As the answer names it. */
  readonly file: string;
  readonly path: string;
  readonly content: string | null;
  readonly trust: TrustSources;
  readonly at: string;
  readonly policy: Policy;
};

export type FileVerifier = {
  /** By name, or a file with its absolute path. */
  policy(nameOrFile: string): Promise<Result<Policy>>;
  verify(request: FileRequest): Promise<VerifyAnswer>;
};

/** Signature files are read whole; detached content is streamed and may be of any size. */
const MAX_FILE_OCTETS = 256 * 1024 * 1024;

/** Verifies files one after another, reading each policy and each set of trust material once. */
export function createFileVerifier(io: Pick<VerifyIo, 'resourcesDir'>): FileVerifier {
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

  async function answer({ file, path, content, trust, at, policy }: FileRequest): Promise<VerifyAnswer> {
    const bytes = await readWhole(path);
    const material = await remember(materials, JSON.stringify(trust), () => readTrustMaterial(trust));
    if (bytes === null || !material.ok || (content !== null && !(await isFile(content))))
      return { file, error: { code: 'file-unreadable' } };
    const verified = await verifyFile({
      file,
      bytes,
      content: content === null ? null : contentFromStream(() => createReadStream(content, { highWaterMark: 1024 * 1024 })),
      trust: material.value,
      policy,
      at,
    });
    return verified.ok ? verified.value.report : { file, error: { code: verified.error.code } };
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
