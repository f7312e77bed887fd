import type { HearingWarning } from '../../shared/contract/index.ts';
import { courtDayOf, isCourtDay } from '../../shared/domain/court-day.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { hearingsBetween, labelOf } from './hearing-row.ts';

/** Hearings that begin less than this apart are taken to be at the same time. */
const SAME_TIME_MS = 30 * 60_000;

export type PlannedHearing = {
  /** The hearing that is moved: it is in nobody's way. */
  readonly hearingId: string | null;
  readonly startsAt: string;
  readonly room: string | null;
  readonly judgeId: string | null;
};

/** What a person should know before setting it; none of it forbids. */
export function hearingWarnings(read: Reading, reference: Reference, planned: PlannedHearing): HearingWarning[] {
  const { startsAt, room, judgeId, hearingId } = planned;
  const startMs = Date.parse(startsAt);
  const isOff = !isCourtDay(reference.calendarOn(courtDayOf(startsAt)), courtDayOf(startsAt));
  const around = hearingsBetween(
    read,
    new Date(startMs - SAME_TIME_MS + 1000).toISOString(),
    new Date(startMs + SAME_TIME_MS).toISOString(),
  );
  const others = around.filter(({ value }) => value.cancelledAt === null && value.hearingId !== hearingId);
  const sameRoom = (other: string | null) => room !== null && other?.trim().toLowerCase() === room.trim().toLowerCase();
  return [
    ...(isOff ? [{ code: 'day-off' as const, at: null, label: null }] : []),
    ...others.flatMap(({ value }) => {
      const clash = { at: value.startsAt, label: labelOf(read, value) };
      return [
        ...(judgeId !== null && value.judgeId === judgeId ? [{ code: 'judge-busy' as const, ...clash }] : []),
        ...(sameRoom(value.room) ? [{ code: 'room-busy' as const, ...clash }] : []),
      ];
    }),
  ];
}
