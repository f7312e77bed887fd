import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { DocumentType } from '../../shared/contract/index.ts';
import { TERM_UNITS, type TermUnit } from '../../shared/domain/term-end.ts';
import type { WorkingTime } from '../../shared/domain/working-time.ts';
import { surveyQuestionSchema } from '../../shared/registry/index.ts';
import { readCourtCalendars, type CalendarEdition } from './court-calendar.ts';
import { readActKinds, type ActKind } from './act-kinds.ts';
import { readDecisionRules, type DecisionRule } from './decision-rules.ts';
import { readDefectCodes, type DefectCode, type NoticeWords } from './defect-codes.ts';
import { readDispatchLadders, type DispatchLadder } from './dispatch-ladders.ts';
import { readFilingChecklists, type FilingChecklists } from './filing-checklists.ts';
import { readFilingForms, type FilingForms } from './filing-forms.ts';
import { readFilingKinds, type FilingKind, type KindRule } from './filing-kinds.ts';
import { readFindingRules, type FindingRules } from './finding-rules.ts';
import { readFairnessRules, type FairnessRules } from './fairness-rules.ts';
import { readLaw } from './read-law.ts';
import { readRetentionTerms, type RetentionTerms } from './retention-terms.ts';
import { readDutyLaw, type DutyLaw } from './state-duty-law.ts';
import { readWorkingHours } from './working-hours.ts';

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
export type KnownCourt = {
  readonly code: string;
  readonly nameKk: string;
  readonly nameRu: string;
  readonly regionKk: string;
  readonly regionRu: string;
  /** `appellate`, or `smas`: an administrative court. */
  readonly kind: string;
};

/** Law data of the office, read once from resources/reference. */
export type Reference = {
  documentTypes(): readonly DocumentType[];
  /** A kind or role by id; unknown ids come back under their own name with `known: false`. */
  documentType(id: string): DocumentType;
  kindRule(kind: string): KindRule | null;
  /** All of a kind of filing: its form, contents, terms, duty and what registering it does; null for an unknown id. */
  kind(id: string): FilingKind | null;
  /** The kinds of filings, in the order of the file. */
  kinds(): readonly FilingKind[];
  /** Members of a party and of a payment that a form asks for. */
  readonly forms: Pick<FilingForms, 'party' | 'payment'>;
  readonly checklists: FilingChecklists;
  readonly duty: DutyLaw;
  /** How grave a finding is, and what it rests on. */
  readonly findings: FindingRules;
  /** Defects that a clerk can mark, with the article they rest on and their words for court papers. */
  defectCodes(): readonly DefectCode[];
  /** How many days back a filing that was sent back is looked for when its sender files again. */
  resubmissionDays(): number;
  /** The words in which the filer is told of a proposal to the judge. */
  noticeWords(): NoticeWords;
  /** Court days of a term; null for an unknown id or another unit. */
  termCourtDays(deadlineId: string): number | null;
  /** Null for an unknown id. */
  term(id: string): Term | null;
  /** What a judge may decide under a procedure, by the edition in force at an instant. */
  decisionRules(procedure: string | null, at: string): readonly DecisionRule[];
  /** Kinds of acts beside the rulings that decide on a filing, by the edition in force at an instant. */
  actKinds(at: string): readonly ActKind[];
  /** Those of any edition, once. */
  knownActKinds(): readonly ActKind[];
  /** A kind of any edition. */
  actKind(id: string): ActKind | null;
  /** Courts that the office data knows; it does not know all of them. */
  courts(): readonly KnownCourt[];
  /** By which ways an act of this kind is sent, on a court day. */
  dispatchLadder(actKind: string, day: string): DispatchLadder;
  /** The questions to filers, by set. */
  surveySets(): readonly SurveySet[];
  /** The edition that counts on a court day. */
  calendarOn(day: string): CalendarEdition;
  /** Days and hours that are worked, by the editions that count on each. */
  readonly workingTime: WorkingTime;
  /** What the fairness ledger compares and points at, by the edition that counts on a court day. */
  fairnessOn(day: string): FairnessRules;
  /** How long a desk keeps what is personal, by the edition that counts on a day. */
  retentionOn(day: string): RetentionTerms;
  /** Type indexes for which numbers are leased. */
  caseTypeIndexes(): readonly string[];
};

