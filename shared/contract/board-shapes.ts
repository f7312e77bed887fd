/** The board of the head of office. Instants are UTC ISO strings, days `YYYY-MM-DD` in the court's own time, both ends of a span inclusive. */
import { z } from 'zod';
import { BOARD_PERIODS, BOARD_SCOPES, BOARD_SPLITS } from '../domain/board-figures.ts';

const day = z.iso.date();
const daysShape = z.strictObject({ from: day, until: day });

/** Minutes of working time are whole; null where nothing was registered. */
const figures = {
  arrived: z.number(),
  registered: z.number(),
  waiting: z.number(),
  overdue: z.number(),
  dueToday: z.number(),
  dueNext: z.number(),
  median: z.number().nullable(),
  ninetieth: z.number().nullable(),
};
export const figuresShape = z.strictObject(figures);
export type Figures = z.infer<typeof figuresShape>;

/** One line of a breakdown; `value` null: no such thing is said of these filings. `name` of a person. */
export const splitLineShape = z.strictObject({ value: z.string().nullable(), name: z.string().nullable(), figures: figuresShape });
export type SplitLine = z.infer<typeof splitLineShape>;

export const boardShape = z.strictObject({
  asOf: z.string(),
  /** What is counted: the filings of the office, or those of the person who asks. */
  scope: z.enum(BOARD_SCOPES),
  me: z.string(),
  today: day,
  /** What is counted as arrived, as registered and as time to register lies in these days. */
  days: daysShape,
  /** The next working day, with the days off before it. */
  next: daysShape,
  arrivedToday: z.number(),
  registeredToday: z.number(),
  whole: figuresShape,
  splits: z.partialRecord(z.enum(BOARD_SPLITS), z.array(splitLineShape)),
  /** Null while it is too early to tell, and on days off. */
  forecast: z
    .strictObject({
      overdue: z.number(),
      willRegister: z.number(),
      willArrive: z.number(),
      registeredToday: z.number(),
      minutesWorked: z.number(),
      minutesLeft: z.number(),
    })
    .nullable(),
  /** Arrivals by hour of the day, weekday 1 is Monday; hours without any are left out. */
  hours: z.strictObject({
    days: daysShape,
    cells: z.array(z.strictObject({ weekday: z.number(), hour: z.number(), arrived: z.number() })),
  }),
  /** From Monday on, the oldest first; the last one is not over. */
  weeks: z.array(z.strictObject({ days: daysShape, arrived: z.number(), registered: z.number() })),
});
export type Board = z.infer<typeof boardShape>;

export const boardQuestionShape = z.strictObject({ period: z.enum(BOARD_PERIODS) });
