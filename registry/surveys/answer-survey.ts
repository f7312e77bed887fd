import { isDeepStrictEqual } from 'node:util';
import type { CabinetSurvey, SurveyAnswered, SurveyAnswerRequest, SurveyQuestion } from '../../shared/registry/index.ts';
import { lockCourt } from '../courts/lock-court.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import type { Sql } from '../store/database.ts';
import { QUESTION_SETS } from './question-sets.ts';

type SurveyRow = {
  id: string;
  step: string;
  question_set: string;
  asked_at: string;
  answers: SurveyAnswerRequest['answers'] | null;
  answered_at: string | null;
};

const questionsOf = ({ question_set }: SurveyRow): readonly SurveyQuestion[] => QUESTION_SETS[question_set] ?? [];
const toSurvey = (row: SurveyRow): CabinetSurvey => ({
  id: row.id,
  step: row.step,
  askedAt: row.asked_at,
  answeredAt: row.answered_at,
  questions: [...questionsOf(row)],
});

export async function readSurveys(sql: Sql, filing: string): Promise<CabinetSurvey[]> {
  const rows = await sql.query<SurveyRow>('SELECT * FROM survey WHERE filing = $1 ORDER BY asked_at, id', [filing]);
  return rows.map(toSurvey);
}

/** Takes the filer's answers once and tells the court. The same answers again are answered as the first time. */
export function answerSurvey(
  registry: Registry,
  filing: { readonly id: string; readonly court: string },
  surveyId: string,
  { answers }: SurveyAnswerRequest,
): Promise<Outcome<CabinetSurvey>> {
  return registry.db.transaction(async (sql) => {
    await lockCourt(sql, filing.court);
    const [survey] = await sql.query<SurveyRow>('SELECT * FROM survey WHERE id = $1 AND filing = $2', [surveyId, filing.id]);
    if (!survey) return refuse('not-found');
    if (!fit(questionsOf(survey), answers)) return refuse('input-invalid');
    if (survey.answers !== null) return isDeepStrictEqual(survey.answers, answers) ? done(toSurvey(survey)) : refuse('survey-answered');
    const now = registry.clock();
    await sql.query('UPDATE survey SET answers = $2::jsonb, answered_at = $3 WHERE id = $1', [surveyId, JSON.stringify(answers), now]);
    const { step, question_set: questionSet } = survey;
    const data: SurveyAnswered = { surveyId, filingId: filing.id, step, questionSet, answers, answeredAt: now };
    await appendToFeed(sql, { court: filing.court, kind: 'survey.answered', subject: surveyId, at: now, data });
    return done(toSurvey({ ...survey, answers, answered_at: now }));
  });
}

const VALUE_TYPES = { scale: 'number', 'yes-no': 'boolean', text: 'string' } as const;

/** Each question is answered once at most, in its own way; only words may be left out. */
function fit(questions: readonly SurveyQuestion[], answers: SurveyAnswerRequest['answers']): boolean {
  const given = new Map(answers.map((answer) => [answer.question, answer.value]));
  return (
    given.size === answers.length &&
    [...given.keys()].every((id) => questions.some((question) => question.id === id)) &&
    questions.every(({ id, type }) => (given.has(id) ? typeof given.get(id) === VALUE_TYPES[type] : type === 'text'))
  );
}
