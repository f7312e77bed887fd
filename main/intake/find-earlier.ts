import { SENT_BACK, type FilingState } from '../../shared/domain/filing-status.ts';
import { fold } from '../../shared/domain/kk-format.ts';
import { filingMessageSchema, type FilingMessage, type Party } from '../../shared/registry/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { correctedMessage } from './correct-filing.ts';
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
    const words = wordsOf(whoIs(person));
    const rows = read.all<{ id: string; message: string }>(
      `SELECT f.id, f.message FROM ${words === '' ? 'filing f' : 'filing_fts JOIN filing_words w ON w.n = filing_fts.rowid JOIN filing f ON f.id = w.filing_id'}
       WHERE ${words === '' ? '' : 'filing_fts MATCH @words AND'} f.kind = @kind AND f.state IN ('returned','refused') AND f.received_at >= @from
         AND f.received_at <= @until AND f.id <> @id ORDER BY f.received_at DESC`,
      { ...(words === '' ? {} : { words }), kind: message.kind, from, until: message.receivedAt, id: message.id },
    );
    for (const { id, message: text } of rows) {
      const before = correctedMessage(read, id, filingMessageSchema.parse(JSON.parse(text)));
      if (sameFiler(reference, message, before) && sameOtherSide(reference, message, before)) return id;
    }
  }
  return null;
}

/** All of them stand in the index of words of every filing that names this person; who it is exactly is compared afterwards. */
const wordsOf = (who: string): string =>
  (
    fold(who)
      .replace(/\p{Cf}/gu, '')
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  )
    .map((word) => `"${word}"`)
    .join(' AND ');

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
