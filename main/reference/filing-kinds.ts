import { z } from 'zod';
import type { DocumentType } from '../../shared/contract/index.ts';
import type { ChecklistRow, FilingChecklists } from './filing-checklists.ts';
import type { FilingForms, FormField } from './filing-forms.ts';
import type { Term } from './load-reference.ts';
import { BrokenReference, readLaw } from './read-law.ts';
import type { DutyLaw, DutyRule } from './state-duty-law.ts';

const kindRuleSchema = z.strictObject({
  registering: z.enum(['opens-case', 'joins-case', 'starts-request']),
  /** Type index of the case it opens. */
  typeIndex: z.string().nullable(),
  /** Id in deadlines.json; null when no term is known. */
  term: z.string().nullable(),
  /** The side that files it; `any` when either may. */
  filer: z.enum(['claimant', 'respondent', 'third-party', 'any']),
  /** The ruling that is drafted for the judge when it is registered without defects. */
  ruling: z.enum(['ruling-accept']).nullable(),
  /** Under which articles a ruling on it is worded; null where none is drafted. */
  procedure: z.enum(['civil', 'counterclaim', 'third-party-claim', 'administrative', 'court-order']).nullable(),
  /** Id in filing-forms.json. */
  form: z.string(),
  /** Id in duty-rules.json; null where no state duty is due. */
  duty: z.string().nullable(),
  /** Sets of filing_checklists.json. */
  checklists: z.array(z.string()),
  /** `law`: a procedure before the court is always required; `agreement`: where a law or the parties' contract says so; null: never. */
  pretrial: z.enum(['law', 'agreement']).nullable(),
});
export type KindRule = z.infer<typeof kindRuleSchema>;
const kindRulesSchema = z.strictObject({
  version: z.string(),
  validFrom: z.iso.date(),
  source: z.string(),
  kinds: z.record(z.string(), kindRuleSchema),
});

/** A kind of filing that the cabinet sends: what it is called, asks for, costs, and does when it is registered. */
export type FilingKind = KindRule & {
  readonly id: string;
  readonly nameKk: string;
  readonly nameRu: string;
  readonly nameEn: string;
  /** Kinds of proceedings it belongs to: `civil`, `administrative`, `criminal`, `admin_offence`, `all`, `none`. */
  readonly proceedings: readonly string[];
  readonly fields: readonly FormField[];
  /** What its contents and annexes have to be, by article. */
  readonly contents: readonly ChecklistRow[];
  readonly decisionTerm: Term | null;
  readonly dutyRule: DutyRule | null;
};

export type KindSources = {
  readonly documentType: (id: string) => DocumentType;
  readonly proceedings: (id: string) => readonly string[];
  readonly forms: FilingForms;
  readonly checklists: FilingChecklists;
  readonly term: (id: string) => Term | null;
  readonly duty: DutyLaw;
};

/**
 * A kind is one entry here and its names in document_types.csv; the rest it shares with others by name.
 * @param json kind-rules.json
 * @throws BrokenReference also when an entry names what no file has
 */
export function readFilingKinds(json: string, sources: KindSources): ReadonlyMap<string, FilingKind> {
  const { kinds } = readLaw('kind-rules.json', json, kindRulesSchema);
  return new Map(
    Object.entries(kinds).map(([id, rule]) => {
      const need = <T>(value: T | null, what: string): T => {
        if (value === null) throw new BrokenReference('kind-rules.json', `kinds.${id}: ${what}`);
        return value;
      };
      const { nameKk, nameRu, nameEn, known } = sources.documentType(id);
      need(known || null, 'document_types.csv has no such id');
      if (rule.registering === 'opens-case') need(rule.typeIndex, 'a case that is opened needs a type index');
      return [
        id,
        {
          ...rule,
          ...{ id, nameKk, nameRu, nameEn },
          proceedings: sources.proceedings(id),
          fields: need(sources.forms.form(rule.form), `filing-forms.json has no form ${rule.form}`),
          contents: rule.checklists.flatMap((set) => need(sources.checklists.set(set), `filing_checklists.json has no set ${set}`)),
          decisionTerm: rule.term === null ? null : need(sources.term(rule.term), `deadlines.json has no term ${rule.term}`),
          dutyRule: rule.duty === null ? null : need(sources.duty.rule(rule.duty), `duty-rules.json has no rule ${rule.duty}`),
        },
      ];
    }),
  );
}
