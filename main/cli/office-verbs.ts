import type { Defect } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { actOfJudge, actsOfFiling, reviewAct, signAct } from '../acts/index.ts';
import {
  checkToRegister,
  finishWork,
  findingOf,
  holdToRegister,
  lastSuccessOf,
  outboxOf,
  proveUser,
  pull,
  readTexts,
  syncOnce,
  viewFiling,
  trustedPart,
  type Desk,
} from '../core/index.ts';
import { sendAsProposed } from '../dispatch/index.ts';
import { listEverything, readDocuments, readFiling } from '../intake/index.ts';
import { flagFiling, readDefects, registerFiling } from '../registration/index.ts';
import {
  by,
  courtOfficial,
  head,
  headOrJudge,
  journalLook,
  judgeAlone,
  keyRef,
  looking,
  preparing,
  secretary,
  signIn,
  signOut,
} from './acting-user.ts';
import type { OfficeCall, OfficeVerb, OpenedDesk } from './office-call.ts';
import { batches, signInBatch } from './office-batch.ts';
import { decide } from './office-decide.ts';
import { draftAnAct } from './office-draft.ts';
import { dispatch } from './office-dispatch.ts';
import { showEvidence } from './office-evidence.ts';
import { listOverrides, override, overrideFindings } from './office-findings.ts';
import { journal } from './office-journal.ts';
import { assign, card, find, postpone } from './office-queue.ts';
import { giveBack, hold, letGo, numbers, takeOver, whoHas, yieldOwn } from './office-leases.ts';
import { tokenModules } from './office-modules.ts';
import { answerRequest, deliveries, hearing, openCaseFile, closeCaseFile, showProceedings, summon, survey } from './office-proceedings.ts';
import { report } from './office-report.ts';
import { writeNote } from './office-note.ts';
import { importDraft } from './office-import.ts';
import { takePaperFolder } from './office-paper.ts';
import { protocolFormat, saveTalon, writeProtocol } from './office-papers.ts';
import { answerJudge, sendBack } from './office-talk.ts';
import { stateFindings } from './state-findings.ts';

/** What a desk without a window can do; each verb is one command. */
export const OFFICE_VERBS: Readonly<Record<string, { readonly needsId: boolean | 'any'; readonly run: OfficeVerb }>> = {
  'sign-in': { needsId: false, run: signIn },
  'sign-out': { needsId: false, run: signOut },
  pull: { needsId: false, run: ({ desk }) => withChanges(desk, pull(desk)) },
  queue: { needsId: false, run: looking(({ desk }) => ok(queueOf(desk))) },
  show: { needsId: true, run: looking(show) },
  verify: { needsId: true, run: looking(verify) },
  flag: { needsId: true, run: flag },
  register: { needsId: true, run: register },
  override: { needsId: true, run: by(secretary, override) },
  overrides: { needsId: false, run: looking(listOverrides) },
  assign: { needsId: true, run: by(secretary, assign) },
  postpone: { needsId: true, run: by(secretary, postpone) },
  find: { needsId: true, run: by(courtOfficial, find) },
  card: { needsId: true, run: by(secretary, card) },
  hold: { needsId: true, run: by(secretary, hold) },
  'take-paper': { needsId: true, run: by(secretary, takePaperFolder) },
  'let-go': { needsId: true, run: letGo },
  'take-over': { needsId: true, run: by(head, takeOver) },
  yield: { needsId: true, run: by(secretary, yieldOwn) },
  'give-back': { needsId: false, run: by(secretary, giveBack) },
  numbers: { needsId: false, run: numbers },
  talon: { needsId: true, run: looking(saveTalon) },
  decide: { needsId: true, run: by(judgeAlone, decide) },
  'draft-act': { needsId: true, run: by(preparing, draftAnAct) },
  'send-back': { needsId: true, run: by(judgeAlone, sendBack) },
  answer: { needsId: true, run: by(secretary, answerJudge) },
  'import-act': { needsId: true, run: by(judgeAlone, importDraft) },
  'sign-act': { needsId: true, run: signActOfFiling },
  batch: { needsId: 'any', run: (call) => signInBatch(call, keyRef(call.io, call.values)) },
  batches: { needsId: false, run: by(judgeAlone, batches) },
  sync: { needsId: false, run: ({ desk }) => withChanges(desk, syncOnce(desk)) },
  status: { needsId: false, run: status },
  journal: { needsId: true, run: journal },
  report: { needsId: true, run: by(head, report) },
  evidence: { needsId: true, run: looking(showEvidence) },
  modules: { needsId: true, run: tokenModules },
  proceedings: { needsId: true, run: looking(showProceedings) },
  hearing: { needsId: true, run: by(courtOfficial, hearing) },
  summons: { needsId: true, run: by(courtOfficial, summon) },
  fulfil: { needsId: true, run: by(courtOfficial, answerRequest) },
  grant: { needsId: true, run: by(headOrJudge, openCaseFile) },
  withdraw: { needsId: true, run: by(headOrJudge, closeCaseFile) },
  note: { needsId: true, run: by(courtOfficial, writeNote) },
  survey: { needsId: true, run: by(secretary, survey) },
  deliveries: { needsId: true, run: looking(deliveries) },
  dispatch: { needsId: true, run: by(courtOfficial, dispatch) },
};

