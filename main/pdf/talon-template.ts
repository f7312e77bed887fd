import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Words that every layout of the talon has, each in both languages. */
const TALON_WORD_KEYS = [
  ...['title', 'training', 'copy', 'courtCode', 'incomingNumber', 'caseNumber', 'joinsCase', 'cabinetNumber', 'channel'],
  ...[
    'onPaper',
    'sentAt',
    'receivedAt',
    'registeredAt',
    'zone',
    'kind',
    'applicant',
    'applicantId',
    'parties',
    'verdict',
    'duty',
    'dutyNumber',
  ],
  ...[
    'noDuty',
    'flagged',
    'flaggedText',
    'registeredBy',
    'files',
    'fileTitle',
    'pages',
    'listHash',
    'meaning',
    'dueAt',
    'registry',
    'follow',
  ],
  ...['qrHint', 'qrAlt', 'key', 'checkAt'],
] as const;

const wordsSchema = z.strictObject({ kk: z.string().trim().min(1).max(400), ru: z.string().trim().min(1).max(400) });
const distinct = <T>(values: readonly T[]) => new Set(values).size === values.length;
const orderOf = <const K extends readonly [string, ...string[]]>(names: K, most: number) =>
  z.array(z.enum(names)).max(most).refine(distinct, 'named twice');

const layoutSchema = z.strictObject({
  id: z.literal('talon'),
  version: z.string(),
  /** The large numbers from left to right; a number that the filing has not is left out. */
  numbers: orderOf(['incoming', 'case', 'cabinet'], 3).refine((numbers) => numbers.includes('incoming'), 'the incoming number is missing'),
  moments: orderOf(['cabinet', 'sent', 'received', 'registered'], 4).refine(
    (moments) => moments.includes('registered'),
    'the moment of registering is missing',
  ),
  rows: orderOf(['kind', 'applicant', 'parties', 'verdict', 'duty', 'flagged', 'registeredBy'], 7),
  /** Whether every file is listed with its hash. */
  files: z.boolean(),
  /** Sentences under the list, by name or in the court's own words. */
  foot: z.array(z.union([z.enum(['meaning', 'dueAt', 'registry', 'follow', 'qrHint']), wordsSchema])).max(8),
  /** Where the QR text can be checked in a browser; printed under the sentences. */
  checkAddress: z
    .url({ protocol: /^https?$/ })
    .max(120)
    .nullable(),
  words: z.strictObject(
    Object.fromEntries(TALON_WORD_KEYS.map((key) => [key, wordsSchema])) as Record<(typeof TALON_WORD_KEYS)[number], typeof wordsSchema>,
  ),
  verdicts: z.strictObject({ valid: wordsSchema, undecided: wordsSchema, invalid: wordsSchema, unsigned: wordsSchema }),
});

/** Which facts a talon shows, in which order and in which words. The QR code and what it says are no part of it. */
export type TalonLayout = z.infer<typeof layoutSchema>;
export type TalonLayoutRead = {
  readonly layout: TalonLayout;
  /** `court`: the court's own file; `product`: that of the program. */
  readonly from: 'court' | 'product';
  /** What is wrong with the court's own file, which is then not used: its first place that does not fit. */
  readonly problem: string | null;
};

/**
 * The layout of the court, `talon.json` in its folder of templates, else that of the program. A file that cannot be used never keeps a talon
 * from being drawn.
 */
export function readTalonLayout(resourcesDir: string, courtTemplatesDir: string | null): TalonLayoutRead {
  const product = () => layoutSchema.parse(JSON.parse(readFileSync(join(resourcesDir, 'templates', 'talon.json'), 'utf8')));
  const own = courtTemplatesDir === null ? null : join(courtTemplatesDir, 'talon.json');
  if (own === null || !existsSync(own)) return { layout: product(), from: 'product', problem: null };
  const read = readOwn(own);
  return typeof read === 'string' ? { layout: product(), from: 'product', problem: read } : { layout: read, from: 'court', problem: null };
}

function readOwn(file: string): TalonLayout | string {
  try {
    const parsed = layoutSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : (parsed.error.issues[0]?.path.join('.') ?? '') || 'talon.json';
  } catch {
    return 'talon.json';
  }
}
