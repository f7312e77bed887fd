import { createHash } from 'node:crypto';
import type { Role } from '../../shared/domain/role.ts';
import { unreachable } from '../../shared/result.ts';
import {
  isCommandKind,
  isOfWorkstation,
  isOlderThan,
  parseCommandPayload,
  type CommandAnswer,
  type CommandEnvelope,
  type CommandKind,
  type CommandPayload,
} from '../../shared/registry/index.ts';
import { grantCaseFile, withdrawCaseFile } from '../case-files/grant-case-file.ts';
import { lockCourt } from '../courts/lock-court.ts';
import { configureCourt } from '../courts/configure-court.ts';
import { renameOwnCourt } from '../courts/keep-court.ts';
import { cancelHearing } from '../hearings/cancel-hearing.ts';
import { issueSummons } from '../hearings/issue-summons.ts';
import { setHearing } from '../hearings/set-hearing.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { takeOver } from '../leases/take-over.ts';
import { claimNumbers } from '../numbers/claim-numbers.ts';
import { returnNumbers, voidNumbers } from '../numbers/return-numbers.ts';
import { refuseProof } from '../sessions/refuse-proof.ts';
import { fulfilRequest } from '../requests/fulfil-request.ts';
import { isAtHome } from '../restorations/number-guard.ts';
import type { Sql } from '../store/database.ts';
import { correctFact } from '../office-words/correct-fact.ts';
import { correctFiling } from '../office-words/correct-filing.ts';
import { addNote, withdrawNote } from '../office-words/keep-note.ts';
import { askSurvey } from '../surveys/ask-survey.ts';
import { keepCourtUser } from '../users/keep-court-user.ts';
import { inviteWorkstation, putOutWorkstation, renameWorkstation, withdrawCode } from '../workstations/keep-workstation.ts';
import { isRevoked, type AskingWorkstation } from '../workstations/workstation.ts';
import { assignFiling, postponeFiling } from '../assignments/assign-filing.ts';
import { setAbsence, setNorm, setShareRules } from '../assignments/keep-plan.ts';
import { shareFilings } from '../assignments/share-filings.ts';
import { addAnnexes } from './add-annexes.ts';
import { acceptJournal, anchorJournal } from './anchor-journal.ts';
import { recallProposal } from './recall-proposal.ts';
import { refused, updateNeeded } from './command-answer.ts';
import { refuseUser, wasRegisteredAt, type CommandContext } from './command-context.ts';
import { dispatchAct } from './dispatch-act.ts';
import { issueAct } from './issue-act.ts';
import { issueTalon } from './issue-talon.ts';
import { linkFilings } from './link-filings.ts';
import { overrideFinding } from './override-finding.ts';
import { raiseAct } from './raise-act.ts';
import { registerFiling } from './register-filing.ts';
import { recordLetter, resendDispatch, sendDispatch } from './send-dispatch.ts';
import { sendToJudge } from './send-to-judge.ts';
import { takePaper } from './take-paper.ts';

const SCHEMA_VERSION = 1;
const OFFICE: readonly Role[] = ['secretary', 'office-head'];
const COURT: readonly Role[] = ['secretary', 'office-head', 'judge'];
/** Who may open a case file to a person. */
const CASE_FILE_KEEPERS: readonly Role[] = ['office-head', 'judge'];
const HEAD: readonly Role[] = ['office-head'];
const JUDGE: readonly Role[] = ['judge'];
const ADMIN: readonly Role[] = ['admin'];
/** Who may let a desk go on when its past and the registry's are not the same. */
const DECIDERS: readonly Role[] = ['office-head', 'admin'];

/**
 * Applies a desk's command once. The answer of an applied command is kept in the same transaction and given again, as `duplicate`,
 * to the same id of the same workstation. What did not apply is not kept: when its reason is gone, the same command may apply.
 */
