/** The form by which a filing is taken on paper at the counter, as it is typed: every member is text, also where it is no good yet. */
import { isIdentifier } from './identifier.ts';

export const PAPER_SIDES = ['claimant', 'respondent', 'third-party'] as const;
export type PaperParty = {
  side: (typeof PAPER_SIDES)[number];
  type: 'person' | 'organisation';
  identifier: string;
  name: string;
  address: string;
  phone: string;
  email: string;
};
export type PaperForm = {
  kind: string;
  language: 'kk' | 'ru';
  category: string;
  claimValue: string;
  parties: PaperParty[];
  /** Null when nobody represents the filer. */
  representative: { identifier: string; name: string } | null;
  /** Null when no receipt was brought. */
  payment: { amount: string; date: string; number: string; payer: string; kbk: string } | null;
  case: string;
  /** What the kind of filing asks for besides, by the id of the field. */
  fields: Record<string, string>;
};

/** Types of fields that the form asks for as text, beside those that it has places of their own for. */
export const ASKED_TYPES = ['text', 'long-text', 'number', 'money', 'date', 'flag'] as const;
type AskedField = {
  id: string;
  nameKk: string;
  nameRu: string;
  nameEn: string;
  type: (typeof ASKED_TYPES)[number];
  required: boolean;
};
/** What a kind of filing asks of the form. */
export type PaperKind = {
  id: string;
  duty: boolean;
  /** It belongs to a case that is there already: `named` must be named, `may` may be, `none` opens its own. */
  case: 'none' | 'may' | 'named';
  fields: AskedField[];
};

export const newPaperParty = (side: PaperParty['side'], type: PaperParty['type'] = 'person'): PaperParty => ({
  ...{ side, type, identifier: '', name: '' },
  ...{ address: '', phone: '', email: '' },
});

export const emptyPaperForm = (): PaperForm => ({
  ...{ kind: '', language: 'kk', category: '', claimValue: '' },
  parties: [newPaperParty('claimant'), newPaperParty('respondent')],
  ...{ representative: null, payment: null, case: '', fields: {} },
});

/** What is wrong, by the path of the field; text key `paper.wrong.<code>`. */
export type PaperFault = { readonly field: string; readonly code: PaperFaultCode };
export const PAPER_FAULTS = [
  'kind',
  'missing',
  'number',
  'party',
  'name',
  'identifier',
  'identifier-needed',
  'amount',
  'day',
  'day-ahead',
  'receipt',
  'case',
  'email',
] as const;
export type PaperFaultCode = (typeof PAPER_FAULTS)[number];

/** Digits of a number that was typed or pasted with spaces, dots or dashes between them. */
export const bareDigits = (typed: string): string => typed.replaceAll(/[\s.\-–]/g, '');

/** `1 234 567,5` as `1234567.50`, tenge with two digits of tiyn; null for anything that is no sum, is not above zero, or has more than fifteen digits. */
export function readAmount(typed: string): string | null {
  const m = /^(\d{1,15})(?:[.,](\d{1,2}))?$/.exec(typed.replaceAll(/[\s\u00a0\u202f]/g, ''));
  if (!m) return null;
  const amount = `${m[1]!.replace(/^0+(?=\d)/, '')}.${(m[2] ?? '').padEnd(2, '0')}`;
  return /[1-9]/.test(amount) ? amount : null;
}

/** `21.11.2026` or `21112026` as `2026-11-21`; null when the calendar has no such day. */
export function readDay(typed: string): string | null {
  const m = /^(\d{1,2})[.,/ -](\d{1,2})[.,/ -](\d{4})$|^(\d{2})(\d{2})(\d{4})$/.exec(typed.trim());
  if (!m) return null;
  const iso = [m[3] ?? m[6]!, (m[2] ?? m[5]!).padStart(2, '0'), (m[1] ?? m[4]!).padStart(2, '0')].join('-');
  const day = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) ? iso : null;
}

