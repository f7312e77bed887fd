import { endOfCourtDay } from '../../shared/domain/court-day.ts';
import { date, dateTime } from '../../shared/domain/kk-format.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import type { ReportLayout } from './report-layouts.ts';
import { SOURCES, type FieldType, type ReportPeriod, type Value } from './report-sources.ts';

export type ReportLanguage = 'kk' | 'ru';

/** One value of a report: as it is read, and as it is counted or calculated with. */
export type Cell = { readonly text: string; readonly number: number | null; readonly instant: string | null };
export type Report = {
  readonly id: string;
  readonly title: string;
  readonly language: ReportLanguage;
  readonly orientation: 'portrait' | 'landscape';
  readonly period: ReportPeriod;
  /** The field that it is broken down by; null: as the layout has it. */
  readonly by: { readonly field: string; readonly title: string } | null;
  /** The instant at which everything in it was read. */
  readonly asOf: string;
  readonly columns: readonly {
    readonly field: string;
    readonly title: string;
    readonly width: number;
    readonly type: 'text' | 'number' | 'instant' | 'day';
  }[];
  readonly rows: readonly (readonly Cell[])[];
  /** The filing that each row is about. */
  readonly filings: readonly (string | null)[];
  /** The sum of every column of numbers, by field. */
  readonly sums: Readonly<Record<string, number>>;
  /** How many rows have each value of a field; each adds up to the number of rows. */
  readonly breakdowns: readonly { readonly title: string; readonly counts: readonly { readonly name: string; readonly count: number }[] }[];
};

export type ReportWords = {
  /** A text of the window; the key itself where there is none. */
  readonly say: (key: string) => string;
  readonly kindName: (kind: string) => string;
};

type Making = {
  readonly reference: Reference;
  readonly period: ReportPeriod;
  readonly language: ReportLanguage;
  readonly asOf: string;
  readonly words: ReportWords;
  /** A field that the rows are put together by; one of `breakdownsOf`. */
  readonly by?: string | undefined;
};

/** The fields that a report can be broken down by. */
export const breakdownsOf = ({ source, breakdowns }: ReportLayout): readonly string[] => SOURCES[source]!.groups ?? breakdowns;

/** Reads a report from one moment of the store, in the words of its own language. */
export function makeReport(read: Reading, layout: ReportLayout, { reference, period, language, asOf, words, by }: Making): Report {
  const source = SOURCES[layout.source]!;
  const found = source.rows({ read, reference, period, now: asOf, by });
  const { groups } = source;
  const titleOf = (field: string) =>
    layout.columns.find((column) => column.field === field)?.[language] ?? words.say(`report.field.${field}`);
  const columns = columnsBy(layout, by, groups).map(({ field, width }) => ({
    ...{ field, width, title: titleOf(field), type: columnType(source.fields[field]!) },
  }));
  const rows = found.map((row) => ({
    filing: typeof row['filingId'] === 'string' ? row['filingId'] : null,
    ofField: (field: string) => toCell(row[field] ?? null, source.fields[field]!, words),
  }));
  const ordered = by === undefined || groups ? rows : inGroups(rows, ({ ofField }) => ofField(by).text);
  const counted = groups ? [] : by === undefined ? layout.breakdowns : [by];
  return {
    id: layout.id,
    title: layout[language],
    language,
    orientation: layout.orientation,
    period,
    by: by === undefined ? null : { field: by, title: titleOf(by) },
    asOf,
    columns,
    rows: ordered.map(({ ofField }) => columns.map(({ field }) => ofField(field))),
    filings: ordered.map(({ filing }) => filing),
    sums: Object.fromEntries(
      columns
        .filter(({ type }) => type === 'number')
        .map(({ field }) => [field, found.reduce((sum, row) => sum + Number(row[field] ?? 0), 0)]),
    ),
    breakdowns: counted.map((field) => ({ title: titleOf(field), counts: countBy(rows.map(({ ofField }) => ofField(field).text)) })),
  };
}

/** What the rows are put together by stands first. */
function columnsBy({ columns }: ReportLayout, by: string | undefined, groups: readonly string[] | undefined) {
  if (by === undefined) return columns;
  const own = columns.find(({ field }) => field === by);
  const rest = columns.filter(({ field }) => field !== by && !(groups?.includes(field) ?? false));
  return [{ field: by, width: own?.width ?? 20 }, ...rest];
}

/** The order of the breakdown, and within a group the one that was. */
function inGroups<T>(rows: readonly T[], groupOf: (row: T) => string): T[] {
  const places = new Map(countBy(rows.map(groupOf)).map(({ name }, at) => [name, at]));
  const place = (row: T) => places.get(groupOf(row) || NOTHING)!;
  return [...rows].sort((a, b) => place(a) - place(b));
}

const columnType = (type: FieldType): Report['columns'][number]['type'] =>
  type === 'number' || type === 'instant' || type === 'day' ? type : 'text';

function toCell(value: Value, type: FieldType, { say, kindName }: ReportWords): Cell {
  const nothing: Cell = { text: '', number: null, instant: null };
  if (value === null) return nothing;
  if (type === 'number') return { ...nothing, text: String(value), number: Number(value) };
  const text = String(value);
  if (type === 'instant') return { ...nothing, text: dateTime(text), instant: text };
  if (type === 'day') return { ...nothing, text: date(lastDayOf(text)), instant: lastDayOf(text) };
  if (type === 'yes-no') return { ...nothing, text: say(value ? 'report.yes' : 'report.no') };
  if (type === 'kind') return { ...nothing, text: kindName(text) };
  return { ...nothing, text: typeof type === 'object' ? wordOf(`${type.word}.${text}`, text, say) : text };
}

const wordOf = (key: string, id: string, say: ReportWords['say']): string => {
  const word = say(key);
  return word === key ? id : word;
};

/** A term that is over at 24:00 is shown by its last day. */
const lastDayOf = (dueAt: string): string => new Date(Date.parse(dueAt) - 1).toISOString();

/** What has no value is counted under this. */
const NOTHING = '–';

function countBy(texts: readonly string[]): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name: name || NOTHING, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** The instants a period spans, for file names and headings: `01.11.2026 – 30.11.2026`. */
export const sayPeriod = ({ from, until }: ReportPeriod): string =>
  `${date(new Date(Date.parse(endOfCourtDay(from)) - 1).toISOString())} – ${date(new Date(Date.parse(endOfCourtDay(until)) - 1).toISOString())}`;
