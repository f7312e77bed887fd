import { fail, type Failure } from '../../shared/result.ts';
import { isDiskFull } from '../store/index.ts';

const WRITING: ReadonlySet<string | undefined> = new Set(['open', 'mkdir', 'rename', 'write', 'fsync']);

/** What the machine refused a command, as a failure with its code; null for what is a fault of the program. */
export function thrownFailure(error: unknown): Failure | null {
  if (!(error instanceof Error)) return null;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code?.startsWith('SQLITE_BUSY')) return fail('profile-in-use').error;
  if (isDiskFull(error)) return fail('disk-full').error;
  return WRITING.has(syscall) && path !== undefined ? fail('file-not-saved', { file: path }).error : null;
}
