import type { z } from 'zod';

/** A file of resources/reference that cannot be used. Its message names the file and the place in it, and holds no personal data. */
export class BrokenReference extends Error {
  readonly file: string;
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.name = 'BrokenReference';
    this.file = file;
  }
}

/** @throws BrokenReference when the text is no JSON or has another shape */
export function readLaw<S extends z.ZodType>(file: string, json: string, schema: S): z.output<S> {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (error) {
    throw new BrokenReference(file, error instanceof Error ? error.message : 'not JSON');
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BrokenReference(file, `${issue?.path.map(String).join('.') || 'the whole file'}: ${issue?.message ?? 'another shape'}`);
}
