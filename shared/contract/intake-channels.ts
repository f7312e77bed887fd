import { z } from 'zod';
import { channel, COURT, SECRETARY, done, id, nothing, reason, revision, words } from './channel.ts';
import { caseCardShape } from './case-shapes.ts';
import { comparisonShape, documentProgressShape, safeDocumentShape, tornDocumentShape } from './document-shapes.ts';
import { filingPairShape } from './finding-shapes.ts';
import { correctedFactShape, correctedValuesShape, correctionShape, noteShape, registeredFactsShape } from './office-words-shapes.ts';
import { defectShape, noticeShape, proposalOfferShape, proposalShape } from './proposal-shapes.ts';
import {
  MOST_AT_ONCE,
  colleagueShape,
  listLayoutShape,
  queueCountsShape,
  queueQuestionShape,
  savedViewShape,
  workDoneShape,
} from './queue-shapes.ts';
import { beforeRegisteringShape } from './registering-shapes.ts';
import { callCardShape, foundShape } from './search-shapes.ts';
import { filingDetailShape, historyEntryShape, openedDocumentShape, queueRowShape } from './shapes.ts';
import { absenceInputShape, normInputShape, shareRulesShape, workloadShape } from './workload-shapes.ts';

const HEAD = ['office-head'] as const;

/** What arrives, who works on it, and what is known of it until it is registered. */
export const INTAKE_CHANNELS = {
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
  /** The card of a case, from this desk alone; a judge finds the own ones. Each look goes into the journal of all its filings. */
  'case.get': channel(COURT, z.strictObject({ number: z.string().min(1).max(60) }), caseCardShape),
  /** What may be told on the telephone about the filings of a whole number, IIN or BIN; each card goes into the journal. */
  'search.card': channel(SECRETARY, z.strictObject({ text: z.string().max(200) }), z.array(callCardShape)),

  // who works on what
  'work.load': channel(HEAD, nothing, workloadShape),
  /** How many of these filings, or of what one has, others have open at their desks; with `to` what may not go there without a reason. */
  'work.held': channel(
    SECRETARY,
    z.strictObject({ ids: z.array(id).max(MOST_AT_ONCE), of: id.nullable(), to: id.optional() }),
    z.strictObject({ count: z.number(), names: z.array(z.string()) }),
  ),
  'work.set-absence': channel(HEAD, absenceInputShape, workloadShape),
  /** Open filings that one can carry; of everybody without a norm of his own for `userId` null. */
  'work.set-norm': channel(HEAD, normInputShape, workloadShape),
  /** All rules of sharing in their order. The registry hears of them ten seconds later, so that they can be taken back before anything is given out by them. */
  'work.set-rules': channel(HEAD, z.strictObject({ rules: shareRulesShape }), z.strictObject({ load: workloadShape, undo: z.uuid() })),
  /** Gives out by the rules what nobody has. */
  'work.share': channel(HEAD, nothing, workDoneShape),
  'work.colleagues': channel(SECRETARY, nothing, z.array(colleagueShape)),
  /** With a `reason`, which the head of office alone may give, also from the desks at which others have them open; without one those do not go to another (`lease-held`). */
  'work.assign': channel(
    SECRETARY,
    z.strictObject({ ids: z.array(id).min(1).max(MOST_AT_ONCE), assignee: id.nullable(), reason: reason.optional() }),
    workDoneShape,
  ),
  /** Everything open that one has goes to another; `reason` as above. */
  'work.cover': channel(SECRETARY, z.strictObject({ from: id, to: id, reason: reason.optional() }), workDoneShape),
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
  /** What a filing was registered with, and the corrections beside it; `move-not-allowed` before it is registered. */
  'fact.list': channel(COURT, z.strictObject({ id }), registeredFactsShape),
  /** A correction record: the fact itself stays as it was registered. */
  'fact.correct': channel(SECRETARY, correctedFactShape.extend({ id, reason }), registeredFactsShape),
  /** Takes back what was proposed to the judge on a registered filing, while nothing is signed. */
  'proposal.recall': channel(SECRETARY, z.strictObject({ id, revision, reason }), filingDetailShape),
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
  /** Somebody works in that window: the desk is not left alone. */
  'torn.touch': channel(COURT, nothing, done),
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
} as const;
