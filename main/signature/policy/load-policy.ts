import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { policySchema, type Policy } from './policy.ts';

/** Policies that come with the product, in `resources/policy/<name>.json`. */
export const POLICY_NAMES = ['kz-incoming', 'court-default', 'ades-strict'] as const;

/**
 * Reads a policy by its name or from a file.
 * Errors: `file-unreadable`, and `input-invalid` when the file is not a policy (a check missing, an absolute check lowered).
 */
export async function loadPolicy(resourcesDir: string, nameOrFile: string): Promise<Result<Policy>> {
  const known = (POLICY_NAMES as readonly string[]).includes(nameOrFile);
  let text: string;
  try {
    text = await readFile(known ? join(resourcesDir, 'policy', `${nameOrFile}.json`) : nameOrFile, 'utf8');
  } catch {
    return fail('file-unreadable');
  }
  return readPolicy(text);
}

/** Reads the text of a policy. Error: `input-invalid`. */
export function readPolicy(text: string): Result<Policy> {
  const policy = policySchema.safeParse(parseJson(text));
  return policy.success ? ok(policy.data) : fail('input-invalid');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
