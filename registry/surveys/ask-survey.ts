import type { CommandAnswer, CommandPayload, SurveyAsked } from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import type { CommandContext } from '../commands/command-context.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { findWholeFiling } from '../filings/find-filing.ts';
import type { Registry } from '../http/context.ts';
import { tellSender } from '../notifications/tell-recipients.ts';
import { QUESTION_SETS } from './question-sets.ts';

/** Asks the sender of a filing how a step of its way went. */
export async function askSurvey(
  registry: Registry,
  context: CommandContext,
  { surveyId, filingId, step, questionSet }: CommandPayload<'survey.ask'>,
): Promise<CommandAnswer> {
  const { sql, workstation, now } = context;
  const { court } = workstation;
  const filing = await findWholeFiling(sql, court, filingId);
  if (!filing) return refused('not-found');
  if (!Object.hasOwn(QUESTION_SETS, questionSet)) return conflict('question-set-unknown');
  if ((await sql.query('SELECT 1 FROM survey WHERE id = $1', [surveyId])).length > 0) return conflict('survey-asked');
  await sql.query('INSERT INTO survey (id, filing, step, question_set, asked_at) VALUES ($1, $2, $3, $4, $5)', [
    surveyId,
    filingId,
    step,
    questionSet,
    now,
  ]);
  const data: SurveyAsked = { surveyId, filingId, step, questionSet, askedAt: now };
  await appendToFeed(sql, { court, kind: 'survey.asked', subject: surveyId, at: now, data });
  await tellSender(registry, sql, { court, kind: 'survey', subject: surveyId, filing, facts: {}, now });
  return applied(null);
}