/** In the order of the form. `kind` is null for a kind that the office data does not know; `today` is the court's day. */
export function faultsOf(form: PaperForm, kind: PaperKind | null, today: string): PaperFault[] {
  const faults: PaperFault[] = [];
  const fault = (field: string, code: PaperFaultCode) => faults.push({ field, code });
  if (kind === null) fault('kind', 'kind');
  if (form.claimValue.trim() !== '' && readAmount(form.claimValue) === null) fault('claimValue', 'amount');
  if (form.case.trim() === '' && kind?.case === 'named') fault('case', 'case');
  form.parties.forEach((party, i) => {
    const digits = bareDigits(party.identifier);
    if (digits === '' && i === 0) fault(`parties.${i}.identifier`, 'identifier-needed');
    else if (digits !== '' && !isIdentifier(digits)) fault(`parties.${i}.identifier`, 'identifier');
    if (party.name.trim() === '') fault(`parties.${i}.name`, i === 0 ? 'party' : 'name');
    if (party.email.trim() !== '' && !/^\S+@\S+\.\S+$/.test(party.email.trim())) fault(`parties.${i}.email`, 'email');
  });
  for (const { id, type, required } of kind?.fields ?? []) {
    const typed = form.fields[id]?.trim() ?? '';
    if (typed === '') {
      if (required && type !== 'flag') fault(`fields.${id}`, 'missing');
    } else if (type === 'money' && readAmount(typed) === null) fault(`fields.${id}`, 'amount');
    else if (type === 'date' && readDay(typed) === null) fault(`fields.${id}`, 'day');
    else if (type === 'number' && !/^\d{1,9}$/.test(typed)) fault(`fields.${id}`, 'number');
  }
  const { representative, payment } = form;
  if (representative) {
    if (representative.name.trim() === '') fault('representative.name', 'name');
    const digits = bareDigits(representative.identifier);
    if (digits !== '' && !isIdentifier(digits)) fault('representative.identifier', 'identifier');
  }
  if (payment) {
    if (readAmount(payment.amount) === null) fault('payment.amount', 'amount');
    const day = readDay(payment.date);
    if (day === null) fault('payment.date', 'day');
    else if (day > today) fault('payment.date', 'day-ahead');
    if (payment.number.trim() === '') fault('payment.number', 'receipt');
    const payer = bareDigits(payment.payer);
    if (payer !== '' && !isIdentifier(payer)) fault('payment.payer', 'identifier');
  }
  return faults;
}

const orNull = (typed: string): string | null => typed.trim() || null;

/** What a form without faults says, as a filing says it; court and documents are added by whoever takes it. */
export function readPaperForm(form: PaperForm, asked: PaperKind['fields'] = []) {
  const { kind, language, representative, payment } = form;
  const idOf = (typed: string, type: PaperParty['type']) =>
    type === 'person' ? { iin: orNull(bareDigits(typed)), bin: null } : { iin: null, bin: orNull(bareDigits(typed)) };
  return {
    kind,
    language,
    category: orNull(form.category),
    claimValue: readAmount(form.claimValue),
    parties: form.parties.map(({ side, type, identifier, name, address, phone, email }) => ({
      ...{ side, type, ...idOf(identifier, type), name: name.trim() },
      ...{ address: orNull(address), phone: orNull(phone), email: orNull(email) },
    })),
    representative: representative && { ...idOf(representative.identifier, 'person'), name: representative.name.trim() },
    payment: payment && {
      amount: readAmount(payment.amount) ?? '',
      date: readDay(payment.date) ?? '',
      number: payment.number.trim(),
      payerId: orNull(bareDigits(payment.payer)),
      kbk: orNull(payment.kbk),
    },
    case: orNull(form.case),
    ...(asked.length > 0 && {
      fields: Object.fromEntries(asked.flatMap((field) => readField(field, form.fields[field.id]?.trim() ?? ''))),
    }),
  };
}

function readField({ id, type }: PaperKind['fields'][number], typed: string): [string, string | number | boolean][] {
  if (type === 'flag') return [[id, typed === 'true']];
  if (typed === '') return [];
  if (type === 'money') return [[id, readAmount(typed) ?? '']];
  if (type === 'date') return [[id, readDay(typed) ?? '']];
  return [[id, type === 'number' ? Number(typed) : typed]];
}
