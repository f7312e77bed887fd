/**
 * The one contract of everything that crosses from the window to the core.
 *
 * Adding a channel touches: this file, the handler in main/core/channels/<group>.ts, and the caller in renderer/api.
 * The router asks in this order: trusted sender, known channel, right shape, allowed for this role; then works.
 * The window always gets a Result. Unknown keys are refused.
 */
import { z } from 'zod';
import { actTextSchema } from '../domain/act-text.ts';
import { channel } from './channel.ts';
import { OFFICE_CHANNELS } from './office-channels.ts';
import { COURT_LANGUAGES } from '../domain/language.ts';
import { BATCH_MOST_ACTS, batchActShape, batchPlanShape, batchShape, batchSummaryShape, signingKeysShape } from './batch-shapes.ts';
import {
  actSummaryShape,
  boardShape,
  overridesShape,
  filingDetailShape,
  historyEntryShape,
  officeShape,
  openedDocumentShape,
  queueRowShape,
  referenceShape,
  roleShape,
  sessionShape,
  settingsShape,
  signInOptionShape,
} from './shapes.ts';
import {
  actVersionShape,
  chosenGroundShape,
  decisionShape,
  draftTextShape,
  filingActsShape,
  filingDecisionShape,
  sentBackDraftShape,
  transferToShape,
} from './decision-shapes.ts';
import {
  givenDocumentShape,
  hearingDayShape,
  hearingPlanShape,
  hearingWarningShape,
  proceedingsShape,
  recipientShape,
  surveySumShape,
} from './proceedings-shapes.ts';
import { printerShape, printOutcomeShape, printPaperShape, waitingPaperShape } from './print-shapes.ts';
import { comparisonShape, documentProgressShape, safeDocumentShape, tornDocumentShape } from './document-shapes.ts';
import {
  dispatchDetailShape,
  dispatchListShape,
  dispatchPaperShape,
  dispatchStepsShape,
  namesakeShape,
  dispatchViewShape,
} from './dispatch-shapes.ts';
import { defectShape, noticeShape, proposalOfferShape, proposalShape } from './proposal-shapes.ts';
import { beforeRegisteringShape } from './registering-shapes.ts';
import { LETTER_EVENTS } from '../registry/dispatches.ts';
import {
  arrangementSchema,
  paperFormSchema,
  paperKindShape,
  paperSummaryShape,
  paperWorkShape,
  scannerShape,
  takenPaperShape,
} from './paper-shapes.ts';
import {
  colleagueShape,
  listLayoutShape,
  MOST_AT_ONCE,
  queueCountsShape,
  queueQuestionShape,
  savedViewShape,
  workDoneShape,
} from './queue-shapes.ts';
import { correctedValuesShape, correctionShape, noteShape } from './office-words-shapes.ts';
import { filingPairShape } from './finding-shapes.ts';
import { callCardShape, foundShape } from './search-shapes.ts';
import { conflictShape, syncCentreShape, syncStatusShape } from './sync-shapes.ts';

const nothing = z.strictObject({});
const done = z.null();
const id = z.uuid();
const revision = z.number().int().nonnegative();
const SECRETARY = ['secretary', 'office-head'] as const;
const JUDGE = ['judge'] as const;
/** Whoever prepares acts or signs them; the head of office sees no text before it is issued. */
const PREPARING = ['secretary', 'judge'] as const;
const COURT = ['secretary', 'office-head', 'judge'] as const;
const reason = z.string().trim().min(1).max(1000);
/** Of a talk about a draft. */
const words = z.string().trim().min(1).max(4000);
/** With the id of an act: its text, or the answer about it, as it is being written. */
const draftForm = z.union([
  z.enum(['hearing', 'answer', 'access', 'decision', 'reply', 'act', 'note', 'correction']),
  z.string().regex(/^(text|reply):[0-9a-f-]{36}$/),
]);