export function handleCommand(
  registry: Registry,
  workstation: AskingWorkstation,
  envelope: CommandEnvelope,
): Promise<Outcome<CommandAnswer>> {
  return registry.db.transaction(
    async (sql) => {
      await lockCourt(sql, workstation.court);
      if (await isRevoked(sql, workstation)) return refuse('workstation-revoked');
      const envelopeSha256 = hashOf(envelope);
      const [earlier] = await sql.query<{ envelope_sha256: string; answer: CommandAnswer }>(
        'SELECT envelope_sha256, answer FROM applied_command WHERE workstation = $1 AND id = $2',
        [workstation.id, envelope.id],
      );
      if (earlier)
        return done(
          earlier.envelope_sha256 === envelopeSha256 ? { ...earlier.answer, outcome: 'duplicate' } : refused('command-id-reused'),
        );

      // it would give a number that another line of this database may have given
      if (envelope.kind === 'filing.take-paper' && !(await isAtHome(sql))) return refuse('numbers-held');
      const now = registry.clock();
      const answer = await decide(registry, sql, workstation, envelope, now);
      if (answer.outcome === 'applied')
        await sql.query(
          `INSERT INTO applied_command (workstation, id, kind, actor, done_at, applied_at, envelope_sha256, answer, session, confirmed_at, proof)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11)`,
          [
            workstation.id,
            envelope.id,
            envelope.kind,
            envelope.actor,
            envelope.at,
            now,
            envelopeSha256,
            JSON.stringify(answer),
            envelope.session ?? null,
            envelope.confirmedAt ?? null,
            envelope.proof ?? null,
          ],
        );
      return done(answer);
    },
    // a filing that is set aside elsewhere has been asked for, a claim shows what was forgotten; nothing else is written before a refusal
    (outcome) =>
      outcome.ok && (outcome.value.outcome === 'applied' || outcome.value.code === 'lease-held' || envelope.kind === 'number.claim'),
  );
}