function show({ desk, id }: OfficeCall): Promise<Result<unknown>> {
  const filing = viewFiling(desk, id, 'secretary');
  if (filing !== null) journalLook(desk, 'filing.viewed', id);
  return Promise.resolve(filing === null ? fail('not-found') : ok(filing));
}

/** Pull and sync go on with the follow-up work even when the line fails, and then say so. */
async function withChanges(desk: Desk, run: ReturnType<typeof syncOnce>): Promise<Result<unknown>> {
  const result = await run;
  const finished = await finishWork(desk);
  await readTexts(desk);
  if (!result.ok) return result;
  if (!finished.ok) return finished;
  const { waiting, parked } = outboxOf(desk);
  return ok({ arrived: result.value.arrived, changed: result.value.filingIds.size, outboxLeft: waiting, parked: parked.length });
}

function queueOf(desk: OpenedDesk): unknown {
  const held = whoHas(desk);
  return listEverything(desk.store.read, desk.config.clock()).map((filing) => ({ ...filing, heldBy: held.get(filing.id) ?? null }));
}

/** Verifies a filing anew; `--protocol` also writes what was found, as a paper or as data by the ending of the file. */
async function verify(call: OfficeCall): Promise<Result<unknown>> {
  const { desk, id, values } = call;
  const format = protocolFormat(values.protocol);
  if ((await desk.verify(id)) === null && !readFiling(desk.store.read, id)) return fail('not-found');
  if (format !== null) {
    const written = await writeProtocol(call, format);
    if (!written.ok) return written;
  }
  return ok(readDocuments(desk.store.read, id).flatMap((d) => [d.report, ...d.signatures.map((s) => s.report)].flatMap((r) => r ?? [])));
}

async function flag({ desk, id, values }: OfficeCall): Promise<Result<unknown>> {
  const user = await secretary(desk);
  const filing = readFiling(desk.store.read, id);
  if (!user.ok) return user;
  if (!filing) return fail('not-found');
  const defects: Defect[] = (values.defect ?? []).map((text) => {
    const [code, ...note] = text.split('=');
    return { code: code ?? '', note: note.length > 0 ? note.join('=') : null };
  });
  const flagged = flagFiling(desk.registration, { id, revision: filing.revision, actor: user.value.id }, defects);
  return flagged.ok ? ok({ id, flagged: defects.length > 0, defects }) : flagged;
}