/** @throws BrokenReference when a file has another shape or names what is nowhere: the program does not start with half of the law */
export function loadReference(resourcesDir: string): Reference {
  const folder = path.join(resourcesDir, 'reference');
  const file = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');
  const rows = parse<Record<string, string>>(file('document_types.csv'), { columns: true });
  const types = new Map(
    rows.map((r) => [r['id']!, { id: r['id']!, nameKk: r['name_kk']!, nameRu: r['name_ru']!, nameEn: r['name_en']!, known: true }]),
  );
  const proceedings = new Map(rows.map((r) => [r['id']!, (r['proceedings'] ?? '').split(',')]));
  const documentType = (id: string): DocumentType => types.get(id) ?? { id, nameKk: id, nameRu: id, nameEn: id, known: false };
  const defects = readDefectCodes(file('defect-codes.json'));
  const { deadlines } = readLaw('deadlines.json', file('deadlines.json'), deadlinesSchema);
  const { sets } = readLaw('survey-sets.json', file('survey-sets.json'), surveySetsSchema);
  const courtDays = new Map(deadlines.filter((d) => d.unit === 'working_day').map((d) => [d.id, d.value]));
  const terms = new Map(deadlines.map(({ id, kk, ru, value, unit, source }) => [id, { id, nameKk: kk, nameRu: ru, value, unit, source }]));
  const acts = readActKinds(file('act-kinds.json'), (id) => terms.has(id));
  const courts = parse<Record<string, string>>(file('courts_codes_seed.csv'), { columns: true }).map((row) => ({
    code: row['court_code4']!,
    nameKk: row['name_kk']!,
    nameRu: row['name_ru']!,
    regionKk: row['region_kk']!,
    regionRu: row['region_ru']!,
    kind: row['kind']!,
  }));
  const editions = fs.readdirSync(folder).filter((name) => /^state_duty_.*\.json$/.test(name));
  const duty = readDutyLaw(
    Object.fromEntries(editions.map((name) => [name, file(name)])),
    file('duty-rules.json'),
    parse<{ valid_from: string; mci_kzt: string }>(file('mci.csv'), { columns: true }),
  );
  const forms = readFilingForms(file('filing-forms.json'));
  const checklists = readFilingChecklists(file('filing_checklists.json'));
  const kinds = readFilingKinds(file('kind-rules.json'), {
    ...{ documentType, forms, checklists, duty },
    proceedings: (id) => proceedings.get(id) ?? [],
    term: (id) => terms.get(id) ?? null,
  });
  const calendarOn = readCourtCalendars(file('holidays.json'));
  return {
    documentTypes: () => [...types.values()],
    documentType,
    kindRule: (kind) => kinds.get(kind) ?? null,
    kind: (id) => kinds.get(id) ?? null,
    kinds: () => [...kinds.values()],
    forms: { party: forms.party, payment: forms.payment },
    checklists,
    duty,
    findings: readFindingRules(file('finding-rules.json')),
    defectCodes: () => defects.codes,
    resubmissionDays: () => defects.resubmissionDays,
    noticeWords: () => defects.notice,
    termCourtDays: (id) => courtDays.get(id) ?? null,
    term: (id) => terms.get(id) ?? null,
    decisionRules: readDecisionRules(file('decisions.json'), file('ruling_grounds.json')),
    actKinds: acts.inForce,
    knownActKinds: () => acts.all,
    actKind: acts.known,
    courts: () => courts,
    dispatchLadder: readDispatchLadders(file('dispatch-ladders.json')),
    surveySets: () => sets,
    calendarOn,
    workingTime: { calendarOn, hoursOn: readWorkingHours(file('working-hours.json')) },
    fairnessOn: readFairnessRules(file('fairness-rules.json')),
    retentionOn: readRetentionTerms(file('retention.json'), (id) => types.has(id)),
    caseTypeIndexes: () => [...new Set([...kinds.values()].flatMap((kind) => kind.typeIndex ?? []))].sort(),
  };
}