export const CHANNELS = {
  // who and where
  'office.get': channel('anyone', nothing, officeShape),
  'reference.get': channel('anyone', nothing, referenceShape),
  'settings.get': channel('anyone', nothing, settingsShape),
  'settings.set': channel('anyone', settingsShape.partial(), settingsShape),
  'session.get': channel('anyone', nothing, sessionShape.nullable()),
  'session.options': channel('anyone', nothing, z.array(signInOptionShape)),
  /** Opens the PIN prompt of the shell; the PIN never passes here. */
  'session.sign-in': channel('anyone', z.strictObject({ optionId: z.string().max(200) }), sessionShape),
  'session.unlock': channel('anyone', nothing, sessionShape),
  'session.lock': channel('anyone', nothing, done),
  'session.sign-out': channel('anyone', nothing, done),
  'session.use-role': channel('signed-in', z.strictObject({ role: roleShape }), sessionShape),

  // intake
  'queue.list': channel(
    ['secretary', 'office-head', 'judge'],
    queueQuestionShape,
    z.strictObject({
      /** Names the list for `queue.rows` and `queue.news`; its rows stand still from now on. */
      list: z.number(),
      /** Null while a long list has not been looked through: `queue.news` knows. */
      total: z.number().nullable(),
      /** The first of them. */
      rows: z.array(queueRowShape),
      counts: queueCountsShape,
      asOf: z.string(),
    }),
  ),
  /** Rows of a list by their places in it, as they are now; `gone` when they do not belong into it any more. `not-found`: open the list again. */
  'queue.rows': channel(
    COURT,
    z.strictObject({ list: z.number(), from: z.number().int().nonnegative(), count: z.number().int().min(1).max(300) }),
    z.array(z.strictObject({ row: queueRowShape, gone: z.boolean() })),
  ),
  'queue.news': channel(
    COURT,
    z.strictObject({ list: z.number() }),
    z.strictObject({ total: z.number(), arrived: z.number(), gone: z.number(), counts: queueCountsShape, asOf: z.string() }),
  ),
  /** The first of a list, in order, as many as one change may name. */
  'queue.ids': channel(SECRETARY, z.strictObject({ list: z.number() }), z.array(z.string())),
  /** Of the person who asks; each answer is all that hold then. */
  'queue.saved-views': channel(SECRETARY, nothing, z.array(savedViewShape)),
  'queue.save-view': channel(SECRETARY, savedViewShape, z.array(savedViewShape)),
  'queue.drop-view': channel(SECRETARY, z.strictObject({ id }), z.array(savedViewShape)),
  'queue.layout': channel(SECRETARY, z.strictObject({ list: z.string().max(40) }), listLayoutShape),
  'queue.keep-layout': channel(SECRETARY, z.strictObject({ list: z.string().max(40), layout: listLayoutShape }), listLayoutShape),

  /** Of this desk alone; a judge finds what lies before him. Hits by IIN and BIN go into the journal as looks. */
  'search.find': channel(COURT, z.strictObject({ text: z.string().max(200) }), foundShape),
  /** What may be told on the telephone about the filings of a whole number, IIN or BIN; each card goes into the journal. */
  'search.card': channel(SECRETARY, z.strictObject({ text: z.string().max(200) }), z.array(callCardShape)),

  // who works on what
  'work.colleagues': channel(SECRETARY, nothing, z.array(colleagueShape)),
  'work.assign': channel(SECRETARY, z.strictObject({ ids: z.array(id).min(1).max(MOST_AT_ONCE), assignee: id.nullable() }), workDoneShape),
  /** Everything open that one has goes to another. */
  'work.cover': channel(SECRETARY, z.strictObject({ from: id, to: id }), workDoneShape),
  /** Until the beginning of a court day; `until` and `reason` null: taken up again. */
  'work.postpone': channel(
    SECRETARY,
    z.strictObject({ ids: z.array(id).min(1).max(MOST_AT_ONCE), until: z.iso.date().nullable(), reason: reason.nullable() }),
    workDoneShape,
  ),
  /** The next filing that is his or nobody's becomes his; null when there is none. */
  'work.take-next': channel(SECRETARY, z.strictObject({ after: id.nullable() }), id.nullable()),
  /** Takes the last of these changes back, soon after it. */
  'work.undo': channel(SECRETARY, z.strictObject({ id }), workDoneShape),
  'filing.get': channel(['secretary', 'office-head', 'judge'], z.strictObject({ id }), filingDetailShape),
  'document.open': channel(['secretary', 'office-head', 'judge'], z.strictObject({ filingId: id, documentId: id }), openedDocumentShape),
  /** Saves the bytes as they came through the shell's save dialog; false when the person cancelled. */
  'document.save': channel(['secretary', 'office-head', 'judge'], z.strictObject({ filingId: id, documentId: id }), z.boolean()),
  /** A DOCX, XLSX or plain text document as blocks of our own. `document-unreadable` with its `reason` when it cannot be shown. */
  'document.read': channel(COURT, z.strictObject({ filingId: id, documentId: id }), safeDocumentShape),
  /** How much has come of the documents that are still on their way. */
  'document.progress': channel(COURT, z.strictObject({ filingId: id }), z.array(documentProgressShape)),
  /** Notes to the colleagues on a filing, newest first. */
  'note.list': channel(COURT, z.strictObject({ filingId: id }), z.array(noteShape)),
  'note.add': channel(COURT, z.strictObject({ filingId: id, text: words }), z.array(noteShape)),
  /** An own one; it stays to be read as withdrawn. */
  'note.withdraw': channel(COURT, z.strictObject({ filingId: id, noteId: id }), z.array(noteShape)),
  /** What the office has corrected, newest first, with what was there before. */
  'filing.corrections': channel(COURT, z.strictObject({ id }), z.array(correctionShape)),
  /** Before registration; the message of the filer stays as it came. */
  'filing.correct': channel(SECRETARY, z.strictObject({ id, revision, values: correctedValuesShape, reason }), filingDetailShape),
  /** Further entries of the history of a filing, older than `before`, newest first. */
  'filing.history': channel(COURT, z.strictObject({ id, before: z.number().int().positive() }), z.array(historyEntryShape)),
  /** What the form says beside what stands in the documents. */
  'document.compare': channel(COURT, z.strictObject({ filingId: id }), comparisonShape),
  // a document in a window of its own; that window is answered DOCUMENT_WINDOW_CHANNELS alone
  'torn.open': channel(COURT, z.strictObject({ filingId: id, documentId: id }), done),
  /** What the desk shows now: the other window goes along when it was told to. */
  'torn.show': channel(COURT, z.strictObject({ filingId: id, documentId: id }), done),
  'torn.get': channel(COURT, nothing, tornDocumentShape.nullable()),
  'torn.follow': channel(COURT, z.strictObject({ follows: z.boolean() }), done),
  'filing.mark': channel(
    SECRETARY,
    z.strictObject({ id, revision, check: z.string().max(60), value: z.boolean(), page: z.number().int().positive().nullable() }),
    filingDetailShape,
  ),
  'filing.recheck': channel(SECRETARY, z.strictObject({ id }), filingDetailShape),
  /** The verification protocol of all signatures of a filing, as it stands now; false when the person cancelled. */
  'protocol.save': channel(
    ['secretary', 'office-head', 'judge'],
    z.strictObject({ filingId: id, format: z.enum(['pdf', 'json']) }),
    z.boolean(),
  ),

  /** Goes on in spite of a finding, for a reason; what is fatal only the head of office lets pass. */
  'finding.override': channel(SECRETARY, z.strictObject({ id, revision, finding: z.string().min(1).max(300), reason }), filingDetailShape),

  /** Links two filings that belong together; both show it. Answers the first. */
  'filing.link': channel(SECRETARY, z.strictObject({ id, otherId: id }), filingDetailShape),
  'filing.pair': channel(SECRETARY, z.strictObject({ id, otherId: id }), filingPairShape),

  // registering
  /** Marks defects and proposes a ruling; none and no proposal takes both back. `notice` of the answer is what the filer is told. */
  'filing.flag': channel(
    SECRETARY,
    z.strictObject({ id, revision, defects: z.array(defectShape).max(50), proposal: proposalShape.nullable().default(null) }),
    filingDetailShape,
  ),
  'filing.proposals': channel(SECRETARY, z.strictObject({ id }), proposalOfferShape),
  /** The words for the filer as they would be now. Changes nothing. */
  'filing.notice': channel(SECRETARY, z.strictObject({ id, defects: z.array(defectShape).max(50), proposal: proposalShape }), noticeShape),
  /** Cases that it may belong to, those that fit what was typed or those between the same people, and filings like it that are registered already. */
  'filing.before-register': channel(SECRETARY, z.strictObject({ id, search: z.string().max(200) }), beforeRegisteringShape),
  /** Binds the numbers, makes the talon, sends it to the judge when a ruling is due. `joinsCase` files it into that case. */
  'filing.register': channel(
    SECRETARY,
    z.strictObject({
      ...{ id, revision, joinsCase: z.string().max(60).nullable() },
      /** Filings like this one that the person was shown; another one stops it with `duplicate-found`. */
      seenDuplicates: z.array(id).max(20).default([]),
    }),
    z.strictObject({ filing: filingDetailShape, nextId: z.string().nullable() }),
  ),
  /** The person has left the filing: another desk may have it. */
  'filing.close': channel(['secretary', 'office-head', 'judge'], z.strictObject({ id }), done),
  /** Takes a filing over that another desk has; the reason is kept in both journals and shown there. Needs the line. */
  'filing.take-over': channel(['office-head'], z.strictObject({ id, reason: z.string().trim().min(1).max(1000) }), filingDetailShape),
  'talon.open': channel(['secretary', 'office-head'], z.strictObject({ filingId: id }), openedDocumentShape),
  'talon.save': channel(['secretary', 'office-head'], z.strictObject({ filingId: id }), z.boolean()),

  // acts
  'acts.list': channel(JUDGE, z.strictObject({ view: z.enum(['to-sign', 'signed']) }), z.array(actSummaryShape)),
  'act.get': channel(JUDGE, z.strictObject({ id }), actSummaryShape),
  'act.open': channel(JUDGE, z.strictObject({ id }), openedDocumentShape),
  'act.save': channel(JUDGE, z.strictObject({ id }), z.boolean()),
  /** `by`: every page was displayed, or the judge states that the act was read. */
  'act.review': channel(
    JUDGE,
    z.strictObject({ id, revision, sha256: z.string().length(64), by: z.enum(['pages', 'statement']).default('pages') }),
    actSummaryShape,
  ),
  /** Asks the PIN, signs exactly the bytes with this hash, checks the signature, queues issue and dispatch. */
  'act.sign': channel(
    JUDGE,
    z.strictObject({ id, revision, sha256: z.string().length(64), /** Of `keys.list`. */ keyId: z.string().max(64) }),
    actSummaryShape,
  ),

  // keys and batches
  /** Every key that is here now; nobody is asked for a PIN. */
  'keys.list': channel(COURT, nothing, signingKeysShape),
  /** What would be signed of these acts, in this order, and what would be left out. Changes nothing. */
  'batch.plan': channel(JUDGE, z.strictObject({ ids: z.array(id).min(1).max(BATCH_MOST_ACTS) }), batchPlanShape),
  /** Asks the PIN once and signs the acts one after the other; answers when each has its result. Dispatches nothing. */
  'batch.start': channel(
    JUDGE,
    z.strictObject({ acts: z.array(batchActShape).min(1).max(BATCH_MOST_ACTS), keyId: z.string().max(64) }),
    batchShape,
  ),
  /** Goes on with a batch that was stopped, under the certificate of its beginning. */
  'batch.resume': channel(JUDGE, z.strictObject({ id, keyId: z.string().max(64) }), batchShape),
  /** Stops the batch that is being signed here before its next act. */
  'batch.stop': channel(JUDGE, nothing, done),
  'batch.get': channel(JUDGE, z.strictObject({ id }), batchShape),
  'batch.list': channel(JUDGE, nothing, z.array(batchSummaryShape)),

  /** Every text that an act has had, the first one first; of a judge's own acts, and of all for the office that prepares them. */
  'act.versions': channel(PREPARING, z.strictObject({ id }), z.array(actVersionShape)),
  'act.open-version': channel(PREPARING, z.strictObject({ id, number: z.number().int().positive() }), openedDocumentShape),

  /** The text of a draft as data, and the draft drawn anew from what was written. */
  'act.text': channel(PREPARING, z.strictObject({ id }), draftTextShape),
  'act.edit': channel(PREPARING, z.strictObject({ id, revision, text: actTextSchema }), draftTextShape),
  /** Lets the person choose a PDF in the shell's dialog and makes it the text of the draft; nothing changes when it was cancelled. */
  'act.import': channel(PREPARING, z.strictObject({ id, revision }), draftTextShape),

  // acts beside the ruling that decides on a filing
  'acts.of-filing': channel(COURT, z.strictObject({ filingId: id }), filingActsShape),
  /** Drafts an act of a kind that the office data has, filled from the case; an open draft of the same kind and name is left as it is. */
  'acts.draft': channel(
    PREPARING,
    z.strictObject({
      filingId: id,
      kind: z.string().min(1).max(60),
      language: z.enum(COURT_LANGUAGES),
      title: z.string().max(300).nullable(),
    }),
    filingActsShape,
  ),
  /** The office gives the draft that it has prepared to the judge. */
  'acts.hand': channel(['secretary'], z.strictObject({ filingId: id, actId: id, revision }), filingActsShape),
  /** Throws a draft away, by whoever has it now. */
  'acts.discard': channel(PREPARING, z.strictObject({ filingId: id, actId: id, revision }), filingActsShape),

  // the judge's decision on a filing
  'decision.get': channel(COURT, z.strictObject({ filingId: id }), filingDecisionShape),
  /** Draws the draft anew as the ruling of this decision; `seen` is the draft that was there, null when there was none. */
  'decision.make': channel(
    JUDGE,
    z.strictObject({
      filingId: id,
      seen: z.strictObject({ actId: id, revision }).nullable(),
      decision: decisionShape,
      grounds: z.array(chosenGroundShape).max(50),
      transferTo: transferToShape.nullable(),
    }),
    filingDecisionShape,
  ),

  /** The judge sends the draft back to the office with a question or a comment, or takes it back without an answer. */
  'decision.send-back': channel(JUDGE, z.strictObject({ filingId: id, actId: id, revision, comment: words }), filingDecisionShape),
  'decision.take-back': channel(JUDGE, z.strictObject({ filingId: id, actId: id, revision }), filingDecisionShape),
  /** The office answers; with `change` the draft is drawn anew as another proposal. */
  'decision.answer': channel(
    SECRETARY,
    z.strictObject({
      filingId: id,
      actId: id,
      revision,
      answer: words,
      change: z
        .strictObject({ decision: decisionShape, grounds: z.array(chosenGroundShape).max(50), transferTo: transferToShape.nullable() })
        .nullable(),
    }),
    filingDecisionShape,
  ),
  'decision.sent-back': channel(SECRETARY, nothing, z.array(sentBackDraftShape)),

  // after registering; each answer is what holds of the filing then
  'proceedings.get': channel(COURT, z.strictObject({ filingId: id }), proceedingsShape),
  /** The hearings of the court on a day in its own time, `YYYY-MM-DD`. */
  'hearing.day': channel(COURT, z.strictObject({ day: z.iso.date() }), hearingDayShape),
  /** What is worth knowing before it is set; none of it forbids. */
  'hearing.check': channel(
    COURT,
    z.strictObject({
      hearingId: id.nullable(),
      startsAt: z.iso.datetime(),
      room: z.string().max(100).nullable(),
      judgeId: id.nullable(),
    }),
    z.array(hearingWarningShape),
  ),
  /** Sets one, or moves `hearing`, whose revision was seen. */
  'hearing.set': channel(
    COURT,
    z.strictObject({ filingId: id, hearing: z.strictObject({ id, revision }).nullable(), plan: hearingPlanShape }),
    proceedingsShape,
  ),
  'hearing.cancel': channel(COURT, z.strictObject({ filingId: id, hearingId: id, reason: reason.nullable() }), proceedingsShape),
  /** Draws the summons of each person and sends it. */
  'summons.issue': channel(
    COURT,
    z.strictObject({ filingId: id, hearingId: id, revision, recipients: z.array(recipientShape).min(1).max(100) }),
    proceedingsShape,
  ),
  'summons.open': channel(COURT, z.strictObject({ summonsId: id }), openedDocumentShape),
  'summons.save': channel(COURT, z.strictObject({ summonsId: id }), z.boolean()),
  /** Lets the person choose files in the shell's dialog and keeps their bytes; none when it was cancelled. */
  'request.choose': channel(COURT, nothing, z.array(givenDocumentShape)),
  'request.fulfil': channel(
    COURT,
    z.strictObject({ filingId: id, documents: z.array(givenDocumentShape).max(100), note: z.string().max(4000).nullable() }),
    proceedingsShape,
  ),
  'request.save': channel(COURT, z.strictObject({ filingId: id, sha256: z.string().length(64) }), z.boolean()),
  'access.grant': channel(
    ['office-head', 'judge'],
    z.strictObject({
      filingId: id,
      person: z.string().trim().min(1).max(2000),
      documents: z.array(z.string().length(64)).min(1).max(1000),
      until: z.iso.datetime(),
    }),
    proceedingsShape,
  ),
  'access.withdraw': channel(['office-head', 'judge'], z.strictObject({ filingId: id, grantId: id, reason }), proceedingsShape),
  'survey.ask': channel(SECRETARY, z.strictObject({ filingId: id, questionSet: z.string().max(60) }), proceedingsShape),
  'survey.sums': channel(['office-head'], nothing, z.array(surveySumShape)),
  /** Signed acts with those to whom they go, of the court or of one filing; a judge sees his own. */
  'dispatch.list': channel(COURT, z.strictObject({ view: dispatchViewShape, filingId: id.nullable() }), dispatchListShape),
  'dispatch.get': channel(COURT, z.strictObject({ actId: id }), dispatchDetailShape),
  /** Queues the act for these people; it goes after the act itself. */
  'dispatch.send': channel(
    COURT,
    z.strictObject({
      actId: id,
      recipients: z
        .array(
          z.strictObject({
            name: z.string().min(1).max(2000),
            namesake: namesakeShape,
            filingId: id.nullable(),
            steps: dispatchStepsShape,
          }),
        )
        .min(1)
        .max(1000),
    }),
    dispatchDetailShape,
  ),
  /** Begins anew for one person, by these ways. */
  'dispatch.resend': channel(COURT, z.strictObject({ actId: id, id, steps: dispatchStepsShape, reason }), dispatchDetailShape),
  /** What a person knows of a letter; `day` in the court's own time. */
  'dispatch.record': channel(
    COURT,
    z.strictObject({
      ...{ actId: id, id, event: z.enum(LETTER_EVENTS), day: z.iso.date() },
      number: z.string().trim().min(1).max(60).nullable(),
    }),
    dispatchDetailShape,
  ),
  /** `id`: of the recipient for a letter, of the act for the rest. */
  'dispatch.open-paper': channel(COURT, z.strictObject({ paper: dispatchPaperShape, id }), openedDocumentShape),
  'dispatch.save-paper': channel(COURT, z.strictObject({ paper: dispatchPaperShape, id }), z.boolean()),
  // printing
  /**
   * Prints the paper: in the dialog of the system, or at once to the remembered printer (`silent`, or the setting). What no printer takes is saved
   * as PDF, and waits in `print.waiting`. Errors: those of the paper, `document-not-printable`, `document-unreadable`, `disk-full`, `file-not-saved`.
   */
  'print.paper': channel(COURT, z.strictObject({ paper: printPaperShape, id, silent: z.boolean() }), printOutcomeShape),
  'print.printers': channel('signed-in', nothing, z.array(printerShape)),
  /** What this person asked for and no printer took. */
  'print.waiting': channel(COURT, nothing, z.array(waitingPaperShape)),
  /** Takes one off that list: nobody needs it any more. */
  'print.drop': channel(COURT, z.strictObject({ paper: printPaperShape, id }), z.array(waitingPaperShape)),
  /** Asks the registry how people were told. Needs the line. */
  'delivery.refresh': channel(COURT, z.strictObject({ filingId: id }), proceedingsShape),
  /** What the person has typed into a form and not sent, as the window keeps it. */
  'draft.read': channel(COURT, z.strictObject({ filingId: id, form: draftForm }), z.string().nullable()),
  'draft.keep': channel(COURT, z.strictObject({ filingId: id, form: draftForm, content: z.string().max(200_000).nullable() }), done),

  ...OFFICE_CHANNELS,
  // taken on paper at the counter
  'paper.kinds': channel(SECRETARY, nothing, z.array(paperKindShape)),
  /** The unfinished work of the person who asks, the last changed first. */
  'paper.list': channel(SECRETARY, nothing, z.array(paperSummaryShape)),
  'paper.begin': channel(SECRETARY, nothing, paperWorkShape),
  'paper.get': channel(SECRETARY, z.strictObject({ id }), paperWorkShape),
  /** Keeps the form as it is typed. */
  'paper.keep': channel(SECRETARY, z.strictObject({ id, form: paperFormSchema }), done),
  'paper.drop': channel(SECRETARY, z.strictObject({ id }), done),
  /** Lets the person choose pictures and PDFs in the shell's dialog and adds their pages; what was added before one that cannot be read stays. */
  'paper.import': channel(SECRETARY, z.strictObject({ id }), paperWorkShape),
  /** Scanners of this machine and what each can do. Errors: `scanner-unsupported`, `scanner-slow` */
  'paper.scanners': channel(SECRETARY, nothing, z.array(scannerShape)),
  /** Scans into the work; pages come with `paper.changed` one by one and stay, also when it ends with a failure. Errors: those of a scanner */
  'paper.scan': channel(
    SECRETARY,
    z.strictObject({
      id,
      scannerId: z.string().max(200),
      dpi: z.number().int().min(75).max(1200),
      color: z.boolean(),
      feeder: z.boolean(),
    }),
    paperWorkShape,
  ),
  'paper.stop-scan': channel(SECRETARY, nothing, done),
  /** Puts the pages in another order, all of them at once; `revision` is the one that was seen. */
  'paper.arrange': channel(SECRETARY, z.strictObject({ id, revision, arrangement: arrangementSchema }), paperWorkShape),
  /** A small picture of a page as it is placed: JPEG in base64. */
  'paper.thumbnail': channel(
    SECRETARY,
    z.strictObject({
      id,
      pageId: id,
      turn: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
      straighten: z.boolean(),
    }),
    z.strictObject({ jpeg: z.string() }),
  ),
  /** Makes a filing of it; with faults nothing is taken. */
  'paper.take': channel(
    SECRETARY,
    /** `keyId`: of `keys.list`, by which the documents are signed as true copies; null leaves them without. */
    z.strictObject({ id, form: paperFormSchema, keyId: z.string().max(64).nullable() }),
    takenPaperShape,
  ),

  // office and sync
  'board.get': channel(['office-head'], nothing, boardShape),
  'board.overrides': channel(['office-head'], nothing, overridesShape),
  'sync.status': channel('anyone', nothing, syncStatusShape),
  'sync.centre': channel('signed-in', nothing, syncCentreShape),
  'sync.now': channel('signed-in', nothing, syncStatusShape),
  /** Goes on although the past of desk or registry is not what both had agreed on; the reason is kept at the registry. */
  'sync.accept-history': channel(['office-head', 'admin'], z.strictObject({ reason: z.string().min(1).max(1000) }), syncStatusShape),
  /** A filing with an item that was not accepted, here beside how the registry holds it. */
  'sync.compare': channel(['secretary', 'office-head', 'judge'], z.strictObject({ outboxId: z.string().max(100) }), conflictShape),
  /** What the registry holds is taken over, and what this desk had to say about it is withdrawn; the reason goes into the journal. Needs the line. */
  'sync.take-registry': channel(
    SECRETARY,
    z.strictObject({ outboxId: z.string().max(100), reason: z.string().trim().min(1).max(1000) }),
    syncStatusShape,
  ),
  'sync.retry': channel(SECRETARY, z.strictObject({ outboxId: id }), syncStatusShape),
} as const;

