import { formatCaseNumber, formatIncomingNumber } from '../../shared/domain/case-number.ts';
import { moveFiling, type FilingState } from '../../shared/domain/filing-status.ts';
import { talonQrPayload, talonQrText, type TalonFacts } from '../../shared/domain/talon.ts';
import { maskIdentifier } from '../../shared/domain/identifier.ts';
import type { CommandPayload } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { manualChecks, needsCheck, openFindings } from '../checking/index.ts';
import { filersOf, isRegisteredHere, readDocuments, type FilingRecord } from '../intake/index.ts';
import type { TalonContent } from '../pdf/index.ts';
import type { KindRule, Reference } from '../reference/index.ts';
import type { Reading, Writing } from '../store/index.ts';
import { leaseToRegister, noteClock } from '../sync/index.ts';
import { lateDuplicates } from './before-registering.ts';
import { openFiling, readDefects, type Seen } from './mark-filing.ts';
import { readProposal } from './propose.ts';
import type { RegistrationParts } from './registration-parts.ts';
import { numberYear, takeNumber } from './take-number.ts';

type Numbers = { incomingNumber: string; caseNumber: string | null; joinsCase: string | null };

/**
 * Registers a filing: binds its numbers, writes its talon and hands it to the judge where a ruling is due, all in one
 * transaction with its journal and outbox entries. The desk must hold the filing by a lease that outlasts an outage. Registration is not acceptance; a filing with marked defects is registered too.
 */
export function registerFiling(
  parts: RegistrationParts,
  seen: Seen,
  choice: {
    joinsCase: string | null;
    /** Those that the person was shown; left out where nobody is shown any. */
    seenDuplicates?: readonly string[];
  },
): Result<Numbers> {
  const at = parts.clock();
  return parts.store.write((tx) => {
    const open = openFiling(tx, seen, at);
    if (!open.ok) return open;
    const filing = open.value;
    const rule = parts.reference.kindRule(filing.kind);
    const ready = readyToRegister(tx, parts.reference, filing, { rule, chosenCase: choice.joinsCase, at });
    if (!ready.ok) return ready;
    const leaseId = leaseToRegister(tx, filing.id, at);
    if (leaseId === null) return fail('lease-missing');
    noteClock(tx, at);
    const unseen =
      choice.seenDuplicates &&
      lateDuplicates(tx, parts.reference, filing).find(({ filingId }) => !choice.seenDuplicates?.includes(filingId));
    if (unseen) return fail('duplicate-found', { number: unseen.incomingNumber ?? unseen.cabinetNumber });
    const joinsCase = caseToJoin(tx, filing, rule, choice.joinsCase);
    if (!joinsCase.ok) return joinsCase;
    const numbers = bindNumbers(tx, parts, rule, at, joinsCase.value);
    if (!numbers) return fail('numbers-exhausted');

    const registered = moveFiling(filing.state, 'register')!;
    const judge = rule && callsForJudge(rule) ? judgeFor(tx) : null;
    const state: FilingState = judge ? moveFiling(registered, 'send-to-judge')! : registered;
    tx.run(
      `UPDATE filing SET state = ?, incoming_number = ?, case_number = ?, joins_case = ?, registered_at = ?, registered_by = ?, judge_id = ?, recheck_at = NULL, revision = revision + 1 WHERE id = ?`,
      state,
      numbers.incomingNumber,
      numbers.caseNumber,
      numbers.joinsCase,
      at,
      seen.actor,
      judge,
      filing.id,
    );
    if (numbers.caseNumber) tx.run('INSERT INTO court_case (number, opened_by) VALUES (?, ?)', numbers.caseNumber, filing.id);
    writeTalon(tx, parts, filing, numbers, at, seen.actor);
    tx.journal({
      at,
      actor: seen.actor,
      action: 'filing.registered',
      subject: filing.id,
      details: { incomingNumber: numbers.incomingNumber, case: numbers.caseNumber ?? numbers.joinsCase ?? '' },
    });
    tx.outbox({
      id: parts.newId(),
      subject: filing.id,
      kind: 'filing.register',
      actor: seen.actor,
      at,
      uploads: [],
      payload: {
        filingId: filing.id,
        ...numbers,
        registeredAt: at,
        verdict: filing.verdict ?? 'undecided',
        flagged: filing.flagged,
        defects: readDefects(tx, filing.id).map(({ code, note }) => ({ code, note })),
        ...proposed(tx, filing),
        leaseId,
      },
    });
    if (judge) tellJudge(tx, parts, { filingId: filing.id, judgeId: judge, actor: seen.actor, at });
    return ok(numbers);
  });
}

