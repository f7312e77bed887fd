import type { DayHearing, HearingDay, HearingView, Proceedings } from '../../shared/contract/index.ts';
import { endOfCourtDay, isCourtDay, type CourtDay } from '../../shared/domain/court-day.ts';
import { isRequest } from '../../shared/domain/request-kind.ts';
import type { Role } from '../../shared/domain/role.ts';
import type { Recipient } from '../../shared/registry/index.ts';
import { readFiling } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { surveysOf } from './ask-survey.ts';
import { mayFulfil, readFulfilment } from './fulfil-request.ts';
import { filingOf, hearingsBetween, hearingsOf, labelOf, type KnownHearing } from './hearing-row.ts';
import { partiesInShort, summonsesOf } from './issue-summons.ts';
import { caseFileOf, grantsOf, toGiven } from './open-case-file.ts';
import { peopleOf } from './people-of.ts';
import { deliveriesAbout } from './read-deliveries.ts';

const DAY_MS = 24 * 3_600_000;
/** How far back the place of the last hearing is looked for. */
const PLACE_DAYS = 60;

/** Everything that goes on about a filing after its registration; null when the filing is unknown. `role` decides what is offered. */
export function readProceedings(
  read: Reading,
  reference: Reference,
  { filingId, role, now }: { readonly filingId: string; readonly role: Role; readonly now: string },
): Proceedings | null {
  const filing = readFiling(read, filingId);
  if (!filing) return null;
  const hearings = hearingsOf(read, filing).map((hearing) => toHearing(read, hearing));
  const surveys = surveysOf(read, reference, filingId);
  const acts = read.all<{ id: string }>(
    'SELECT id FROM act WHERE filing_id = ? UNION SELECT id FROM issued_act WHERE filing_id = ?',
    filingId,
    filingId,
  );
  const summonses = hearings.flatMap((hearing) => hearing.summonses);
  const subjects = [filingId, ...[...acts, ...hearings, ...summonses, ...surveys].map(({ id }) => id)];
  const answer = readFulfilment(read, filingId);
  const opener = filing.joinsCase === null ? null : filingOf(read, { filingId: null, caseNumber: filing.joinsCase });
  const openerFiling = opener === null || opener === filingId ? null : readFiling(read, opener);
  const people = [...peopleOf(filing.message, filingId), ...(openerFiling ? peopleOf(openerFiling.message, openerFiling.id) : [])];
  const registered = filing.registeredAt !== null;
  const clerk = role === 'secretary' || role === 'office-head';
  const allowed: Proceedings['allowed'] = [
    ...(registered && (clerk || role === 'judge') ? (['hearing'] as const) : []),
    ...(mayFulfil(read, filing) && (clerk || role === 'judge') ? (['fulfil'] as const) : []),
    ...(registered && (role === 'office-head' || role === 'judge') ? (['grant'] as const) : []),
    ...(registered && clerk ? (['survey'] as const) : []),
  ];
  return {
    filingId,
    hearings,
    people: people.filter((person, at) => people.findIndex(({ name }) => name === person.name) === at),
    judges: judgesOf(read),
    deliveries: deliveriesAbout(read, subjects),
    isRequest: isRequest(filing.kind),
    fulfilment: answer && {
      ...{
        documents: answer.value.documents.map(toGiven),
        note: answer.value.note,
        at: answer.value.fulfilledAt,
        standing: answer.standing,
      },
    },
    grants: grantsOf(read, filingId),
    caseFile: caseFileOf(read, filing),
    surveys,
    questionSets: reference
      .surveySets()
      .map(({ id }) => id)
      .filter((id) => !surveys.some(({ questionSet }) => questionSet === id)),
    lastPlace: lastPlace(read, now),
    allowed,
  };
}

const judgesOf = (read: Reading) =>
  read.all<{ id: string; name: string }>(
    "SELECT id, name FROM app_user WHERE active = 1 AND EXISTS (SELECT 1 FROM json_each(roles) WHERE value = 'judge') ORDER BY name, id",
  );

function lastPlace(read: Reading, now: string): string | null {
  const at = Date.parse(now);
  const around = hearingsBetween(read, new Date(at - PLACE_DAYS * DAY_MS).toISOString(), new Date(at + PLACE_DAYS * DAY_MS).toISOString());
  return around.findLast(({ value }) => value.cancelledAt === null)?.value.place ?? null;
}

const userName = (read: Reading, id: string | null) =>
  read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', id)?.name ?? null;

function toHearing(read: Reading, { value, standing, held }: KnownHearing): HearingView {
  const { hearingId: id, revision, startsAt, place, room, judgeId, mode, link, recordingNote, cancelledAt, cancelReason } = value;
  const told = standing.state === 'confirmed' || held === null ? null : held;
  return {
    ...{ id, revision, label: labelOf(read, value), startsAt, place, room, judgeId, mode, link, recordingNote, cancelledAt, cancelReason },
    judge: userName(read, judgeId),
    recipients: value.recipients.map(toRecipient),
    standing,
    held: told && { startsAt: told.startsAt, place: told.place, room: told.room, cancelledAt: told.cancelledAt },
    summonses: summonsesOf(read, id),
  };
}

const toRecipient = ({ name, channel, address, filingId }: Recipient): HearingView['recipients'][number] => ({
  ...{ name, channel, address: address ?? null, filingId: filingId ?? null },
});

/** The hearings of the court on one day, `YYYY-MM-DD`, by time. */
export function readHearingDay(read: Reading, reference: Reference, day: string): HearingDay {
  const until = endOfCourtDay(day as CourtDay);
  const from = new Date(Date.parse(until) - DAY_MS).toISOString();
  const hearings = hearingsBetween(read, from, until).map((hearing) => toDayHearing(read, hearing));
  return { day, isCourtDay: isCourtDay(reference.calendarOn(day), day as CourtDay), hearings };
}

function toDayHearing(read: Reading, { value, standing }: KnownHearing): DayHearing {
  const filingId = filingOf(read, value);
  const filing =
    filingId === null
      ? undefined
      : read.get<{ claimant: string; respondent: string | null }>('SELECT claimant, respondent FROM filing WHERE id = ?', filingId);
  const { hearingId: id, startsAt, room, place, mode, cancelledAt } = value;
  return {
    ...{ id, filingId, label: labelOf(read, value), startsAt, room, place, mode, standing },
    parties: filing ? partiesInShort(filing) : value.recipients.map(({ name }) => name).join(', '),
    judge: userName(read, value.judgeId),
    cancelled: cancelledAt !== null,
  };
}
