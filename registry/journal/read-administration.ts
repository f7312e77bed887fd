import { createHash, X509Certificate } from 'node:crypto';
import type { Role } from '../../shared/domain/role.ts';
import type {
  AdministrationEntryMessage,
  AdministrationPage,
  AdministrationQuestion,
  AdministrationSide,
  AskAdministration,
} from '../../shared/registry/index.ts';
import { unfitUser } from '../commands/command-context.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { lackOfProof } from '../sessions/refuse-proof.ts';
import type { Sql } from '../store/database.ts';
import type { Workstation } from '../workstations/workstation.ts';
import type { KeptSide } from './administration-entries.ts';

/** Whoever answers for the court office sees what its administrators do. */
const READERS: readonly Role[] = ['admin', 'office-head'];

/** The entries of the workstation's own court, for an administrator or the head of office who is signed in there. */
export async function askAdministration(
  { db, mode, clock }: Pick<Registry, 'db' | 'mode' | 'clock'>,
  workstation: Workstation,
  asked: AskAdministration,
): Promise<Outcome<AdministrationPage>> {
  const lack =
    (await unfitUser(db, workstation.court, asked.actor, READERS)) ??
    (await lackOfProof(db, asked, { workstation, mode, now: clock(), needed: true, signedInNow: true }));
  return lack === null ? done(await readAdministration(db, workstation.court, asked.payload)) : refuse(lack);
}

type Row = Pick<AdministrationEntryMessage, 'at' | 'action' | 'subject'> & {
  position: string;
  byId: string | null;
  byName: string | null;
  workstationId: string | null;
  workstationName: string | null;
  before: KeptSide | null;
  after: KeptSide | null;
};

/** A page of a court's entries, newest first in the order in which they were made, whatever the clock said. */
export async function readAdministration(
  sql: Sql,
  court: string,
  { before, limit, from, until, action }: AdministrationQuestion,
): Promise<AdministrationPage> {
  const rows = await sql.query<Row>(
    `SELECT e.id::text AS position, e.at, e.action, e.subject, e.before, e.after,
       u.id AS "byId", u.name AS "byName", w.id AS "workstationId", w.name AS "workstationName"
     FROM administration_entry e LEFT JOIN court_user u ON u.id = e.by_user LEFT JOIN workstation w ON w.id = e.workstation
     WHERE e.court = $1 AND ($2::bigint IS NULL OR e.id < $2::bigint)
       AND ($3::text IS NULL OR e.at::timestamptz >= $3::text::timestamptz) AND ($4::text IS NULL OR e.at::timestamptz < $4::text::timestamptz)
       AND ($5::text IS NULL OR e.action = $5 OR split_part(e.action, '.', 1) = $5)
     ORDER BY e.id DESC LIMIT $6`,
    [court, before, from, until, action, limit + 1],
  );
  const entries = rows.slice(0, limit).map(toEntry);
  return { entries, nextBefore: rows.length > limit ? (entries.at(-1)?.position ?? null) : null };
}

const toEntry = ({ position, byId, byName, workstationId, workstationName, before, after, ...entry }: Row): AdministrationEntryMessage => ({
  ...entry,
  position: Number(position),
  by: byId === null ? null : { id: byId, name: byName ?? '' },
  workstation: workstationId === null ? null : { id: workstationId, name: workstationName ?? '' },
  before: before && toSide(before),
  after: after && toSide(after),
});

/** What is not named here stays where it is, whatever an older version has written. */
function toSide({
  name,
  iin,
  roles,
  certificates,
  active,
  nameKk,
  nameRu,
  offlineSignInDays,
  idleLockMinutes,
}: KeptSide): AdministrationSide {
  return {
    ...{ name, iin, active, ...(roles && { roles: [...roles] }), nameKk, nameRu, offlineSignInDays, idleLockMinutes },
    ...(certificates === undefined ? {} : { certificates: certificates.map(toCertificate) }),
  };
}

function toCertificate(pem: string): NonNullable<AdministrationSide['certificates']>[number] {
  try {
    const { raw, subject, validTo } = new X509Certificate(pem);
    const name = /^CN=(.*)$/m.exec(subject)?.[1] ?? subject;
    return { sha256: sha256Of(raw), name, validUntil: new Date(validTo).toISOString() };
  } catch {
    return { sha256: sha256Of(pem), name: '', validUntil: null };
  }
}

const sha256Of = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
