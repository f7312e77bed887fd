/** Hearings, summonses, answers, looks into case files, surveys and notices as the window shows them. */
import { z } from 'zod';
import { DELIVERY_CHANNELS } from '../registry/notifications.ts';

const instant = z.string();
const nullableText = z.string().nullable();

/** `confirmed` alone means that the registry has it; `code` says why it did not take it. */
export const standingShape = z.strictObject({ state: z.enum(['waiting', 'refused', 'confirmed']), code: nullableText });
export type StandingView = z.infer<typeof standingShape>;

const channel = z.enum(DELIVERY_CHANNELS);

/** A person to be told. `filingId`: under whose number he reads in the cabinet. */
export const recipientShape = z.strictObject({
  name: z.string().trim().min(1).max(2000),
  channel,
  address: z.string().max(400).nullable(),
  filingId: z.uuid().nullable(),
});
export type RecipientView = z.infer<typeof recipientShape>;

/** What a person fills in of a hearing. */
export const hearingPlanShape = z.strictObject({
  startsAt: z.iso.datetime(),
  place: z.string().trim().min(1).max(1000),
  room: z.string().trim().min(1).max(100).nullable(),
  judgeId: z.uuid().nullable(),
  mode: z.enum(['in-person', 'video']),
  link: z
    .string()
    .trim()
    .max(500)
    .regex(/^https:\/\/\S+$/)
    .nullable(),
  recordingNote: z.string().trim().min(1).max(2000).nullable(),
  recipients: z.array(recipientShape).max(1000),
});
export type HearingPlan = z.infer<typeof hearingPlanShape>;

export const deliveryShape = z.strictObject({
  id: z.string(),
  notice: z.string(),
  /** The act, hearing, summons or survey it is about; the filing for the rest. */
  subject: z.string(),
  name: z.string(),
  channel: z.string(),
  /** The channel that was tried last. */
  via: nullableText,
  state: z.string(),
  reason: nullableText,
  at: instant,
});
export type DeliveryView = z.infer<typeof deliveryShape>;

const summonsShape = z.strictObject({
  id: z.string(),
  name: z.string(),
  channel: z.string(),
  sha256: z.string(),
  standing: standingShape,
  at: instant,
});
export type SummonsView = z.infer<typeof summonsShape>;

export const hearingShape = z.strictObject({
  id: z.string(),
  revision: z.number(),
  /** What is heard: a case, or a filing by its incoming number. */
  label: z.string(),
  startsAt: instant,
  place: z.string(),
  room: nullableText,
  judgeId: nullableText,
  judge: nullableText,
  mode: z.enum(['in-person', 'video']),
  link: nullableText,
  recordingNote: nullableText,
  recipients: z.array(recipientShape),
  cancelledAt: instant.nullable(),
  cancelReason: nullableText,
  standing: standingShape,
  /** What holds at the registry while this desk's word is not confirmed; null when it knows nothing of it. */
  held: z.strictObject({ startsAt: instant, place: z.string(), room: nullableText, cancelledAt: instant.nullable() }).nullable(),
  summonses: z.array(summonsShape),
});
export type HearingView = z.infer<typeof hearingShape>;

/** `hearing` is what is at the same time; null for a day off. */
export const hearingWarningShape = z.strictObject({
  code: z.enum(['day-off', 'judge-busy', 'room-busy']),
  at: instant.nullable(),
  label: nullableText,
});
export type HearingWarning = z.infer<typeof hearingWarningShape>;

export const givenDocumentShape = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.number().int().nonnegative(),
  title: z.string().min(1).max(1000),
  fileName: z.string().min(1).max(500),
});
export type GivenDocumentView = z.infer<typeof givenDocumentShape>;

const grantShape = z.strictObject({
  id: z.string(),
  person: z.string(),
  documents: z.array(givenDocumentShape),
  grantedAt: instant.nullable(),
  until: instant,
  withdrawnAt: instant.nullable(),
  reason: nullableText,
  standing: standingShape,
  looks: z.array(z.strictObject({ at: instant, title: z.string() })),
});
export type GrantView = z.infer<typeof grantShape>;

export const surveyQuestionShape = z.strictObject({
  id: z.string(),
  type: z.enum(['scale', 'yes-no', 'text']),
  kk: z.string(),
  ru: z.string(),
});
export type SurveyQuestionView = z.infer<typeof surveyQuestionShape>;
const surveyShape = z.strictObject({
  id: z.string(),
  step: z.string(),
  questionSet: z.string(),
  askedAt: instant,
  standing: standingShape,
  answeredAt: instant.nullable(),
  answers: z.array(z.strictObject({ question: surveyQuestionShape, value: z.union([z.number(), z.boolean(), z.string()]) })),
});
export type SurveyView = z.infer<typeof surveyShape>;

/** One question over all answers. `mean`: of a scale from 1 to 5, or the share of yes from 0 to 1; null for words. */
export const surveySumShape = z.strictObject({
  questionSet: z.string(),
  question: surveyQuestionShape,
  count: z.number(),
  mean: z.number().nullable(),
  /** Words of the filers, newest first, without names. */
  texts: z.array(z.string()),
});
export type SurveySum = z.infer<typeof surveySumShape>;

export const proceedingsShape = z.strictObject({
  filingId: z.string(),
  hearings: z.array(hearingShape),
  /** Those who can be told, with the channels that lead to them, best first. */
  people: z.array(
    z.strictObject({
      name: z.string(),
      side: z.string(),
      filingId: nullableText,
      channels: z.array(channel),
      phone: nullableText,
      email: nullableText,
    }),
  ),
  judges: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  deliveries: z.array(deliveryShape),
  isRequest: z.boolean(),
  fulfilment: z
    .strictObject({ documents: z.array(givenDocumentShape), note: nullableText, at: instant, standing: standingShape })
    .nullable(),
  grants: z.array(grantShape),
  /** What stands in the case file; only what the registry has confirmed can be opened. */
  caseFile: z.array(givenDocumentShape.extend({ standing: standingShape })),
  surveys: z.array(surveyShape),
  questionSets: z.array(z.string()),
  /** Where the last hearing of this court was held; what a new one begins with. */
  lastPlace: nullableText,
  allowed: z.array(z.enum(['hearing', 'fulfil', 'grant', 'survey'])),
});
export type Proceedings = z.infer<typeof proceedingsShape>;

/** A hearing in the list of a day. */
export const dayHearingShape = z.strictObject({
  id: z.string(),
  filingId: nullableText,
  label: z.string(),
  parties: z.string(),
  startsAt: instant,
  room: nullableText,
  place: z.string(),
  judge: nullableText,
  mode: z.enum(['in-person', 'video']),
  cancelled: z.boolean(),
  standing: standingShape,
});
export type DayHearing = z.infer<typeof dayHearingShape>;
export const hearingDayShape = z.strictObject({ day: z.string(), isCourtDay: z.boolean(), hearings: z.array(dayHearingShape) });
export type HearingDay = z.infer<typeof hearingDayShape>;
