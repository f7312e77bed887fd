import { z } from 'zod';
import { channel, COURT, SECRETARY, done, id, nothing, reason, revision } from './channel.ts';
import { LETTER_EVENTS } from '../registry/dispatches.ts';
import {
  dispatchDetailShape,
  dispatchListShape,
  dispatchPaperShape,
  dispatchStepsShape,
  dispatchViewShape,
  namesakeShape,
} from './dispatch-shapes.ts';
import {
  givenDocumentShape,
  hearingDayShape,
  hearingPlanShape,
  hearingWarningShape,
  proceedingsShape,
  recipientShape,
  surveySumShape,
} from './proceedings-shapes.ts';
import { openedDocumentShape } from './shapes.ts';

/** With the id of an act: its text, or the answer about it, as it is being written. */
const draftForm = z.union([
  z.enum(['hearing', 'answer', 'access', 'decision', 'reply', 'act', 'note', 'correction']),
  z.string().regex(/^(text|reply|dispatch|resend):[0-9a-f-]{36}$/),
]);

/** After registering: hearings, answers, access, dispatch, and what people were told; each answer is what holds of the filing then. */
export const PROCEEDINGS_CHANNELS = {
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
  /** Asks the registry how people were told. Needs the line. */
  'delivery.refresh': channel(COURT, z.strictObject({ filingId: id }), proceedingsShape),
  /** What the person has typed into a form and not sent, as the window keeps it. */
  'draft.read': channel(COURT, z.strictObject({ filingId: id, form: draftForm }), z.string().nullable()),
  'draft.keep': channel(COURT, z.strictObject({ filingId: id, form: draftForm, content: z.string().max(200_000).nullable() }), done),
} as const;