/** What the judge is to decide on, wherever they work. */
function proposed(read: Reading, { id, flagged }: FilingRecord): Pick<CommandPayload<'filing.register'>, 'proposal'> {
  const made = flagged ? readProposal(read, id) : null;
  const by = read.get<{ by: string }>('SELECT by_user AS by FROM proposal WHERE filing_id = ?', id)?.by;
  if (made === null || by === undefined) return {};
  const { decision, grounds, transferTo, notice, at } = made;
  return { proposal: { decision, grounds, transferTo, notice, by, at } };
}

const callsForJudge = (rule: KindRule) => rule.registering === 'opens-case' || Boolean(rule.ruling);

function tellJudge(
  tx: Writing,
  parts: RegistrationParts,
  { filingId, judgeId, actor, at }: { filingId: string; judgeId: string; actor: string; at: string },
): void {
  tx.journal({ at, actor, action: 'filing.sent-to-judge', subject: filingId, details: { judge: judgeId } });
  tx.outbox({
    id: parts.newId(),
    subject: filingId,
    kind: 'filing.send-to-judge',
    actor,
    at,
    uploads: [],
    payload: { filingId, judgeId },
  });
}

/** Hands a registered filing that calls for a ruling and is before nobody to a judge who is active now. Answers whether it did. */
export function sendToJudge(tx: Writing, parts: RegistrationParts, filing: FilingRecord, actor: string): boolean {
  const rule = parts.reference.kindRule(filing.kind);
  const state = moveFiling(filing.state, 'send-to-judge');
  const judge = rule && callsForJudge(rule) && state !== null && isRegisteredHere(tx, filing.id) ? judgeFor(tx) : null;
  if (judge === null) return false;
  const at = parts.clock();
  tx.run('UPDATE filing SET state = ?, judge_id = ?, revision = revision + 1 WHERE id = ?', state, judge, filing.id);
  tellJudge(tx, parts, { filingId: filing.id, judgeId: judge, actor, at });
  return true;
}

/** Whether everything is here, checked, seen, and answered for: an error by a person's reason or a marked defect, what is fatal by the head of office. */
function readyToRegister(
  read: Reading,
  reference: Reference,
  filing: FilingRecord,
  { rule, chosenCase, at }: { readonly rule: KindRule | null; readonly chosenCase: string | null; readonly at: string },
): Result<null> {
  if (filing.intake === 'arriving') return fail('documents-arriving');
  if (needsCheck(filing, at)) return fail('filing-not-checked');
  const marked = new Set(
    read.all<{ check_id: string }>('SELECT check_id FROM check_mark WHERE filing_id = ?', filing.id).map((r) => r.check_id),
  );
  const missing = manualChecks(filing, rule).filter((id) => !marked.has(id));
  // marked defects are themselves the clerk's finding; what is left to see is then the judge's
  if (!filing.flagged && missing.length > 0) return fail('checks-incomplete', { check: missing[0]!, count: missing.length });
  const open = openFindings(read, reference, filing.id, { flagged: filing.flagged, chosenCase });
  const [first] = open;
  if (!first) return ok(null);
  const { rule: name, severity, params } = first;
  if (severity === 'fatal') return fail('head-decides', { rule: name });
  const unknown = open.find((found) => found.rule === 'kind-unknown' || found.rule === 'case-unknown');
  if (unknown?.rule === 'kind-unknown') return fail('kind-unknown', { kind: filing.kind });
  if (unknown) return fail('case-unknown', params);
  return fail('findings-open', { rule: name, count: open.length });
}

