import { ok, type Result } from '../../shared/result.ts';
import { changeOwnModules, ownModules } from '../core/index.ts';
import { readSetting } from '../store/index.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall } from './office-call.ts';

/** `modules list`, `modules allow FILE`, `modules forbid FILE`: the PKCS#11 modules of this desk beside the known ones. */
export async function tokenModules({ desk, rest }: OfficeCall): Promise<Result<unknown>> {
  const [verb, file, ...more] = rest;
  if (verb === 'list' && file === undefined) return ok({ modules: ownModules(desk.store.read) });
  if ((verb !== 'allow' && verb !== 'forbid') || file === undefined || more.length > 0)
    throw new UsageError('modules knows list, allow FILE and forbid FILE');
  const actor = readSetting<string>(desk.store.read, 'cli.user');
  const changed = changeOwnModules(desk.store, { file, allowed: verb === 'allow', at: desk.config.clock(), actor });
  return changed.ok ? ok({ modules: changed.value }) : changed;
}
