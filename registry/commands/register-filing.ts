import { formatCaseNumber, parseCaseNumber } from '../../shared/domain/case-number.ts';
import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { announceFiling } from '../filings/filing-state.ts';
import { findWholeFiling } from '../filings/find-filing.ts';
import type { Registry } from '../http/context.ts';
import { endOnRegistering, refuseLease } from '../leases/fitting-lease.ts';
import { isLeasedTo } from '../numbers/lease-block.ts';
import { isVoid } from '../numbers/return-numbers.ts';
import { tellSender } from '../notifications/tell-recipients.ts';
import { applied, conflict, refused } from './command-answer.ts';
import { findFiling, moveThrough, type CommandContext } from './command-context.ts';

/** Binds the numbers to the filing; opens a case when it has a case number. Registering is not accepting. */
export async function registerFiling(
  registry: Registry,
  context: CommandContext,
  payload: CommandPayload<'filing.register'>,
): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const filing = await findFiling(context, payload.filingId);
  if (!filing) return refused('not-found');
  if (filing.incoming_number !== null) return conflict('already-registered');
  const state = moveThrough(filing.state, 'register');
  if (state === null) return conflict('move-not-allowed');
  if (payload.caseNumber !== null && payload.joinsCase !== null) return refused('input-invalid');

  const unfit = await refuseLease(sql, workstation, { filing: filing.id, leaseId: payload.leaseId ?? null, now });
  if (unfit !== null) return conflict(unfit);
  const numbers = await checkNumbers(context, payload);
  if (numbers !== null) return numbers;
  if (payload.joinsCase !== null) {
    const known = await sql.query('SELECT 1 FROM court_case WHERE number = $1 AND court = $2', [payload.joinsCase, workstation.court]);
    if (known.length === 0) return conflict('case-unknown');
  }

  await sql.query(
    `UPDATE filing SET state = $2, flagged = $3, verdict = $4, defects = $5::jsonb, incoming_number = $6, case_number = $7, joins_case = $8, registered_at = $9, registered_by_workstation = $10,
       registered_by = $11, proposal = $12::jsonb
     WHERE id = $1`,
    [
      filing.id,
      state,
      payload.flagged,
      payload.verdict,
      JSON.stringify(payload.defects),
      payload.incomingNumber,
      payload.caseNumber,
      payload.joinsCase,
      payload.registeredAt,
      workstation.id,
      actor,
      payload.proposal ? JSON.stringify(payload.proposal) : null,
    ],
  );
  if (payload.caseNumber !== null) {
    await sql.query('INSERT INTO court_case (number, court, opened_by) VALUES ($1, $2, $3)', [
      payload.caseNumber,
      workstation.court,
      filing.id,
    ]);
    await appendToFeed(sql, {
      court: workstation.court,
      kind: 'case.known',
      subject: payload.caseNumber,
      at: now,
      data: { number: payload.caseNumber, openedBy: filing.id },
    });
  }
  const whole = await findWholeFiling(sql, workstation.court, filing.id);
  const facts = { incomingNumber: payload.incomingNumber, ...(payload.caseNumber === null ? {} : { caseNumber: payload.caseNumber }) };
  if (whole)
    await tellSender(registry, sql, { court: workstation.court, kind: 'registered', subject: filing.id, filing: whole, facts, now });
  await endOnRegistering(sql, workstation.court, filing.id, now);
  return applied(await announceFiling(sql, workstation.court, filing.id, now));
}

/** Null when both numbers are this court's, leased to this workstation and free. */
async function checkNumbers(
  { sql, workstation }: CommandContext,
  payload: CommandPayload<'filing.register'>,
): Promise<CommandAnswer | null> {
  const [court = '', year = '', sequence] = payload.incomingNumber.split('-');
  const incoming = { series: 'incoming', year, typeIndex: '' } as const;
  if (court !== workstation.court || !(await isLeasedTo(sql, workstation, incoming, Number(sequence))))
    return conflict('number-not-leased');
  const usedIncoming = await sql.query('SELECT 1 FROM filing WHERE incoming_number = $1', [payload.incomingNumber]);
  if (usedIncoming.length > 0 || (await isVoid(sql, court, incoming, Number(sequence)))) return conflict('number-taken');

  if (payload.caseNumber === null) return null;
  const number = parseCaseNumber(payload.caseNumber);
  if (!number || formatCaseNumber(number) !== payload.caseNumber) return refused('input-invalid');
  const series = { series: 'case', year: number.year, typeIndex: number.typeIndex } as const;
  if (number.court !== workstation.court || !(await isLeasedTo(sql, workstation, series, number.sequence)))
    return conflict('number-not-leased');
  const usedCase = await sql.query('SELECT 1 FROM court_case WHERE number = $1', [payload.caseNumber]);
  return usedCase.length > 0 || (await isVoid(sql, number.court, series, number.sequence)) ? conflict('number-taken') : null;
}
