import { z } from 'zod';
import { channel, COURT, JUDGE, PREPARING, SECRETARY, done, id, nothing, revision, words } from './channel.ts';
import { actTextSchema } from '../domain/act-text.ts';
import { COURT_LANGUAGES } from '../domain/language.ts';
import { BATCH_MOST_ACTS, batchActShape, batchPlanShape, batchShape, batchSummaryShape, signingKeysShape } from './batch-shapes.ts';
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
import { actSummaryShape, openedDocumentShape } from './shapes.ts';

/** Acts: their drafts and texts, the judge's decision, keys and batches. */
export const ACT_CHANNELS = {
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
} as const;