/** Which case it joins: the one the clerk chose, whatever the kind; else the one the filer named, when this court knows it. */
function caseToJoin(read: Reading, filing: FilingRecord, rule: KindRule | null, chosen: string | null): Result<string | null> {
  const isKnown = (number: string) => read.get('SELECT 1 FROM court_case WHERE number = ?', number) !== undefined;
  if (chosen !== null) return isKnown(chosen) ? ok(chosen) : fail('case-unknown', { number: chosen });
  if (!rule || rule.registering === 'opens-case') return ok(null);
  const named = filing.message.case?.trim() ?? null;
  if (named && isKnown(named)) return ok(named);
  return rule.registering === 'joins-case' && !filing.flagged && !isOverridden(read, filing.id, 'case-unknown')
    ? fail('case-unknown', { number: named ?? '' })
    : ok(null);
}

const isOverridden = (read: Reading, filingId: string, rule: string): boolean =>
  read.get('SELECT 1 FROM finding_override WHERE filing_id = ? AND rule = ?', filingId, rule) !== undefined;

/** All the numbers a filing needs, or null and none taken. */
function bindNumbers(tx: Writing, parts: RegistrationParts, rule: KindRule | null, at: string, joinsCase: string | null): Numbers | null {
  const year = numberYear(at);
  const caseSeries =
    rule?.registering === 'opens-case' && joinsCase === null ? { series: 'case' as const, year, typeIndex: rule.typeIndex ?? '' } : null;
  const incoming = takeNumber(tx, { series: 'incoming', year, typeIndex: '' }, caseSeries ? [caseSeries] : []);
  if (incoming === null) return null;
  const sequence = caseSeries ? takeNumber(tx, caseSeries, []) : null;
  const court = parts.court.code;
  return {
    incomingNumber: formatIncomingNumber(court, year, incoming),
    caseNumber: caseSeries && sequence !== null ? formatCaseNumber({ court, year, typeIndex: caseSeries.typeIndex, sequence }) : null,
    joinsCase,
  };
}

/** The judge with the fewest filings before him; null when the court has none on its list. */
function judgeFor(read: Reading): string | null {
  return (
    read.get<{ id: string }>(
      `SELECT u.id FROM app_user u WHERE u.active = 1 AND EXISTS (SELECT 1 FROM json_each(u.roles) r WHERE r.value = 'judge')
       ORDER BY (SELECT count(*) FROM filing f WHERE f.judge_id = u.id AND f.state = 'with-judge'), u.id LIMIT 1`,
    )?.id ?? null
  );
}

function writeTalon(tx: Writing, parts: RegistrationParts, filing: FilingRecord, numbers: Numbers, at: string, actor: string): void {
  const documents = readDocuments(tx, filing.id);
  const applicant = filersOf(filing.message, parts.reference.kindRule(filing.kind))[0] ?? null;
  const kind = parts.reference.documentType(filing.kind);
  const payment = filing.message.payment;
  const facts: TalonFacts = {
    court: parts.court.code,
    ...numbers,
    cabinetNumber: filing.cabinetNumber,
    kind: filing.kind,
    receivedAt: filing.message.receivedAt,
    registeredAt: at,
    verdict: filing.verdict ?? 'undecided',
    documents: documents.length,
  };
  const { keyId } = parts.systemKey;
  const qrText = talonQrText(facts, keyId, parts.systemKey.signText(talonQrPayload(facts, keyId)));
  const content: TalonContent = {
    ...facts,
    courtNameKk: parts.court.nameKk,
    courtNameRu: parts.court.nameRu,
    kindNameKk: kind.nameKk,
    kindNameRu: kind.nameRu,
    sentAt: filing.message.sentAt,
    applicant: applicant?.name ?? filing.claimant,
    applicantIdMasked: applicant?.iin ? maskIdentifier(applicant.iin) : applicant?.bin ? maskIdentifier(applicant.bin) : null,
    parties: [filing.claimant, filing.respondent].filter(Boolean).join(' – '),
    registeredBy: tx.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', actor)?.name ?? '',
    dutyPaid: payment ? { amountTenge: String(payment.amount), number: payment.number } : null,
    dueAt: filing.dueAt,
    files: documents.map((d) => ({ title: d.title, pages: d.pages, sha256: d.sha256 })),
    flagged: filing.flagged,
    qrText,
    training: parts.training,
    copy: false,
  };
  tx.run('INSERT INTO talon (filing_id, content, qr_text) VALUES (?, ?, ?)', filing.id, JSON.stringify(content), qrText);
}
