import { readFile } from 'node:fs/promises';

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

async function readList(file: string): Promise<unknown[] | null> {
  try {
    const list: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}
