import { strToU8, zipSync } from 'fflate';
import type { Reading } from '../store/index.ts';
import type { Finding } from './check-parts.ts';

/** Lines of what happened that go along, the newest. */
const MAX_LINES = 2_000;
/** What a fact may be to leave the office: a number or a code of the program. */
const CODE = /^[a-z0-9][a-z0-9.-]{0,40}$/i;

/** With the time at which the step was looked at, UTC ISO. */
export type FindingAt = Finding & { readonly at: string };

export type Diagnostics = {
  /** UTC ISO. */
  readonly at: string;
  readonly findings: readonly FindingAt[];
  readonly read: Reading;
  /** Faults of the program since it was started: time, channel, kind and place in the program, without their words. */
  readonly faults: readonly string[];
};

/**
 * A zip for whoever helps: results of the self-check, rows per table, and what happened when, by codes alone. No name, number, IIN, path or
 * free text goes along: neither the details of a step nor the actor, subject or details of an entry.
 */
export function packDiagnostics({ at, findings, read, faults }: Diagnostics): Uint8Array {
  const file = (value: unknown) => strToU8(`${JSON.stringify(value, null, 1)}\n`);
  return zipSync({
    'self-check.json': file({ at, findings: findings.map(withoutDetail) }),
    'counts.json': file(countRows(read)),
    'events.txt': strToU8(lastEvents(read).join('\n')),
    'faults.txt': strToU8(faults.join('\n')),
  });
}

function withoutDetail({ step, at, state, reason, facts }: FindingAt) {
  const safe = Object.entries(facts).filter(([, value]) => typeof value === 'number' || CODE.test(value));
  return { step, at, state, reason: reason !== null && CODE.test(reason) ? reason : null, facts: Object.fromEntries(safe) };
}

function countRows(read: Reading): Record<string, number> {
  const tables = read.all<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  );
  return Object.fromEntries(
    tables.map(({ name }) => [name, read.get<{ n: number }>(`SELECT COUNT(*) AS n FROM "${name.replaceAll('"', '""')}"`)!.n]),
  );
}

const lastEvents = (read: Reading): string[] =>
  read
    .all<{ at: string; action: string }>('SELECT at, action FROM journal ORDER BY seq DESC LIMIT ?', MAX_LINES)
    .reverse()
    .map(({ at, action }) => `${at} ${action}`);
