import { createHash } from 'node:crypto';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { fail, ok, type Result } from '../../shared/result.ts';
import { finishWork, makeProtocol } from '../core/index.ts';
import { prepareTalonPrint, readTalon, recordTalonPrint } from '../registration/index.ts';
import { writeFileAtomically } from '../store/index.ts';
import { actingUser, journalLook, secretary } from './acting-user.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall } from './office-call.ts';

export function protocolFormat(file: string | undefined): 'pdf' | 'json' | null {
  if (file === undefined) return null;
  const ending = path.extname(file).toLowerCase();
  if (ending !== '.pdf' && ending !== '.json') throw new UsageError('--protocol needs FILE.pdf or FILE.json');
  return ending === '.pdf' ? 'pdf' : 'json';
}

export async function writeProtocol({ io, desk, id, values }: OfficeCall, format: 'pdf' | 'json'): Promise<Result<null>> {
  const user = await actingUser(desk);
  if (!user.ok) return user;
  const online = (await desk.client.health()).ok;
  const made = await makeProtocol(desk, { filingId: id, format, madeBy: user.value.name, version: manifest.version, online });
  if (!made.ok) return made;
  desk.store.write((tx) =>
    tx.journal({
      at: desk.config.clock(),
      actor: user.value.id,
      action: 'protocol.saved',
      subject: id,
      details: { sha256: sha256Of(made.value.bytes) },
    }),
  );
  writeFileAtomically(path.resolve(io.cwd, values.protocol ?? ''), made.value.bytes, 0o600);
  return ok(null);
}
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export async function saveTalon({ io, desk, id, values }: OfficeCall): Promise<Result<unknown>> {
  if (!values.out) throw new UsageError('talon needs --out FILE');
  const finished = await finishWork(desk);
  if (!finished.ok) return finished;
  const talon = readTalon(desk.registration, id);
  if (!talon.ok) return talon;
  if (values.copy) return saveTalonCopy({ io, desk, id, values, rest: [] }, values.out);
  const bytes = await desk.blobs.readAll(talon.value.sha256, talon.value.size);
  if (!bytes) return fail('document-missing');
  journalLook(desk, 'talon.saved', id);
  writeFileAtomically(path.resolve(io.cwd, values.out), bytes, 0o644);
  return ok({
    id,
    file: values.out,
    incomingNumber: talon.value.incomingNumber,
    sha256: talon.value.sha256,
    confirmed: talon.value.confirmedAt !== null,
  });
}

/** A copy of the talon that says which one it is, when and by whom it was made; the journal keeps it. */
async function saveTalonCopy({ io, desk, id }: OfficeCall, out: string): Promise<Result<unknown>> {
  const user = await secretary(desk);
  if (!user.ok) return user;
  const print = await prepareTalonPrint(desk.registration, { filingId: id, actor: user.value.id, copy: true });
  if (!print.ok) return print;
  const bytes = await desk.blobs.readAll(print.value.sha256, print.value.size);
  if (!bytes) return fail('document-missing');
  recordTalonPrint(desk.registration, print.value, user.value.id);
  writeFileAtomically(path.resolve(io.cwd, out), bytes, 0o644);
  return ok({ id, file: out, sha256: print.value.sha256, copy: print.value.number });
}
