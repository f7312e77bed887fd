import fs from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { changeNcaLayer, changeOwnModules, ownModules, ownNcaLayer } from '../core/index.ts';
import { readSetting } from '../store/index.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall } from './office-call.ts';

/**
 * `modules list`, `modules allow FILE`, `modules forbid FILE`: the PKCS#11 modules of this desk beside the known ones. `modules ncalayer URL [CERT.pem]`:
 * where NCALayer is, and the very certificate of its socket where none of the trust list stands behind it.
 */
export async function tokenModules({ io, desk, rest }: OfficeCall): Promise<Result<unknown>> {
  const [verb, file, ...more] = rest;
  const actor = readSetting<string>(desk.store.read, 'cli.user');
  const at = desk.config.clock();
  if (verb === 'ncalayer' && file !== undefined && more.length < 2) {
    const certificate = more[0] === undefined ? ok(null) : readPem(path.resolve(io.cwd, more[0]));
    return certificate.ok ? changeNcaLayer(desk.store, { url: file, certificate: certificate.value, at, actor }) : certificate;
  }
  if (verb === 'list' && file === undefined)
    return ok({ modules: ownModules(desk.store.read), ncaLayer: ownNcaLayer(desk.store.read).url });
  if ((verb !== 'allow' && verb !== 'forbid') || file === undefined || more.length > 0)
    throw new UsageError('modules knows list, allow FILE, forbid FILE and ncalayer URL [CERT.pem]');
  const changed = changeOwnModules(desk.store, { file, allowed: verb === 'allow', at, actor });
  return changed.ok ? ok({ modules: changed.value }) : changed;
}

function readPem(file: string): Result<string> {
  try {
    return ok(fs.readFileSync(file, 'utf8'));
  } catch {
    return fail('file-unreadable');
  }
}
