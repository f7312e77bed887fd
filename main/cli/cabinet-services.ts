import fs from 'node:fs';
import path from 'node:path';
import { paymentRequestSchema, surveyAnswerRequestSchema, type GivenDocument } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { writeFileAtomically } from '../store/index.ts';
import { openCabinetServices, type CabinetAccess, type CabinetServices } from '../sync/index.ts';
import { EXIT, printFailure, printJson, UsageError, type CliIo } from './cli-io.ts';

type Options = {
  readonly out: () => string;
  readonly json: boolean;
  readonly survey?: string | undefined;
  readonly answers?: string | undefined;
  readonly key?: string | undefined;
};

const VERBS: Readonly<Record<string, (services: CabinetServices, what: string, io: CliIo, options: Options) => Promise<Result<unknown>>>> =
  {
    async pay(services, what, io, { key }) {
      const payment = readJson(io, what, paymentRequestSchema);
      return payment.ok ? services.pay(payment.value, key ?? io.newId()) : payment;
    },
    hearings: (services, what) => services.hearings(what),
    async summonses(services, what, _io, { out }) {
      const dir = out();
      const read = await services.hearings(what);
      if (!read.ok) return read;
      const files: string[] = [];
      for (const { id } of read.value.hearings.flatMap(({ summonses }) => summonses)) {
        const pdf = await services.summons(what, id);
        if (!pdf.ok) return pdf;
        writeFileAtomically(path.join(dir, `summons-${id}.pdf`), pdf.value, 0o644);
        files.push(`summons-${id}.pdf`);
      }
      return ok(files);
    },
    async fulfilment(services, what, _io, { out }) {
      const dir = out();
      const read = await services.fulfilment(what);
      if (!read.ok) return read;
      const files = await writeDocuments(dir, read.value.documents, (sha256) => services.fulfilmentDocument(what, sha256));
      return files.ok ? ok({ fulfilledAt: read.value.fulfilledAt, note: read.value.note, files: files.value }) : files;
    },
    async 'case-file'(services, what, _io, { out }) {
      const dir = out();
      const read = await services.caseFile(what);
      return read.ok ? writeDocuments(dir, read.value.documents, (sha256) => services.caseFileDocument(what, sha256)) : read;
    },
    surveys: (services, what) => services.surveys(what),
    async answer(services, what, io, { survey, answers }) {
      if (survey === undefined || answers === undefined) throw new UsageError('answer needs --survey ID and --answers FILE');
      const given = readJson(io, answers, surveyAnswerRequestSchema);
      return given.ok ? services.answer(what, survey, given.value) : given;
    },
    check: (services, what) => services.check(what),
  };
export const SERVICE_VERBS: readonly string[] = Object.keys(VERBS);

/** What the court gives besides talon and acts; answers as JSON. */
export async function runCabinetService(verb: string, what: string, access: CabinetAccess, io: CliIo, options: Options): Promise<number> {
  const answer = await VERBS[verb]?.(openCabinetServices(access), what, io, options);
  if (!answer) throw new UsageError(`unknown verb ${verb}`);
  if (answer.ok) {
    printJson(io, answer.value);
    return EXIT.ok;
  }
  const code = printFailure(io, answer.error, options.json);
  return answer.error.code === 'file-unreadable' || answer.error.code === 'input-invalid' ? EXIT.unreadable : code;
}

/** Writes documents under their hash with the ending they came with; a name that the other side chose never becomes a path. */
async function writeDocuments(
  dir: string,
  documents: readonly GivenDocument[],
  read: (sha256: string) => Promise<Result<Uint8Array>>,
): Promise<Result<{ title: string; file: string }[]>> {
  const files: { title: string; file: string }[] = [];
  for (const { sha256, title, fileName } of documents) {
    const bytes = await read(sha256);
    if (!bytes.ok) return bytes;
    const file = `${sha256.slice(0, 16)}${/\.[a-z0-9]{1,5}$/i.exec(fileName)?.[0] ?? ''}`;
    writeFileAtomically(path.join(dir, file), bytes.value, 0o644);
    files.push({ title, file });
  }
  return ok(files);
}

function readJson<T>(
  io: CliIo,
  file: string,
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
): Result<T> {
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(path.resolve(io.cwd, file), 'utf8'));
  } catch {
    return fail('file-unreadable', { file });
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? ok(parsed.data) : fail('input-invalid', { field: file });
}
