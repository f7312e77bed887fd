import { endOfCourtDay } from '../../shared/domain/court-day.ts';
import { date, dateTime } from '../../shared/domain/kk-format.ts';
import type { Reference } from '../reference/index.ts';
import type { Snapshot } from '../store/index.ts';
import type { ReportLayout } from './report-layouts.ts';
import type { ReportPeriod } from './report-period.ts';
import { SOURCES, type FieldType, type Value } from './report-sources.ts';

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

type Line = { readonly cells: readonly Cell[]; readonly filing: string | null };

/** Reads a report from one moment of the store, in the words of its own language, piece by piece. */
export async function makeReport(
  read: Snapshot,
  layout: ReportLayout,
  { reference, period, language, asOf, words, by }: Making,
): Promise<Report> {
  const source = SOURCES[layout.source]!;
  const { groups, fields } = source;
  const titleOf = (field: string) =>
    layout.columns.find((column) => column.field === field)?.[language] ?? words.say(`report.field.${field}`);
  const columns = columnsBy(layout, by, groups).map(({ field, width }) => ({
    ...{ field, width, title: titleOf(field), type: columnType(fields[field]!) },
  }));
  const counted = (groups ? [] : by === undefined ? layout.breakdowns : [by]).map((field) => ({ field, counts: createCounts() }));
  const sums = new Map(columns.filter(({ type }) => type === 'number').map(({ field }) => [field, 0]));
  // by the text of what they are put together by; all under one where they are not
  const lines = new Map<string, Line[]>();
  for await (const piece of source.rows({ read, reference, period, now: asOf, by }))
    for (const row of piece) {
      const cellOf = (field: string) => toCell(row[field] ?? null, fields[field]!, words);
      for (const { field, counts } of counted) counts.add(cellOf(field).text);
      for (const [field, sum] of sums) sums.set(field, sum + Number(row[field] ?? 0));
      const group = by === undefined || groups ? '' : cellOf(by).text || NOTHING;
      const filing = typeof row['filingId'] === 'string' ? row['filingId'] : null;
      const line = { cells: columns.map(({ field }) => cellOf(field)), filing };
      const own = lines.get(group);
      if (own) own.push(line);
      else lines.set(group, [line]);
    }
  const breakdowns = counted.map(({ field, counts }) => ({ title: titleOf(field), counts: counts.list() }));
  const order = by === undefined || groups ? [''] : breakdowns[0]!.counts.map(({ name }) => name);
  const ordered = order.flatMap((group) => lines.get(group) ?? []);
  return {
    id: layout.id,
    title: layout[language],
    language,
    orientation: layout.orientation,
    period,
    by: by === undefined ? null : { field: by, title: titleOf(by) },
    asOf,
    columns,
    rows: ordered.map(({ cells }) => cells),
    filings: ordered.map(({ filing }) => filing),
    sums: Object.fromEntries(sums),
    breakdowns,
  };
}

/** What the rows are put together by stands first. */
function columnsBy({ columns }: ReportLayout, by: string | undefined, groups: readonly string[] | undefined) {
  if (by === undefined) return columns;
  const own = columns.find(({ field }) => field === by);
  const rest = columns.filter(({ field }) => field !== by && !(groups?.includes(field) ?? false));
  return [{ field: by, width: own?.width ?? 20 }, ...rest];
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

/** How often each text was added, the most frequent first. */
function createCounts(): { add(text: string): void; list(): { name: string; count: number }[] } {
  const counts = new Map<string, number>();
  return {
    add: (text) => counts.set(text || NOTHING, (counts.get(text || NOTHING) ?? 0) + 1),
    list: () => [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
  };
}

/** The instants a period spans, for file names and headings: `01.11.2026 – 30.11.2026`. */
export const sayPeriod = ({ from, until }: ReportPeriod): string =>
  `${date(new Date(Date.parse(endOfCourtDay(from)) - 1).toISOString())} – ${date(new Date(Date.parse(endOfCourtDay(until)) - 1).toISOString())}`;
