import path from 'node:path';
import type { DispatchPaper, DispatchStepView } from '../../shared/contract/index.ts';
import { LETTER_EVENTS } from '../../shared/registry/index.ts';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import { ok, type Result } from '../../shared/result.ts';
import { makeDispatchPaper, type User } from '../core/index.ts';
import { listDispatches, proposedRecipients, readDispatch, recordLetter, resendDispatch, sendDispatch } from '../dispatch/index.ts';
import { writeFileAtomically } from '../store/index.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall } from './office-call.ts';

const PAPERS: readonly DispatchPaper[] = ['letter', 'check', 'protocol', 'original'];
const isOf = <T extends string>(known: readonly T[], word: string): word is T => (known as readonly string[]).includes(word);

/** Judges see their own acts, the rest of the office all. */
const judgeOf = ({ id, roles }: User): string | null => (roles.includes('secretary') || roles.includes('office-head') ? null : id);

/**
 * `dispatch list`, `dispatch ACT`: sends a signed act to everybody whom the office data names, or to those of `--recipient NAME[=WAY[:ADDRESS][;WAY…]]`;
 * `dispatch again ACT --recipient …  --reason TEXT`, `dispatch letter ACT --recipient NAME --event handed-over|delivered|returned`,
 * `dispatch paper ACT --paper KIND --out FILE`. Whoever is being told already is left as he is, so a command that was killed may be run again.
 */
export async function dispatch(call: OfficeCall, user: User): Promise<Result<unknown>> {
  const { desk, rest } = call;
  const [first = '', second, ...more] = rest;
  if (first === 'list' && second === undefined)
    return ok(listDispatches(desk.store.read, { judgeId: judgeOf(user), filingId: null }, call.values.all ? 'all' : 'open').acts);
  const verb = isOf(['again', 'letter', 'paper'] as const, first) ? first : 'send';
  const actId = verb === 'send' ? first : second;
  if (actId === undefined || more.length > 0 || (verb === 'send' && second !== undefined))
    throw new UsageError('dispatch needs list, ACT, again ACT, letter ACT, or paper ACT');
  const seen = () => readDispatch(desk.store.read, desk.reference, { actId, now: desk.config.clock(), judgeId: judgeOf(user) });
  const before = seen();
  if (!before.ok) return before;
  const done = await (verb === 'send' ? send : verb === 'again' ? again : verb === 'letter' ? letter : paper)(
    call,
    user,
    actId,
    before.value,
  );
  if (!done.ok || verb === 'paper') return done;
  const after = seen();
  return after.ok ? ok({ act: actId, issued: after.value.act.issued, recipients: after.value.act.recipients }) : after;
}

type Seen = Extract<ReturnType<typeof readDispatch>, { ok: true }>['value'];
type Wanted = { readonly name: string; readonly ways: readonly { readonly channel: string; readonly address: string | null }[] };

/** `NAME`, `NAME=sms;post`, `NAME=sms:87010000001;post:Алматы, Абай 1`. */
function wantedOf({ values }: OfficeCall): Wanted[] {
  return (values.recipient ?? []).map((text) => {
    const cut = text.indexOf('=');
    const [name, ways] = cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
    return {
      name,
      ways: ways
        .split(';')
        .filter(Boolean)
        .map((way) => {
          const at = way.indexOf(':');
          return at < 0 ? { channel: way, address: null } : { channel: way.slice(0, at), address: way.slice(at + 1) };
        }),
    };
  });
}

/** The steps of the office data, or those that are named; what has no address of its own keeps the known one. */
function stepsOf({ ways }: Wanted, known: readonly DispatchStepView[]): DispatchStepView[] {
  if (ways.length === 0) return [...known];
  return ways.map(({ channel, address }) => {
    const step = known.find((one) => one.channel === channel);
    if (!isOf(['cabinet', 'push', 'sms', 'email', 'post'] as const, channel)) throw new UsageError(`no channel ${channel}`);
    return { channel, address: address ?? step?.address ?? null, waitHours: step?.waitHours ?? null };
  });
}

