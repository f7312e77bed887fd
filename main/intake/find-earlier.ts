import { SENT_BACK, type FilingState } from '../../shared/domain/filing-status.ts';
import { fold } from '../../shared/domain/kk-format.ts';
import { filingMessageSchema, type FilingMessage, type Party } from '../../shared/registry/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { filersOf } from './filer.ts';

const DAY_MS = 86_400_000;

/**
 * The filing that this one mends: the one its sender names, when the same person sent that too and the court has sent it back; else the last one of the same kind between the
 * same people that the court returned or refused, as long ago at most as the reference data says. Null when there is none here.
 */
export function findEarlier(read: Reading, reference: Reference, message: FilingMessage): string | null {
  return namedBySender(read, reference, message) ?? sentBackBefore(read, reference, message);
}

function namedBySender(read: Reading, reference: Reference, message: FilingMessage): string | null {
  const number = message.resubmits?.replaceAll(/\D/g, '') ?? '';
  if (number === '') return null;
  const row = read.get<{ id: string; message: string; state: FilingState }>(
    'SELECT id, message, state FROM filing WHERE cabinet_number = ? AND id <> ?',
    number,
    message.id,
  );
  // what is still before the court is not mended by another: it would be a second one, with the same receipt
  return row && SENT_BACK.includes(row.state) && sameFiler(reference, message, filingMessageSchema.parse(JSON.parse(row.message)))
    ? row.id
    : null;
}

function sentBackBefore(read: Reading, reference: Reference, message: FilingMessage): string | null {
  const from = new Date(Date.parse(message.receivedAt) - reference.resubmissionDays() * DAY_MS).toISOString();
  for (const person of filersOf(message, reference.kindRule(message.kind))) {
    const rows = read.all<{ id: string; message: string }>(
      `SELECT id, message FROM filing WHERE kind = ? AND state IN ('returned','refused') AND received_at >= ? AND received_at <= ? AND id <> ?
         AND instr(search_text, ?) > 0 ORDER BY received_at DESC`,
      ...[message.kind, from, message.receivedAt, message.id, fold(person.iin ?? person.bin ?? person.name)],
    );
    for (const { id, message: text } of rows) {
      const before = filingMessageSchema.parse(JSON.parse(text));
      if (sameFiler(reference, message, before) && sameOtherSide(reference, message, before)) return id;
    }
  }
  return null;
}

/** By number where there is one, else by name. */
const whoIs = ({ iin, bin, name }: Party): string => iin ?? bin ?? fold(name);

function sameFiler(reference: Reference, now: FilingMessage, before: FilingMessage): boolean {
  const earlier = new Set(filersOf(before, reference.kindRule(before.kind)).map(whoIs));
  return filersOf(now, reference.kindRule(now.kind)).some((person) => earlier.has(whoIs(person)));
}

function sameOtherSide(reference: Reference, now: FilingMessage, before: FilingMessage): boolean {
  const others = (message: FilingMessage) => {
    const filers = new Set(filersOf(message, reference.kindRule(message.kind)));
    return message.parties.filter((party) => !filers.has(party)).map(whoIs);
  };
  const [mine, earlier] = [others(now), others(before)];
  return mine.length === 0 ? earlier.length === 0 : mine.some((person) => earlier.includes(person));
}
