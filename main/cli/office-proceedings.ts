import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { hearingPlanShape, type HearingPlan, type HearingView, type Proceedings, type RecipientView } from '../../shared/contract/index.ts';
import { DELIVERY_CHANNELS, LIMITS, type GivenDocument } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { User } from '../core/index.ts';
import { listDispatches } from '../dispatch/index.ts';
import {
  askSurvey,
  cancelHearing,
  filingOf,
  fulfilRequest,
  grantCaseFile,
  hearingWarnings,
  issueSummons,
  keepDeliveries,
  readHearing,
  readProceedings,
  setHearing,
  summonedHere,
  sumSurveys,
  withdrawCaseFile,
} from '../proceedings/index.ts';
import { journalLook } from './acting-user.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall, OpenedDesk } from './office-call.ts';

// A command that was killed after it was done may be run again: what is there already in the same way is answered, not done twice.

const view = (desk: OpenedDesk, filingId: string): Result<Proceedings> => {
  const found = readProceedings(desk.store.read, desk.reference, { filingId, role: 'secretary', now: desk.config.clock() });
  return found === null ? fail('not-found') : ok(found);
};

/** Everything that goes on about a filing after its registration. */
export function showProceedings({ desk, id }: OfficeCall): Promise<Result<unknown>> {
  const now = view(desk, id);
  if (now.ok) journalLook(desk, 'filing.viewed', id);
  return Promise.resolve(now);
}

/** `hearing set FILING` sets one, or moves the one that `--hearing` names; `hearing cancel HEARING`. */
export function hearing(call: OfficeCall, user: User): Result<unknown> {
  const [verb, id, ...more] = call.rest;
  if (id === undefined || more.length > 0) throw new UsageError('hearing needs set FILING or cancel HEARING');
  if (verb === 'set') return set(call, user, id);
  if (verb !== 'cancel') throw new UsageError('hearing knows set and cancel');
  const reason = call.values.reason?.trim() || null;
  if (readHearing(call.desk.store.read, id)?.value.cancelledAt) return ok({ hearing: id, cancelled: true });
  const done = cancelHearing(call.desk.proceedings, { hearingId: id, reason, actor: user.id });
  return done.ok ? ok({ hearing: id, cancelled: true }) : done;
}

