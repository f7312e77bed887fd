import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { filingFolderSchema } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { viewFiling, type User } from '../core/index.ts';
import { takeFolder } from '../paper/index.ts';
import type { OfficeCall } from './office-call.ts';
import { idOfFolder } from './id-of-folder.ts';
import { readInside } from './read-inside.ts';

/** A folder is taken once, however often it is given: by its own id, else by its bytes. */
const paperFolderSchema = filingFolderSchema.extend({ id: z.uuid().optional() });

/** `take-paper DIR`: takes the filing of DIR/filing.json, as `kense cabinet submit` has it, at the counter. */
export async function takePaperFolder({ io, desk, id: named }: OfficeCall, user: User): Promise<Result<unknown>> {
  const dir = path.resolve(io.cwd, named);
  const read = readFolder(dir);
  if (!read.ok) return read;
  const { bytes, described } = read.value;
  const { id: given, ...folder } = described;
  const files = folder.documents.flatMap(({ file, signatures }) => [file, ...signatures]);
  const inside = (name: string) => readInside(dir, name);
  const { court, workstationId } = desk.profile;
  const id = given ?? (await idOfFolder({ court: court.code, workstationId }, bytes, files, inside));
  const taken = await takeFolder(desk.paper, { id, actor: user.id }, { folder, read: inside });
  if (!taken.ok) return taken;
  await desk.verify(id);
  const filing = viewFiling(desk, id, 'secretary')!;
  const { cabinetNumber, kind, receivedAt, state, signature, documents } = filing;
  return ok({ id, cabinetNumber: cabinetNumber || null, kind, receivedAt, state, signature, documents: documents.length });
}

type ReadFolder = { readonly bytes: Uint8Array; readonly described: z.infer<typeof paperFolderSchema> };

function readFolder(dir: string): Result<ReadFolder> {
  try {
    const bytes = fs.readFileSync(path.join(dir, 'filing.json'));
    const parsed = paperFolderSchema.safeParse(JSON.parse(bytes.toString('utf8')));
    if (parsed.success) return ok({ bytes, described: parsed.data });
    return fail('input-invalid', { field: `filing.json ${parsed.error.issues[0]?.path.join('.') ?? ''}`.trim() });
  } catch (error) {
    return error instanceof SyntaxError
      ? fail('input-invalid', { field: 'filing.json' })
      : fail('file-unreadable', { file: 'filing.json' });
  }
}
