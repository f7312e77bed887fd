import type { SurveySum, SurveyView } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { CONFIRMED, standingOf } from '../sync/index.ts';
import type { ProceedingsParts } from './proceedings-parts.ts';

type Answer = { readonly question: string; readonly value: number | boolean | string };
type Row = {
  id: string;
  step: string;
  question_set: string;
  made_at: string | null;
  asked_at: string | null;
  command: string | null;
  answers: string | null;
  answered_at: string | null;
};

/**
 * Asks the sender of a registered filing how a step of its way went; each set once for a filing. Errors: `not-found`, `move-not-allowed`
 * before registration and when it was asked already, `input-invalid` for a set that is not known.
 */
export function askSurvey(
  parts: Pick<ProceedingsParts, 'store' | 'clock' | 'newId' | 'reference'>,
  { filingId, questionSet, actor }: { readonly filingId: string; readonly questionSet: string; readonly actor: string },
): Result<{ surveyId: string }> {
  const set = parts.reference.surveySets().find(({ id }) => id === questionSet);
  if (!set) return fail('input-invalid', { field: 'questionSet' });
  const at = parts.clock();
  return parts.store.write((tx) => {
    const filing = tx.get<{ state: string; registered_at: string | null }>(
      'SELECT state, registered_at FROM filing WHERE id = ?',
      filingId,
    );
    if (!filing) return fail('not-found');
    if (filing.registered_at === null) return fail('move-not-allowed', { state: filing.state });
    if (surveysOf(tx, parts.reference, filingId).some((asked) => asked.questionSet === questionSet))
      return fail('move-not-allowed', { state: 'asked' });
    const [surveyId, command] = [parts.newId(), parts.newId()];
    tx.run(
      'INSERT INTO survey (id, filing_id, step, question_set, made_at, command) VALUES (?, ?, ?, ?, ?, ?)',
      surveyId,
      filingId,
      set.step,
      questionSet,
      at,
      command,
    );
    tx.journal({ at, actor, action: 'survey.asked', subject: filingId, details: { survey: surveyId, questionSet } });
    const payload = { surveyId, filingId, step: set.step, questionSet };
    tx.outbox({ id: command, subject: filingId, kind: 'survey.ask', actor, at, uploads: [], payload });
    return ok({ surveyId });
  });
}

/** The surveys of a filing with what was answered, oldest first. */
export function surveysOf(read: Reading, reference: Reference, filingId: string): SurveyView[] {
  const rows = read.all<Row>('SELECT * FROM survey WHERE filing_id = ? ORDER BY coalesce(asked_at, made_at), id', filingId);
  return rows.flatMap((row) => {
    const sent = row.asked_at !== null || row.command === null ? CONFIRMED : standingOf(read, row.command);
    if (sent === 'withdrawn') return [];
    const { id, step, question_set: questionSet, answered_at: answeredAt } = row;
    const questions = reference.surveySets().find((set) => set.id === questionSet)?.questions ?? [];
    const given = row.answers === null ? [] : (JSON.parse(row.answers) as Answer[]);
    const answers = given.map(({ question, value }) => ({
      question: questions.find((known) => known.id === question) ?? { id: question, type: 'text' as const, kk: question, ru: question },
      value,
    }));
    return [{ id, step, questionSet, askedAt: row.asked_at ?? row.made_at ?? answeredAt ?? '', standing: sent, answeredAt, answers }];
  });
}

/** The most words of filers that are listed for one question. */
const TEXTS = 200;

/** Every question of every set over all filings of the court. Nobody is named. */
export function sumSurveys(read: Reading, reference: Reference): SurveySum[] {
  return reference.surveySets().flatMap(({ id: questionSet, questions }) => {
    const rows = read.all<{ answers: string }>(
      'SELECT answers FROM survey WHERE question_set = ? AND answers IS NOT NULL ORDER BY answered_at DESC, id',
      questionSet,
    );
    const all = rows.flatMap((row) => JSON.parse(row.answers) as Answer[]);
    return questions.map((question) => {
      const values = all.filter((answer) => answer.question === question.id).map(({ value }) => value);
      const numbers = values.map(Number);
      const mean = question.type === 'text' || values.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / values.length;
      const texts = question.type === 'text' ? values.map((value) => String(value).trim()).filter(Boolean) : [];
      return { questionSet, question, count: question.type === 'text' ? texts.length : values.length, mean, texts: texts.slice(0, TEXTS) };
    });
  });
}