function set({ desk, values }: OfficeCall, user: User, filingId: string): Result<unknown> {
  const { read } = desk.store;
  if (!values.at || Number.isNaN(Date.parse(values.at)) || !values.place)
    throw new UsageError('hearing set needs --at INSTANT and --place TEXT');
  const before = values.hearing === undefined ? null : readHearing(read, values.hearing);
  if (values.hearing !== undefined && before === null) return fail('not-found');
  const now = view(desk, filingId);
  if (!now.ok) return now;
  const plan: HearingPlan = {
    startsAt: new Date(values.at).toISOString(),
    place: values.place,
    room: values.room ?? null,
    judgeId: values.judge ?? null,
    mode: values.link === undefined ? 'in-person' : 'video',
    link: values.link ?? null,
    recordingNote: values.recording ?? null,
    recipients: recipientsOf(now.value, values.to),
  };
  const parsed = hearingPlanShape.safeParse(plan);
  if (!parsed.success) return fail('input-invalid', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
  const { startsAt, room, judgeId } = plan;
  const warningsOf = (hearingId: string) =>
    hearingWarnings(read, desk.reference, { hearingId, startsAt, room, judgeId }).map(({ code }) => code);
  const same = now.value.hearings.find((known) => known.cancelledAt === null && isPlanned(known, parsed.data, values.hearing));
  if (same) return ok({ hearing: same.id, revision: same.revision, startsAt, warnings: warningsOf(same.id) });
  const moved = before && { id: before.value.hearingId, revision: before.value.revision };
  const done = setHearing(desk.proceedings, { filingId, hearing: moved, plan: parsed.data, actor: user.id });
  if (!done.ok) return done;
  const { hearingId } = done.value;
  return ok({ hearing: hearingId, revision: (moved?.revision ?? 0) + 1, startsAt, warnings: warningsOf(hearingId) });
}

const isPlanned = (known: HearingView, plan: HearingPlan, id: string | undefined): boolean =>
  (id === undefined || known.id === id) &&
  isDeepStrictEqual(plan, Object.fromEntries(Object.keys(plan).map((key) => [key, known[key as keyof HearingPlan]])));

/** Everybody by the first way that leads to them, or those named as `NAME` or `NAME=channel`. */
function recipientsOf({ people }: Proceedings, named: readonly string[] | undefined): RecipientView[] {
  const wanted = named?.map((text) => {
    const [name = '', channel] = text.split('=');
    return { name, channel };
  });
  return (wanted ?? people.map(({ name }) => ({ name, channel: undefined }))).map(({ name, channel }) => {
    const person = people.find((known) => known.name === name);
    const way = DELIVERY_CHANNELS.find((known) => known === channel) ?? person?.channels[0] ?? 'post';
    if (channel !== undefined && way !== channel) throw new UsageError(`a channel is one of ${DELIVERY_CHANNELS.join(', ')}`);
    return { name, channel: way, address: null, filingId: person?.filingId ?? null };
  });
}

/** Summons those who are told of the hearing, or those whom `--to` names. */
export async function summon({ desk, id, values }: OfficeCall, user: User): Promise<Result<unknown>> {
  const known = readHearing(desk.store.read, id);
  if (known === null) return fail('not-found');
  const filingId = filingOf(desk.store.read, known.value);
  const now = filingId === null ? null : view(desk, filingId);
  const told = known.value.recipients.map(({ name, channel, address, filingId: reads }) => ({
    ...{ name, channel, address: address ?? null, filingId: reads ?? null },
  }));
  const recipients = values.to === undefined || !now?.ok ? told : recipientsOf(now.value, values.to);
  const { revision } = known.value;
  const done = summonedHere(desk.store.read, { hearingId: id, revision });
  const before = recipients.flatMap(({ name }) => done.get(name) ?? []);
  const left = recipients.filter(({ name }) => !done.has(name));
  if (left.length === 0 && before.length > 0) return ok({ hearing: id, summonses: before });
  const issued = await issueSummons(desk.proceedings, { hearingId: id, revision, recipients: left, actor: user.id });
  return issued.ok ? ok({ hearing: id, summonses: [...before, ...issued.value.summonsIds] }) : issued;
}

/** Answers a request with files, a note or both. */
export async function answerRequest({ io, desk, id, values }: OfficeCall, user: User): Promise<Result<unknown>> {
  const documents: GivenDocument[] = [];
  for (const file of values.file ?? []) {
    const bytes = readChosen(path.resolve(io.cwd, file));
    if (!bytes.ok) return bytes;
    const kept = await desk.blobs.putBytes(bytes.value);
    if (!kept.ok) return kept;
    const fileName = path.basename(file);
    documents.push({ ...kept.value, title: path.parse(fileName).name || fileName, fileName });
  }
  const answered = { id, documents: documents.map(({ sha256, fileName }) => ({ fileName, sha256 })) };
  const given = view(desk, id);
  const before = given.ok ? given.value.fulfilment : null;
  if (before && isDeepStrictEqual([before.documents, before.note], [documents, values.note?.trim() || null])) return ok(answered);
  const done = fulfilRequest(desk.proceedings, { filingId: id, documents, note: values.note ?? null, actor: user.id });
  return done.ok ? ok(answered) : done;
}

function readChosen(file: string): Result<Uint8Array> {
  try {
    const bytes = readFileSync(file);
    return bytes.length > LIMITS.wireDocumentBytes ? fail('document-too-large') : ok(new Uint8Array(bytes));
  } catch {
    return fail('file-unreadable');
  }
}

/** Opens the whole case file, or the documents that `--document` names, to a person. */
export function openCaseFile({ desk, id, values }: OfficeCall, user: User): Result<unknown> {
  const [person, ...others] = values.to ?? [];
  if (person === undefined || others.length > 0 || !values.until || Number.isNaN(Date.parse(values.until)))
    throw new UsageError('grant needs --to NAME and --until INSTANT');
  const now = view(desk, id);
  if (!now.ok) return now;
  const atRegistry = now.value.caseFile.filter(({ standing }) => standing.state === 'confirmed');
  const documents = values.document ?? atRegistry.map(({ sha256 }) => sha256);
  const until = new Date(values.until).toISOString();
  const same = now.value.grants.find(
    (known) =>
      known.person === person &&
      known.until === until &&
      known.withdrawnAt === null &&
      isDeepStrictEqual(known.documents.map(({ sha256 }) => sha256).sort(), [...documents].sort()),
  );
  if (same) return ok({ id, grant: same.id, documents: documents.length, until });
  const done = grantCaseFile(desk.proceedings, { filingId: id, person, documents, until, actor: user.id });
  return done.ok ? ok({ id, grant: done.value.grantId, documents: documents.length, until }) : done;
}

export function closeCaseFile({ desk, id, values }: OfficeCall, user: User): Result<unknown> {
  const reason = values.reason?.trim();
  if (!reason) throw new UsageError('withdraw needs --reason TEXT');
  const done = withdrawCaseFile(desk.proceedings, { grantId: id, reason, actor: user.id });
  return done.ok ? ok({ id: done.value.filingId, grant: id, withdrawn: true }) : done;
}

/** `survey ask FILING --set NAME` and `survey sums`. */
export function survey({ desk, rest, values }: OfficeCall, user: User): Result<unknown> {
  const [verb, id, ...more] = rest;
  if (verb === 'sums' && id === undefined) return ok(sumSurveys(desk.store.read, desk.reference));
  if (verb !== 'ask' || id === undefined || more.length > 0 || !values.set)
    throw new UsageError('survey needs ask FILING --set NAME, or sums');
  const now = view(desk, id);
  const same = now.ok ? now.value.surveys.find(({ questionSet }) => questionSet === values.set) : undefined;
  if (same) return ok({ id, survey: same.id });
  const done = askSurvey(desk.proceedings, { filingId: id, questionSet: values.set, actor: user.id });
  return done.ok ? ok({ id, survey: done.value.surveyId }) : done;
}

/** How people were told about a filing, and how far its acts are for each; without a line, as last heard. */
export async function deliveries({ desk, id }: OfficeCall): Promise<Result<unknown>> {
  const asked = await desk.client.deliveries(id);
  if (asked.ok) keepDeliveries(desk.store, asked.value);
  const now = view(desk, id);
  if (!now.ok) return now;
  journalLook(desk, 'filing.viewed', id);
  const { acts } = listDispatches(desk.store.read, { judgeId: null, filingId: id }, 'all');
  const dispatches = acts.map(({ actId, issued, recipients }) => ({ act: actId, issued, recipients }));
  return ok({ id, live: asked.ok, deliveries: now.value.deliveries, dispatches });
}