/** Registers, stating that the clerk's own checks were made, or with the defects that were found marked; with `--reason` the errors are gone on in spite of. Repeating it answers the numbers that are bound already. */
async function register(call: OfficeCall): Promise<Result<unknown>> {
  const { desk, id, values } = call;
  const user = await secretary(desk);
  if (!user.ok) return user;
  const before = readFiling(desk.store.read, id);
  if (!before) return fail('not-found');
  if (before.registeredAt === null) {
    const held = await holdToRegister(desk, id, user.value.id);
    if (!held.ok) return held;
    await checkToRegister(desk, id);
    const answered = values.reason === undefined ? null : overrideFindings(desk, id, user.value, values.reason, null);
    if (answered && !answered.ok) return answered;
    const registered =
      stateFindings(desk, id, user.value.id, values.case ?? null) ??
      registerFiling(
        desk.registration,
        { id, revision: readFiling(desk.store.read, id)!.revision, actor: user.value.id },
        { joinsCase: values.case ?? null },
      );
    if (!registered.ok) {
      if (held.value === 'taken') await letGo(call);
      return registered;
    }
  }
  const finished = await finishWork(desk);
  if (!finished.ok) return finished;
  const f = readFiling(desk.store.read, id)!;
  return ok({
    id,
    state: f.state,
    incomingNumber: f.incomingNumber,
    caseNumber: f.caseNumber,
    joinsCase: f.joinsCase,
    registeredAt: f.registeredAt,
    flagged: f.flagged,
    defects: readDefects(desk.store.read, id).map((d) => d.code),
  });
}

/**
 * Signs the drafted act of a filing (`--kind` where several are open) with the judge's key, who states with it that the act was read, and sends it to those whom the office
 * data names, unless told not to (`--unsent`). Run again, it does what is still to be done.
 */
async function signActOfFiling({ io, desk, id, values }: OfficeCall): Promise<Result<unknown>> {
  const key = keyRef(io, values);
  const finished = await finishWork(desk);
  if (!finished.ok) return finished;
  const judge = await proveUser(desk, desk.tokenHost, key, { title: 'Kense', lines: [] });
  if (!judge.ok) return judge;
  if (!judge.value.roles.includes('judge')) return fail('role-not-allowed');
  const context = { reference: desk.reference, now: desk.config.clock() };
  const acts = actsOfFiling(desk.store.read, context, id).filter((a) => !a.preparing && (values.kind ?? a.kind) === a.kind);
  const act = acts.find((a) => a.state === 'draft') ?? acts.at(-1);
  if (!act) return fail('not-found');
  if (act.state === 'draft') {
    const mine = actOfJudge(desk.store.read, context, judge.value.id, act.id);
    if (!mine.ok) return mine;
    const reviewed = reviewAct(
      { store: desk.store, clock: desk.config.clock },
      { id: act.id, revision: act.revision, sha256: act.sha256, actor: judge.value.id },
    );
    if (!reviewed.ok) return reviewed;
    const display = { title: act.kind, lines: [act.caseNumber ?? act.incomingNumber] };
    const signed = await signAct(desk.acts, {
      actId: act.id,
      revision: act.revision + 1,
      sha256: act.sha256,
      actor: judge.value.id,
      key,
      display,
    });
    if (!signed.ok) return signed;
  }
  const sent = values.unsent ? ok(null) : sendAsProposed(desk.dispatch, { actId: act.id, actor: judge.value.id });
  if (!sent.ok) return sent;
  const after = actsOfFiling(desk.store.read, context, id).find((a) => a.id === act.id)!;
  return ok({
    id,
    act: after.id,
    kind: after.kind,
    state: after.state,
    level: after.level,
    sha256: after.sha256,
    signedAt: after.signedAt,
  });
}

async function status({ desk }: OfficeCall): Promise<Result<unknown>> {
  const health = await desk.client.health();
  const { waiting, parked } = outboxOf(desk);
  const { entries, chain } = desk.store.checkJournal(trustedPart(desk));
  return ok({
    online: health.ok && health.value.mode === desk.profile.mode,
    outboxLeft: waiting,
    parked: parked.length,
    lastSuccessAt: lastSuccessOf(desk),
    journal: { entries, chain },
    finding: findingOf(desk),
  });
}
