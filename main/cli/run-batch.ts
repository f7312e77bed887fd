import { readFile } from 'node:fs/promises';
import { UsageError } from './cli-io.ts';

/** Requests that name files are relative to the file that lists them. */
export type AnswerOne<A> = (request: unknown) => Promise<{ readonly id: string; readonly answer: A }>;

/** Answers every request of a file in its order; one bad request never stops the rest. Exit 65 only when the list itself cannot be read. */
export async function runBatch<A extends object>(
  listFile: string,
  io: { readonly stdout: (text: string) => void },
  answerOne: AnswerOne<A>,
): Promise<number> {
  const requests = await readList(listFile);
  if (requests === null) {
    io.stdout(`${JSON.stringify({ file: listFile, error: { code: 'file-unreadable' } })}\n`);
    return 65;
  }
  const answers: ({ readonly id: string; readonly ms: number } & A)[] = [];
  for (const request of requests) {
    const started = performance.now();
    const { id, answer } = await answerOne(request);
    answers.push({ id, ms: Math.round((performance.now() - started) * 100) / 100, ...answer });
  }
  io.stdout(`${JSON.stringify(answers, null, 1)}\n`);
  return 0;
}

/** What holds for the whole command; everything else is said by each request, and would be passed over in silence here. */
const BESIDE_BATCH: readonly string[] = ['batch', 'json', 'offline', 'allow-host'];

/** Throws UsageError for files and options that a batch takes from its requests. */
export function refuseBesideBatch(positionals: readonly string[], values: Readonly<Record<string, unknown>>): void {
  if (positionals.length > 0) throw new UsageError('--batch takes its files from the requests');
  const named = (value: unknown) => (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false);
  const [refused] = Object.keys(values).filter((name) => !BESIDE_BATCH.includes(name) && named(values[name]));
  if (refused !== undefined) throw new UsageError(`--batch takes --${refused} from the requests`);
}

async function readList(file: string): Promise<unknown[] | null> {
  try {
    const list: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}
