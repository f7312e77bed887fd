import { ok, type Result } from '../../shared/result.ts';
import type { User } from '../core/index.ts';
import { addNote, readNotes } from '../documents/index.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall } from './office-call.ts';

/** `note FILING --text TEXT`: a note to the colleagues; the same person's same last note is not written twice. */
export function writeNote({ desk, id, values }: OfficeCall, { id: actor }: User): Promise<Result<unknown>> {
  const text = values.text?.trim();
  if (!text || text.length > 4000) throw new UsageError('note needs --text TEXT of at most 4000 characters');
  const { store, config } = desk;
  const [last] = readNotes(store.read, id, actor);
  const known = last?.mine === true && last.text === text;
  const added = known ? ok(null) : addNote({ store, clock: config.clock, newId: config.newId }, { filingId: id, text, actor });
  return Promise.resolve(added.ok ? ok({ id, notes: readNotes(store.read, id, actor) }) : added);
}
