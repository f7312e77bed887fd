import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ErrorCode } from '../../shared/errors.ts';
import {
  ANY_POLICY,
  createMaterialReader,
  loadPolicy,
  readCertificate,
  splitEncodings,
  validatePath,
  type PathVerdict,
  type PolicyInputs,
  type TrustSources,
} from '../signature/index.ts';
import type { VerifyIo } from './verify-files.ts';

export type PathRequest = {
  readonly leaf: string;
  readonly trust: TrustSources;
  readonly at: string;
  readonly requireRevocation: boolean;
  readonly wanted: PolicyInputs;
};

/** What one certificate answers: a verdict, or why there is none. A leaf that is no certificate has both. */
export type PathAnswer = PathVerdict | (Partial<PathVerdict> & { readonly error: { readonly code: ErrorCode } });

const MALFORMED = {
  valid: false,
  reason: 'certificate-malformed',
  decided: true,
  check: 'identification.certificate',
  detail: null,
  certificate: null,
  path: [],
  error: { code: 'format-unsupported' },
} as const;

export type PathValidator = { validate(request: PathRequest): Promise<PathAnswer> };

/** Larger files are no certificates. */
const MAX_LEAF_OCTETS = 1024 * 1024;

/**
 * Validates paths one after another; every file and folder is read once.
 * Errors of an answer: `file-unreadable` for a path, `format-unsupported` for a leaf that is no certificate, `unexpected`.
 */
export function createPathValidator({ resourcesDir }: Pick<VerifyIo, 'resourcesDir'>): PathValidator {
  const materialOf = createMaterialReader();
  const policy = loadPolicy(resourcesDir, path.join(resourcesDir, 'policy', 'certification-path.json'));

  async function answer({ leaf, trust, ...rules }: PathRequest): Promise<PathAnswer> {
    const loaded = await policy;
    if (!loaded.ok) return { error: { code: loaded.error.code } };
    const bytes = await readLeaf(leaf);
    if (bytes === null) return { error: { code: 'file-unreadable' } };
    const certificate = splitEncodings(bytes)
      .map(readCertificate)
      .find((found) => found !== null);
    if (!certificate) return MALFORMED;
    const material = await materialOf(trust);
    if (!material.ok) return { error: { code: material.error.code } };
    return validatePath({ certificate, trust: material.value, policy: loaded.value, ...rules });
  }

  return {
    // A fault of the validator itself costs one answer, not the others.
    validate: (request) => answer(request).catch(() => ({ error: { code: 'unexpected' as const } })),
  };
}

async function readLeaf(file: string): Promise<Uint8Array | null> {
  try {
    const { size } = await stat(file);
    return size > MAX_LEAF_OCTETS ? null : await readFile(file);
  } catch {
    return null;
  }
}

/** Policies as requests name them: `anyPolicy` or object identifiers; null when one is neither. */
export function policyInputs(request: Omit<PolicyInputs, 'initialPolicies'> & { initialPolicies: readonly string[] }): PolicyInputs | null {
  const named = request.initialPolicies.map((name) => (name === 'anyPolicy' ? ANY_POLICY : name));
  return named.every((name) => /^[0-2](\.(0|[1-9]\d*))+$/.test(name)) ? { ...request, initialPolicies: new Set(named) } : null;
}
