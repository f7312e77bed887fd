import { fail, ok, type Result } from '../../shared/result.ts';
import type { TalonContent } from '../pdf/index.ts';
import type { Reading, Writing } from '../store/index.ts';
import { readTalon, sealTalon } from './finish-talon.ts';
import type { RegistrationParts } from './registration-parts.ts';

/** A talon to be printed; `number` 1 is the talon itself, what follows are copies marked with it. */
export type TalonPrint = {
  readonly filingId: string;
  readonly number: number;
  readonly at: string;
  readonly sha256: string;
  readonly size: number;
  readonly incomingNumber: string;
};

/**
 * What is to be printed of a talon now: itself the first time, then a copy that says which one it is, when and by whom it was made.
 * The number is the lowest that no print has: one that came to nothing leaves its own free. Errors: those of `readTalon`.
 */
export async function prepareTalonPrint(
  parts: RegistrationParts,
  { filingId, actor, copy = false }: { filingId: string; actor: string; copy?: boolean },
): Promise<Result<TalonPrint>> {
  const talon = readTalon(parts, filingId);
  if (!talon.ok) return talon;
  const read = parts.store.read;
  const at = parts.clock();
  const taken = new Set(printsOf(read, filingId).map((print) => print.number));
  let number = copy ? 2 : 1;
  while (taken.has(number)) number++;
  const { incomingNumber } = talon.value;
  if (number === 1) return ok({ filingId, number, at, sha256: talon.value.sha256, size: talon.value.size, incomingNumber });
  const row = read.get<{ content: string }>('SELECT content FROM talon WHERE filing_id = ?', filingId);
  if (!row) return fail('not-found');
  const by = read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', actor)?.name ?? '';
  const content: TalonContent = { ...(JSON.parse(row.content) as TalonContent), copy: { number, at, by } };
  const sealed = await sealTalon(parts, content, at);
  if (!sealed.ok) return sealed;
  const { sha256, size } = sealed.value;
  return ok({ filingId, number, at, sha256, size, incomingNumber });
}

/** How a print stands on record while it is under way and after that; each within the transaction of its entry in the journal. */
export type PrintRecord = {
  /** Takes its number before the printer has it, so that no number is on paper twice; false when another print has taken it meanwhile. */
  readonly claim: (tx: Writing) => boolean;
  readonly printed: (tx: Writing) => void;
  /** Nothing came of it. */
  readonly release: (tx: Writing) => void;
};

/** The record of a print of a talon by this person. */
export function talonPrintRecord(
  { clock }: Pick<RegistrationParts, 'clock'>,
  { filingId, number, at, sha256, size, incomingNumber }: TalonPrint,
  actor: string,
): PrintRecord {
  return {
    claim: (tx) =>
      tx.run(
        `INSERT INTO talon_print (filing_id, incoming_number, number, sha256, size, at, by_user) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (filing_id, incoming_number, number) DO NOTHING`,
        ...[filingId, incomingNumber, number, sha256, size, at, actor],
      ) === 1,
    printed: (tx) =>
      tx.journal({
        at: clock(),
        actor,
        action: number === 1 ? 'talon.printed' : 'talon.copied',
        subject: filingId,
        details: { number, sha256 },
      }),
    release: (tx) =>
      void tx.run('DELETE FROM talon_print WHERE filing_id = ? AND incoming_number = ? AND number = ?', filingId, incomingNumber, number),
  };
}

/** Keeps that it is printed, by whom and when. */
export function recordTalonPrint(parts: RegistrationParts, print: TalonPrint, actor: string): void {
  const record = talonPrintRecord(parts, print, actor);
  parts.store.write((tx) => {
    record.claim(tx);
    record.printed(tx);
  });
}

export type TalonPrinted = { readonly number: number; readonly at: string; readonly by: string | null };

/** Who printed the talon of the present registration here, and when; the first is the talon itself. */
export function printsOf(read: Reading, filingId: string): TalonPrinted[] {
  return read.all<TalonPrinted>(
    `SELECT p.number, p.at, u.name AS by FROM talon_print p JOIN filing f ON f.id = p.filing_id AND f.incoming_number = p.incoming_number
       LEFT JOIN app_user u ON u.id = p.by_user WHERE p.filing_id = ? ORDER BY p.number`,
    filingId,
  );
}