export type ChannelName = keyof typeof CHANNELS;
export const CHANNEL_NAMES = Object.keys(CHANNELS) as readonly ChannelName[];
export type ChannelInput<C extends ChannelName> = z.input<(typeof CHANNELS)[C]['input']>;
export type ChannelOutput<C extends ChannelName> = z.output<(typeof CHANNELS)[C]['output']>;

/** What the core tells the window unasked. Payloads are small: the window asks for what it shows. */
export const EVENTS = {
  'session.changed': sessionShape.nullable(),
  'sync.changed': syncStatusShape,
  /** Something in the queue, a filing or an act is different; `arrived` counts new filings. */
  'work.changed': z.strictObject({ filingIds: z.array(z.string()), arrived: z.number() }),
  'settings.changed': settingsShape,
  /** An act of a batch has another state, or the batch has begun or ended. */
  'batch.changed': z.strictObject({ id: z.string() }),
  /** Pages of a filing on paper came, or a scanner says something. */
  'paper.changed': z.strictObject({ id: z.string() }),
  /** Another document is torn off, or none any more; `begin`: its window is wanted in front. */
  'torn.changed': z.strictObject({ open: z.boolean(), begin: z.boolean() }),
  /** A token came or went, or a key file did. */
  'keys.changed': z.strictObject({}),
} as const;
export type EventName = keyof typeof EVENTS;
export const EVENT_NAMES = Object.keys(EVENTS) as readonly EventName[];
export type EventPayload<E extends EventName> = z.output<(typeof EVENTS)[E]>;

/** All that the window of a torn-off document may ask and hear. */
export const DOCUMENT_WINDOW_CHANNELS: readonly ChannelName[] = [
  'office.get',
  'reference.get',
  'settings.get',
  'session.get',
  'torn.get',
  'torn.follow',
  'document.open',
  'document.read',
  'document.progress',
  'document.save',
];
export const DOCUMENT_WINDOW_EVENTS: readonly EventName[] = ['session.changed', 'settings.changed', 'work.changed', 'torn.changed'];

/** Messages over the port between window and core. */
export type CallMessage = { readonly type: 'call'; readonly id: number; readonly channel: string; readonly input: unknown };
export type AnswerMessage = { readonly type: 'answer'; readonly id: number; readonly result: unknown };
export type EventMessage = { readonly type: 'event'; readonly event: EventName; readonly payload: unknown };
