import path from 'node:path';
import { ok, fail, type Result } from '../../shared/result.ts';
import { acceptHistoryOf, checkHistory, proveUser } from '../core/index.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall } from './office-call.ts';

/**
 * `journal check` walks the journal and, when the line is there, compares it with what was anchored and the feed with what was read.
 * `journal accept` lets an office head or administrator go on with what there is.
 */
export async function journal(call: OfficeCall): Promise<Result<unknown>> {
  const verb = call.rest.join(' ');
  if (verb === 'check') return checkHistory(call.desk);
  if (verb === 'accept') return accept(call);
  throw new UsageError('journal knows check and accept');
}

async function accept({ io, desk, values }: OfficeCall): Promise<Result<unknown>> {
  if (!values.key || !values['pin-stdin'] || !values.reason?.trim())
    throw new UsageError('journal accept needs --key FILE.p12, --pin-stdin and --reason TEXT');
  const key = { kind: 'pkcs12', file: path.resolve(io.cwd, values.key) } as const;
  const user = await proveUser(desk, desk.tokenHost, key, { title: 'Kense', lines: [] });
  if (!user.ok) return user;
  if (!user.value.roles.some((role) => role === 'office-head' || role === 'admin')) return fail('role-not-allowed');
  const accepted = await acceptHistoryOf(desk, { actor: user.value.id, reason: values.reason.trim() });
  return accepted.ok ? ok({ accepted: true }) : accepted;
}
