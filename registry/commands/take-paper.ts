import { LEASE_SECONDS, type CommandAnswer, type CommandPayload, type FilingMessage } from '../../shared/registry/index.ts';
import { sizeForCourt } from '../documents/hold-document.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { announceFiling } from '../filings/filing-state.ts';
import { nextCabinetNumber } from '../filings/submit-filing.ts';
import { after, changeVersion, instantOf } from '../leases/lease-row.ts';
import { keepPaymentUse, tellPayment } from '../payments/use-payment.ts';
import { applied, conflict, refused } from './command-answer.ts';
import type { CommandContext } from './command-context.ts';

type Paper = CommandPayload<'filing.take-paper'>;

/**
 * Takes over a filing that was handed in on paper. It gets a number of the cabinet, so that whoever brought it can follow it there, and is then
 * a filing like every other; the desk that took it has it from the beginning.
 */
export async function takePaper(context: CommandContext, payload: Paper): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const { filingId, leaseId, takenAt, filing } = payload;
  const { court } = workstation;
  if (filing.court !== court) return refused('input-invalid');
  const known = await sql.query('SELECT 1 FROM filing WHERE id = $1 UNION ALL SELECT 1 FROM filing_lease WHERE id = $2', [
    filingId,
    leaseId,
  ]);
  if (known.length > 0) return conflict('move-not-allowed');
  for (const { sha256, size } of filing.documents.flatMap((d) => [d, ...d.signatures]))
    if ((await sizeForCourt(sql, court, sha256)) !== size) return refused('document-missing');

  const cabinetNumber = await nextCabinetNumber(sql, now);
  const told = await tellPayment(sql, filing);
  const paper = { takenBy: actor };
  const message: FilingMessage = { ...filing, ...told, id: filingId, cabinetNumber, sentAt: null, receivedAt: takenAt, paper };
  await sql.query(
    "INSERT INTO filing (id, court, cabinet_number, message, received_at, state) VALUES ($1, $2, $3, $4::jsonb, $5, 'received')",
    [filingId, court, cabinetNumber, JSON.stringify(message), takenAt],
  );
  await keepPaymentUse(sql, filingId, told);
  await giveLease(context, filingId, leaseId);
  await appendToFeed(sql, { court, kind: 'filing.taken-on-paper', subject: filingId, at: now, data: message });
  return applied(await announceFiling(sql, court, filingId, now));
}

/** The desk has had it all along; without a line nobody else could. */
async function giveLease({ sql, workstation, actor, now }: CommandContext, filing: string, lease: string): Promise<void> {
  const taken = instantOf(now);
  await sql.query(
    `INSERT INTO filing_lease (id, court, filing, workstation, reserved, holder, kept, work_until, taken_at)
     VALUES ($1, $2, $3, $4, false, $5, true, $6, $7)`,
    [lease, workstation.court, filing, workstation.id, actor, after(taken, LEASE_SECONDS.keep), taken],
  );
  await sql.query("INSERT INTO lease_event (court, lease, event, by_user, at) VALUES ($1, $2, 'taken', $3, $4)", [
    workstation.court,
    lease,
    actor,
    taken,
  ]);
  await changeVersion(sql, workstation.court);
}