function send(call: OfficeCall, user: User, actId: string, { act, people }: Seen): Result<unknown> {
  const wanted = wantedOf(call);
  for (const { name } of wanted)
    if (![...people, ...act.recipients].some((known) => known.name === name)) throw new UsageError(`nobody of this case is named ${name}`);
  const named = wanted.flatMap((one) => {
    return people
      .filter(({ name }) => name === one.name)
      .flatMap((person) =>
        one.ways.length === 0
          ? proposedRecipients([{ ...person, proposed: true }])
          : [{ name: person.name, namesake: person.namesake, filingId: person.filingId, steps: stepsOf(one, person.steps) }],
      );
  });
  const recipients = wanted.length === 0 ? proposedRecipients(people) : named;
  if (recipients.length === 0) return ok(null);
  return sendDispatch(call.desk.dispatch, { actId, actor: user.id, recipients });
}

function oneOf(call: OfficeCall, { act }: Seen) {
  const [wanted, ...others] = wantedOf(call);
  const recipient = act.recipients.find(({ name }) => name === wanted?.name);
  if (!wanted || others.length > 0 || !recipient) throw new UsageError('needs --recipient NAME of somebody whom the act was sent to');
  return { wanted, recipient };
}

function again(call: OfficeCall, user: User, actId: string, seen: Seen): Result<unknown> {
  const { wanted, recipient } = oneOf(call, seen);
  const reason = call.values.reason?.trim();
  if (!reason) throw new UsageError('dispatch again needs --reason TEXT');
  const known = recipient.steps.flatMap((step) =>
    isOf(['cabinet', 'push', 'sms', 'email', 'post'] as const, step.channel) ? [{ ...step, channel: step.channel }] : [],
  );
  return resendDispatch(call.desk.dispatch, { actId, id: recipient.id, steps: stepsOf(wanted, known), reason, actor: user.id });
}

function letter(call: OfficeCall, user: User, actId: string, seen: Seen): Result<unknown> {
  const { recipient } = oneOf(call, seen);
  const { event = '', day, number } = call.values;
  if (!isOf(LETTER_EVENTS, event)) throw new UsageError(`dispatch letter needs --event ${LETTER_EVENTS.join('|')}`);
  if (day !== undefined && !/^\d{4}-\d\d-\d\d$/.test(day)) throw new UsageError('--day is YYYY-MM-DD');
  const on = day ?? courtDayOf(call.desk.config.clock());
  return recordLetter(call.desk.dispatch, { actId, id: recipient.id, event, day: on, number: number?.trim() || null, actor: user.id });
}

async function paper(call: OfficeCall, user: User, actId: string, seen: Seen): Promise<Result<unknown>> {
  const { io, desk, values } = call;
  const kind = values.paper ?? '';
  if (!isOf(PAPERS, kind) || !values.out) throw new UsageError(`dispatch paper needs --paper ${PAPERS.join('|')} and --out FILE`);
  const id = kind === 'letter' ? oneOf(call, seen).recipient.id : actId;
  const made = await makeDispatchPaper(desk, { paper: kind, id, madeBy: user.name, judgeId: judgeOf(user) });
  if (!made.ok) return made;
  const { sha256, size, filingId } = made.value;
  const bytes = await desk.blobs.readAll(sha256, size);
  if (!bytes) return { ok: false, error: { code: 'document-missing', next: 'retry-later' } };
  const at = desk.config.clock();
  desk.store.write((tx) =>
    tx.journal({ at, actor: user.id, action: 'dispatch.paper-saved', subject: filingId, details: { paper: kind, id } }),
  );
  writeFileAtomically(path.resolve(io.cwd, values.out), bytes, 0o600);
  return ok({ act: actId, paper: kind, file: values.out, sha256 });
}
