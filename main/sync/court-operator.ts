import {
  administrationPageSchema,
  courtEntrySchema,
  courtListSchema,
  REGISTRY_PATHS,
  type AdministrationPage,
  type AdministrationQuestion,
  type Court,
  type CourtEntry,
  type CourtList,
} from '../../shared/registry/index.ts';
import type { Result } from '../../shared/result.ts';
import { askJson } from './ask.ts';

/** The operator's side of a registry. */
export type OperatorAccess = { readonly registryUrl: string; readonly adminToken: string };
const headersOf = ({ adminToken }: OperatorAccess) => ({ authorization: `Bearer ${adminToken}` });

/** Errors of all: `registry-unreachable`, `registry-refused` with the registry's code, such as `admin-token-wrong`. */
export const listCourts = (access: OperatorAccess): Promise<Result<CourtList>> =>
  askJson(access.registryUrl, REGISTRY_PATHS.courts, { method: 'GET', headers: headersOf(access) }, courtListSchema);

/** Adds a court, or gives it these names. */
export const keepCourt = (access: OperatorAccess, court: Court): Promise<Result<CourtEntry>> =>
  askJson(access.registryUrl, REGISTRY_PATHS.courts, { method: 'POST', headers: headersOf(access), json: court }, courtEntrySchema);

/** Error besides: `court-has-open-filings` of `revoke`. */
export const changeCourt = (access: OperatorAccess, code: string, change: 'revoke' | 'reinstate'): Promise<Result<CourtEntry>> =>
  askJson(
    access.registryUrl,
    `${REGISTRY_PATHS.courts}/${code}/${change}`,
    { method: 'POST', headers: headersOf(access) },
    courtEntrySchema,
  );

/** A page of what was changed of a court's people, workstations, rules and names, newest first. Error besides: `not-found` of the registry. */
export function courtJournal(
  access: OperatorAccess,
  code: string,
  question: Partial<AdministrationQuestion>,
): Promise<Result<AdministrationPage>> {
  const given = Object.entries(question).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]]));
  return askJson(
    access.registryUrl,
    `${REGISTRY_PATHS.courts}/${code}/journal?${new URLSearchParams(given)}`,
    { method: 'GET', headers: headersOf(access) },
    administrationPageSchema,
  );
}
