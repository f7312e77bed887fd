import { ok, type Result } from '../../shared/result.ts';
import type { RegistryFilingState } from '../../shared/registry/index.ts';
import type { Desk } from './desk.ts';

type Difference = { readonly filing: string; readonly fact: string };
type Local = {
  id: string;
  state: string;
  flagged: number;
  incoming_number: string | null;
  case_number: string | null;
  joins_case: string | null;
  talon: string | null;
  /** 0 for what another desk registered: its papers are at that desk and at the registry. */
  here: 0 | 1;
};

/** Compares every filing of the desk with what the registry holds: state, numbers, talon and acts. No difference means both sides agree. */
export async function compareWithRegistry(desk: Desk): Promise<Result<{ filings: number; differences: Difference[] }>> {
  const remote = new Map<string, RegistryFilingState>();
  for (let after: string | null = null; ;) {
    const page = await desk.client.filingStates(after);
    if (!page.ok) return page;
    for (const f of page.value.filings) remote.set(f.id, f);
    after = page.value.nextAfter;
    if (after === null) break;
  }
  const local = desk.store.read.all<Local>(
    'SELECT f.id, f.state, f.flagged, f.incoming_number, f.case_number, f.joins_case, t.sha256 AS talon, t.filing_id IS NOT NULL AS here FROM filing f LEFT JOIN talon t ON t.filing_id = f.id',
  );
  const differences = local.flatMap((l) => differencesOf(desk, l, remote.get(l.id)));
  const known = new Set(local.map((l) => l.id));
  for (const id of remote.keys()) if (!known.has(id)) differences.push({ filing: id, fact: 'not-at-the-desk' });
  return ok({ filings: local.length, differences });
}

function differencesOf(desk: Desk, local: Local, remote: RegistryFilingState | undefined): Difference[] {
  if (!remote) return [{ filing: local.id, fact: 'not-in-the-registry' }];
  // opening a filing to look at it is the desk's own matter
  const state = local.state === 'checking' ? 'received' : local.state;
  // those that a judge signed at another desk are here as the registry told of them
  const acts = desk.store.read.all<{ id: string; sha256: string }>(
    `SELECT id, signed_sha256 AS sha256 FROM act WHERE filing_id = @id AND state <> 'draft' AND set_aside_at IS NULL
     UNION ALL SELECT id, sha256 FROM issued_act WHERE filing_id = @id AND id NOT IN (SELECT id FROM act WHERE filing_id = @id) ORDER BY id`,
    { id: local.id },
  );
  // the court has gone on elsewhere: what came of it is there
  const goneAside = desk.store.read.get('SELECT 1 FROM act WHERE filing_id = ? AND set_aside_at IS NOT NULL', local.id) !== undefined;
  const remoteActs = remote.acts.map(({ id, sha256 }) => ({ id, sha256 })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const ours = local.here === 1 || remote.incomingNumber === null;
  const facts: [string, boolean][] = [
    ['state', state === remote.state],
    ['flagged', local.incoming_number === null || (local.flagged === 1) === remote.flagged],
    ['incomingNumber', local.incoming_number === remote.incomingNumber],
    ['caseNumber', local.case_number === remote.caseNumber],
    ['joinsCase', local.joins_case === remote.joinsCase],
    ['talon', !ours || local.talon === (remote.talon?.sha256 ?? null)],
    ['acts', !ours || goneAside || JSON.stringify(acts) === JSON.stringify(remoteActs)],
  ];
  return facts.filter(([, same]) => !same).map(([fact]) => ({ filing: local.id, fact }));
}
