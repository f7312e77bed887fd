import path from 'node:path';
import { ok, fail, type Result } from '../../shared/result.ts';
import { acceptHistoryOf, checkHistory, journalExportParts, proveUser, wipeParts, type User } from '../core/index.ts';
import { exportJournal, readExpired, readJournal, whoSaw, wipeExpired } from '../journal/index.ts';
import { by, headOrAdmin } from './acting-user.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall } from './office-call.ts';

const LISTED = 1000;

/**
 * `journal check` walks the journal and, when the line is there, compares it with what was anchored and the feed with what was read.
 * `journal accept` lets an office head or administrator go on with what there is. `journal list`, `export` and `who-saw` are theirs too,
 * for they tell what everybody did.
 */
export async function journal(call: OfficeCall): Promise<Result<unknown>> {
  const verb = call.rest.join(' ');
  if (verb === 'check') return checkHistory(call.desk);
  if (verb === 'accept') return accept(call);
  const work = { list, export: save, 'who-saw': tellWhoSaw, expired: tellExpired, wipe }[verb];
  if (!work) throw new UsageError('journal knows check, accept, list, export, who-saw, expired and wipe');
  return by(headOrAdmin, work)(call);
}

const periodOf = ({ values }: OfficeCall) => ({ from: instant(values.from, '--from'), until: instant(values.until, '--until') });

function instant(text: string | undefined, option: string): string | undefined {
  if (text === undefined) return undefined;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new UsageError(`${option} needs an instant, such as 2026-11-01T00:00:00Z`);
  return at.toISOString();
}

function list(call: OfficeCall): Result<unknown> {
  const { actor, action, about: subject, number, text } = call.values;
  return ok(
    readJournal(call.desk.store.read, { ...periodOf(call), actor, action, subject, number, text }, { offset: 0, limit: LISTED }).lines,
  );
}

async function save(call: OfficeCall, user: User): Promise<Result<unknown>> {
  const { io, desk, values } = call;
  if (!values.out) throw new UsageError('journal export needs --out FILE');
  const file = path.resolve(io.cwd, values.out);
  const saved = await exportJournal(journalExportParts(desk), { file, actor: user.id, period: periodOf(call) });
  return saved.ok ? ok({ file: values.out, ...saved.value }) : saved;
}

/** The question is itself a look: it is in the journal, without the person's name or number. */
async function tellWhoSaw(call: OfficeCall, user: User): Promise<Result<unknown>> {
  const { desk, values } = call;
  if (!values.person?.trim()) throw new UsageError('journal who-saw needs --person IIN, BIN or NAME');
  const question = { person: values.person, ...periodOf(call) };
  const report = await desk.store.snapshot((read) => whoSaw(read, desk.config.resourcesDir, question));
  const details = { filings: report.filings.length };
  desk.store.write((tx) => tx.journal({ at: desk.config.clock(), actor: user.id, action: 'journal.person-asked', subject: null, details }));
  return ok(report);
}

/** What is beyond its term and would go. */
const tellExpired = async ({ desk }: OfficeCall): Promise<Result<unknown>> => {
  const expired = await readExpired(wipeParts(desk));
  return expired === null ? fail('nothing-expired') : ok(expired);
};

/** `journal wipe` needs the figures that `journal expired` told: nobody wipes what he has not seen. */
async function wipe({ desk, values }: OfficeCall, user: User): Promise<Result<unknown>> {
  const [entries, drafts, filings, reports = 0] = (values.number ?? '').split('/').map(Number);
  const told =
    entries !== undefined && drafts !== undefined && filings !== undefined && !Number.isNaN(entries + drafts + filings + reports);
  if (!values.reason?.trim() || !told)
    throw new UsageError('journal wipe needs --number ENTRIES/DRAFTS/FILINGS/REPORTS as journal expired told them, and --reason TEXT');
  return wipeExpired(wipeParts(desk), { actor: user.id, reason: values.reason.trim(), seen: { entries, drafts, filings, reports } });
}

async function accept({ io, desk, values }: OfficeCall): Promise<Result<unknown>> {
  if (!values.key || !values['pin-stdin'] || !values.reason?.trim())
    throw new UsageError('journal accept needs --key FILE.p12, --pin-stdin and --reason TEXT');
  const key = { kind: 'pkcs12', file: path.resolve(io.cwd, values.key) } as const;
  const user = await proveUser(desk, desk.tokenHost, key, { title: 'Kense', lines: [] });
  if (!user.ok) return user;
  if (!user.value.roles.some((role) => role === 'office-head' || role === 'admin')) return fail('role-not-allowed');
  const accepted = await acceptHistoryOf(desk, { actor: user.value.id, reason: values.reason.trim() });
  return accepted.ok ? ok({ accepted: true }) : accepted;
}