async function decide(
  registry: Registry,
  sql: Sql,
  workstation: AskingWorkstation,
  envelope: CommandEnvelope,
  now: string,
): Promise<CommandAnswer> {
  const { kind, actor } = envelope;
  if (!isCommandKind(kind) || envelope.schemaVersion > SCHEMA_VERSION) return updateNeeded;
  if (registry.minimumDesk !== null && isOlderThan(workstation.version, registry.minimumDesk)) return updateNeeded;

  const refuseUnproven = (needed: boolean) => refuseProof(sql, envelope, { workstation, mode: registry.mode, now, needed });
  const by = async <K extends CommandKind>(
    named: K,
    roles: readonly Role[],
    work: (context: CommandContext, payload: CommandPayload<K>) => Promise<CommandAnswer>,
  ): Promise<CommandAnswer> => {
    const payload = parseCommandPayload(named, envelope.payload);
    if (payload === null) return refused('input-invalid');
    const unfit = await refuseUser(sql, workstation.court, actor, roles);
    if (unfit !== null || actor === null) return unfit ?? refused('user-unknown');
    const unproven = await refuseUnproven(!(isOfWorkstation(named) && (await wasRegisteredAt(sql, workstation, payload))));
    return unproven ?? work({ sql, workstation, actor, now }, payload);
  };
  const byItself = async <K extends CommandKind>(named: K, work: (payload: CommandPayload<K>) => Promise<CommandAnswer>) => {
    const payload = parseCommandPayload(named, envelope.payload);
    if (payload === null) return refused('input-invalid');
    return (await refuseUnproven(false)) ?? work(payload);
  };

  /** What nobody has may go to somebody now. */
  const shared = async (changed: Promise<CommandAnswer>) => {
    const answer = await changed;
    if (answer.outcome === 'applied') await shareFilings(sql, { court: workstation.court, now, newId: registry.newId });
    return answer;
  };

  switch (kind) {
    case 'filing.register':
      return shared(by(kind, OFFICE, (context, payload) => registerFiling(registry, context, payload)));
    case 'filing.take-paper':
      return by(kind, OFFICE, takePaper);
    case 'filing.add-annexes':
      return by(kind, OFFICE, addAnnexes);
    case 'filing.link':
      return by(kind, OFFICE, linkFilings);
    case 'finding.override':
      return by(kind, OFFICE, (context, payload) => overrideFinding(context, payload, envelope.at));
    case 'talon.issue':
      return by(kind, OFFICE, issueTalon);
    case 'filing.send-to-judge':
      return by(kind, OFFICE, sendToJudge);
    case 'act.issue':
      return by(kind, JUDGE, issueAct);
    case 'act.raise':
      return byItself(kind, (payload) => raiseAct({ sql, documents: registry.documents, workstation, now }, payload));
    case 'act.dispatch':
      return by(kind, JUDGE, (context, payload) => dispatchAct(registry, context, payload));
    case 'dispatch.send':
      return by(kind, COURT, sendDispatch);
    case 'dispatch.resend':
      return by(kind, COURT, resendDispatch);
    case 'dispatch.record':
      return by(kind, COURT, recordLetter);
    case 'hearing.set':
      return by(kind, COURT, (context, payload) => setHearing(registry, context, payload));
    case 'hearing.cancel':
      return by(kind, COURT, (context, payload) => cancelHearing(registry, context, payload));
    case 'summons.issue':
      return by(kind, COURT, (context, payload) => issueSummons(registry, context, payload));
    case 'request.fulfil':
      return by(kind, COURT, (context, payload) => fulfilRequest(registry, context, payload));
    case 'case-file.grant':
      return by(kind, CASE_FILE_KEEPERS, grantCaseFile);
    case 'case-file.withdraw':
      return by(kind, CASE_FILE_KEEPERS, withdrawCaseFile);
    case 'survey.ask':
      return by(kind, OFFICE, (context, payload) => askSurvey(registry, context, payload));
    case 'filing.assign':
      return shared(by(kind, OFFICE, (context, payload) => assignFiling(context, payload, envelope.id)));
    case 'absence.set':
      return shared(by(kind, HEAD, (context, payload) => setAbsence(context, payload, envelope.id)));
    case 'norm.set':
      return shared(by(kind, HEAD, (context, payload) => setNorm(context, payload, envelope.id)));
    case 'share-rules.set':
      return shared(by(kind, HEAD, (context, payload) => setShareRules(context, payload, envelope.id)));
    case 'filing.postpone':
      return by(kind, OFFICE, (context, payload) => postponeFiling(context, payload, envelope.id));
    case 'note.add':
      return by(kind, COURT, addNote);
    case 'note.withdraw':
      return by(kind, COURT, withdrawNote);
    case 'filing.correct':
      return by(kind, OFFICE, correctFiling);
    case 'fact.correct':
      return by(kind, OFFICE, correctFact);
    case 'proposal.recall':
      return by(kind, OFFICE, recallProposal);
    case 'user.keep':
      return by(kind, ADMIN, (context, payload) => keepCourtUser(context, payload, envelope.session ?? null));
    case 'workstation.invite':
      return by(kind, ADMIN, inviteWorkstation);
    case 'workstation.withdraw':
      return by(kind, ADMIN, withdrawCode);
    case 'workstation.rename':
      return by(kind, ADMIN, renameWorkstation);
    case 'workstation.revoke':
      return by(kind, ADMIN, putOutWorkstation);
    case 'court.configure':
      return by(kind, ADMIN, configureCourt);
    case 'court.rename':
      return by(kind, ADMIN, renameOwnCourt);
    case 'lease.take-over':
      return by(kind, HEAD, (context, payload) => takeOver(registry, context, payload));
    case 'number.void':
      return by(kind, OFFICE, voidNumbers);
    case 'number.claim':
      return by(kind, DECIDERS, (context, payload) => claimNumbers(context, payload, { block: registry.newId(), request: envelope.id }));
    case 'number.return':
      return byItself(kind, (payload) => returnNumbers({ sql, workstation, now }, payload));
    case 'journal.anchor':
      return byItself(kind, (payload) => anchorJournal({ sql, workstation, key: registry.secrets.historyKey, now }, payload, envelope.at));
    case 'journal.accept':
      return by(kind, DECIDERS, (context, payload) =>
        acceptJournal({ ...context, key: registry.secrets.historyKey }, payload, envelope.at),
      );
    default:
      return unreachable(kind);
  }
}

/** The same for the same command, whatever the order of its keys and whichever session vouches for it. */
function hashOf(envelope: CommandEnvelope): string {
  const command = { ...envelope, session: undefined, confirmedAt: undefined, proof: undefined };
  const ordered = JSON.stringify(command, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(ordered).digest('hex');
}
