import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Calendar } from '../../shared/domain/court-day.ts';
import type { DocumentType } from '../../shared/contract/index.ts';
import { TERM_UNITS, type TermUnit } from '../../shared/domain/term-end.ts';
import { surveyQuestionSchema } from '../../shared/registry/index.ts';
import { readDecisionRules, type DecisionRule } from './decision-rules.ts';
import { readDefectCodes, type DefectCode } from './defect-codes.ts';
import { readDispatchLadders, type DispatchLadder } from './dispatch-ladders.ts';

const kindRuleSchema = z.strictObject({
  registering: z.enum(['opens-case', 'joins-case', 'starts-request']),
  /** Type index of the case it opens. */
  typeIndex: z.string().nullable(),
  /** Id in deadlines.json; null when no term is known. */
  term: z.string().nullable(),
  /** The side that files it; `any` when either may. */
  filer: z.enum(['claimant', 'respondent', 'third-party', 'any']),
  duty: z.boolean(),
  /** The ruling that is drafted for the judge when it is registered without defects. */
  ruling: z.enum(['ruling-accept']).nullable(),
  /** Under which articles a ruling on it is worded; null where none is drafted. */
  procedure: z.enum(['civil', 'counterclaim', 'third-party-claim', 'administrative', 'court-order']).nullable(),
});
export type KindRule = z.infer<typeof kindRuleSchema>;
const kindRulesSchema = z.looseObject({ version: z.string(), kinds: z.record(z.string(), kindRuleSchema) });
const surveySetSchema = z.strictObject({ id: z.string(), step: z.string(), questions: z.array(surveyQuestionSchema.strict()) });
export type SurveySet = z.infer<typeof surveySetSchema>;
const surveySetsSchema = z.looseObject({ sets: z.array(surveySetSchema) });
const deadlineSchema = z.looseObject({
  id: z.string(),
  ru: z.string(),
  kk: z.string(),
  value: z.number(),
  unit: z.enum(TERM_UNITS),
  source: z.string(),
});
const deadlinesSchema = z.looseObject({ deadlines: z.array(deadlineSchema) });

/** A term of the law with its article. */
export type Term = {
  readonly id: string;
  readonly nameKk: string;
  readonly nameRu: string;
  readonly value: number;
  readonly unit: TermUnit;
  readonly source: string;
};
/** A court as the list of courts knows it; `code` has four digits. */
export type KnownCourt = { readonly code: string; readonly nameKk: string; readonly nameRu: string };

/** Law data of the office, read once from resources/reference. */
export type Reference = {
  documentTypes(): readonly DocumentType[];
  /** A kind or role by id; unknown ids come back under their own name with `known: false`. */
  documentType(id: string): DocumentType;
  kindRule(kind: string): KindRule | null;
  /** Defects that a clerk can mark, with the article they rest on and their words for court papers. */
  defectCodes(): readonly DefectCode[];
  /** How many days back a filing that was sent back is looked for when its sender files again. */
  resubmissionDays(): number;
  /** Court days of a term; null for an unknown id or another unit. */
  termCourtDays(deadlineId: string): number | null;
  /** Null for an unknown id. */
  term(id: string): Term | null;
  /** What a judge may decide under a procedure, by the edition in force at an instant. */
  decisionRules(procedure: string | null, at: string): readonly DecisionRule[];
  /** Courts that the office data knows; it does not know all of them. */
  courts(): readonly KnownCourt[];
  /** By which ways an act of this kind is sent, on a court day. */
  dispatchLadder(actKind: string, day: string): DispatchLadder;
  /** The questions to filers, by set. */
  surveySets(): readonly SurveySet[];
  readonly calendar: Calendar;
  /** Type indexes for which numbers are leased. */
  caseTypeIndexes(): readonly string[];
};

export function loadReference(resourcesDir: string): Reference {
  const file = (name: string) => fs.readFileSync(path.join(resourcesDir, 'reference', name), 'utf8');
  const rows = parse<Record<string, string>>(file('document_types.csv'), { columns: true });
  const types = new Map(
    rows.map((r) => [r['id']!, { id: r['id']!, nameKk: r['name_kk']!, nameRu: r['name_ru']!, nameEn: r['name_en']!, known: true }]),
  );
  const { kinds } = kindRulesSchema.parse(JSON.parse(file('kind-rules.json')));
  const defects = readDefectCodes(file('defect-codes.json'));
  const { deadlines } = deadlinesSchema.parse(JSON.parse(file('deadlines.json')));
  const { sets } = surveySetsSchema.parse(JSON.parse(file('survey-sets.json')));
  const courtDays = new Map(deadlines.filter((d) => d.unit === 'working_day').map((d) => [d.id, d.value]));
  const terms = new Map(deadlines.map(({ id, kk, ru, value, unit, source }) => [id, { id, nameKk: kk, nameRu: ru, value, unit, source }]));
  const courts = parse<Record<string, string>>(file('courts_codes_seed.csv'), { columns: true }).map((row) => ({
    code: row['court_code4']!,
    nameKk: row['name_kk']!,
    nameRu: row['name_ru']!,
  }));
  return {
    documentTypes: () => [...types.values()],
    documentType: (id) => types.get(id) ?? { id, nameKk: id, nameRu: id, nameEn: id, known: false },
    kindRule: (kind) => (Object.hasOwn(kinds, kind) ? kinds[kind]! : null),
    defectCodes: () => defects.codes,
    resubmissionDays: () => defects.resubmissionDays,
    termCourtDays: (id) => courtDays.get(id) ?? null,
    term: (id) => terms.get(id) ?? null,
    decisionRules: readDecisionRules(file('decisions.json'), file('ruling_grounds.json')),
    courts: () => courts,
    dispatchLadder: readDispatchLadders(file('dispatch-ladders.json')),
    surveySets: () => sets,
    calendar: readCalendar(file('holidays.json')),
    caseTypeIndexes: () => [...new Set(Object.values(kinds).flatMap((k) => k.typeIndex ?? []))].sort(),
  };
}

/** Every list of days off in the file counts, whatever the year and the confidence it is marked with. */
function readCalendar(json: string): Calendar {
  const lists = Object.entries(JSON.parse(json) as Record<string, unknown>).filter(([name]) => name.startsWith('days_off_'));
  return { daysOff: new Set(lists.flatMap(([, days]) => z.array(z.string()).parse(days))), workedWeekends: new Set() };
}
