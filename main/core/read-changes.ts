import type { AdministrationChanges, AdministrationQuery } from '../../shared/contract/index.ts';
import { CHANGED_FIELDS, CHANGES_PAGE } from '../../shared/domain/administration-changes.ts';
import { endOfCourtDay, startOfCourtDay, type CourtDay } from '../../shared/domain/court-day.ts';
import { maskIdentifier } from '../../shared/domain/identifier.ts';
import type { AdministrationEntryMessage, AdministrationSide } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Desk } from './desk.ts';

type Line = AdministrationChanges['lines'][number];
type Value = Line['changes'][number]['after'];

/**
 * A page of what was changed of the court's people, workstations, rules and names, from the registry, which alone has the entries of all desks.
 * Errors: `role-not-allowed`, `user-inactive`, `session-over`, and those of the line.
 */
export async function readChanges(desk: Desk, actor: string, query: AdministrationQuery): Promise<Result<AdministrationChanges>> {
  const { newId, clock } = desk.config;
  const { before, from, until, about } = query;
  const payload = {
    ...{ before, limit: CHANGES_PAGE, action: about },
    from: from && startOfCourtDay(from),
    until: until && endOfCourtDay(until as CourtDay),
  };
  const answer = await desk.sessions.administrationEntries({
    ...{ id: newId(), kind: 'administration.read', schemaVersion: 1, subject: desk.profile.court.code, actor, at: clock(), payload },
  });
  if (!answer.ok) {
    const said = SAID.find((code) => code === answer.error.params?.['code']);
    return said ? fail(said) : answer;
  }
  const { entries, nextBefore } = answer.value;
  return ok({ lines: entries.map(toLine), nextBefore });
}

const SAID = ['role-not-allowed', 'user-inactive', 'session-over', 'proof-invalid', 'proof-missing'] as const;

function toLine({ position, at, by, workstation, action, before, after }: AdministrationEntryMessage): Line {
  const fields = CHANGED_FIELDS.filter((field) => !isSame(before?.[field], after?.[field]));
  return {
    ...{ position, at, action, by: by?.name ?? null, workstation: workstation?.name ?? null },
    added: before === null,
    about: after?.name ?? before?.name ?? null,
    changes: fields.map((field) => ({ field, before: valueOf(before, field), after: valueOf(after, field) })),
  };
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** IINs are masked as in the list of the people, and as there nobody needs them whole. */
function valueOf(side: AdministrationSide | null, field: (typeof CHANGED_FIELDS)[number]): Value {
  if (field === 'certificates') return side?.certificates?.map(({ name, validUntil }) => ({ name, validUntil })) ?? null;
  if (field === 'iin') return side?.iin ? maskIdentifier(side.iin) : null;
  return side?.[field] ?? null;
}
