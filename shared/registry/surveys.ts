/** Short surveys of those who had to do with the court, tied to a filing and a step of its way. */
import { z } from 'zod';
import { idSchema, instantSchema, textSchema } from './values.ts';

export const surveyCommands = {
  'survey.ask': z.strictObject({
    surveyId: idSchema,
    filingId: idSchema,
    step: z.string().min(1).max(60),
    questionSet: z.string().min(1).max(60),
  }),
} as const;

/** Feed kind `survey.asked`. */
export const surveyAskedSchema = z.looseObject({
  surveyId: idSchema,
  filingId: idSchema,
  step: textSchema(60),
  questionSet: textSchema(60),
  askedAt: instantSchema,
});
export type SurveyAsked = z.infer<typeof surveyAskedSchema>;

export const surveyQuestionSchema = z.looseObject({
  id: textSchema(60),
  /** `scale`: a whole number from 1 (bad) to 5 (good); `yes-no`; `text`: words of the filer, which may be left out. */
  type: z.enum(['scale', 'yes-no', 'text']),
  kk: textSchema(1000),
  ru: textSchema(1000),
});
export type SurveyQuestion = z.infer<typeof surveyQuestionSchema>;

/** The most that a filer's own words may have, UTF-16 code units. */
export const SURVEY_TEXT_LIMIT = 2000;
const answer = z.strictObject({
  question: textSchema(60),
  value: z.union([z.number().int().min(1).max(5), z.boolean(), z.string().max(SURVEY_TEXT_LIMIT)]),
});
export const surveyAnswerRequestSchema = z.strictObject({ answers: z.array(answer).min(1).max(50) });
export type SurveyAnswerRequest = z.infer<typeof surveyAnswerRequestSchema>;

/** Feed kind `survey.answered`. */
export const surveyAnsweredSchema = z.looseObject({
  surveyId: idSchema,
  filingId: idSchema,
  step: textSchema(60),
  questionSet: textSchema(60),
  answers: z.array(answer).max(50),
  answeredAt: instantSchema,
});
export type SurveyAnswered = z.infer<typeof surveyAnsweredSchema>;

/** The surveys of a filing, with their questions. */
export const cabinetSurveySchema = z.looseObject({
  id: idSchema,
  step: z.string(),
  askedAt: instantSchema,
  answeredAt: instantSchema.nullable(),
  questions: z.array(surveyQuestionSchema),
});
export type CabinetSurvey = z.infer<typeof cabinetSurveySchema>;
export const cabinetSurveysSchema = z.looseObject({ surveys: z.array(cabinetSurveySchema) });
export type CabinetSurveys = z.infer<typeof cabinetSurveysSchema>;
