import { z } from 'zod';
import { BrokenReference, readLaw } from './read-law.ts';

const FIELD_TYPES = [
  ...(['text', 'long-text', 'number', 'money', 'date', 'flag', 'language', 'case-number'] as const),
  ...(['iin', 'bin', 'kbk', 'phone', 'email', 'party', 'payment', 'duty-basis', 'duty-exemption'] as const),
] as const;
const named = { kk: z.string().min(1), ru: z.string().min(1), en: z.string().min(1) };
const fieldSchema = z.strictObject({
  ...named,
  type: z.enum(FIELD_TYPES),
  /** Member of the message that holds it; `fields`: the record of that name, under the field's id. */
  at: z.enum(['language', 'category', 'claimValue', 'case', 'parties', 'representative', 'payment', 'fields']),
  side: z.enum(['claimant', 'respondent', 'representative']).optional(),
  source: z.string().min(1),
});
const partSchema = z.strictObject({
  id: z.string().min(1),
  ...named,
  type: z.enum(FIELD_TYPES),
  required: z.boolean(),
  source: z.string().min(1),
  for: z.enum(['anyone', 'person', 'organisation']),
});
const formsSchema = z.strictObject({
  version: z.string(),
  validFrom: z.iso.date(),
  source: z.string(),
  fields: z.record(z.string(), fieldSchema),
  party: z.array(partSchema).min(1),
  payment: z.array(partSchema).min(1),
  forms: z.record(z.string(), z.array(z.strictObject({ field: z.string(), required: z.boolean() })).min(1)),
});

/** A field of the form of a filing, with its label and the article that asks for it. */
export type FormField = z.infer<typeof fieldSchema> & { readonly id: string; readonly required: boolean };
/** A member of a party or of a payment; `for` says of whom it is asked. */
export type FormPart = z.infer<typeof partSchema>;
export type FilingForms = {
  /** Null for an unknown form. */
  form(id: string): readonly FormField[] | null;
  readonly party: readonly FormPart[];
  readonly payment: readonly FormPart[];
};

/** @param json filing-forms.json @throws BrokenReference */
export function readFilingForms(json: string): FilingForms {
  const { fields, forms, party, payment } = readLaw('filing-forms.json', json, formsSchema);
  const read = new Map(
    Object.entries(forms).map(([id, rows]) => [
      id,
      rows.map(({ field, required }) => {
        const known = fields[field];
        if (!known) throw new BrokenReference('filing-forms.json', `forms.${id}: no field ${field}`);
        return { id: field, required, ...known };
      }),
    ]),
  );
  return { form: (id) => read.get(id) ?? null, party, payment };
}
