import { giveWay, keyProtection } from '../store/index.ts';
import type { DeskCheck } from './check-parts.ts';

const MAX_CLOCK_SKEW_MS = 60_000;

export const profileCheck: DeskCheck = ({ mode, court }) => ({ state: 'ok', facts: { mode, court }, detail: `${mode}, court ${court}` });

/** A real profile whose key lies open beside its data protects nobody. */
export const keyStoreCheck: DeskCheck = ({ profileDir, mode }) => {
  const kind = keyProtection(profileDir);
  if (!kind.ok) return { state: 'not-ok', reason: kind.error.code, detail: kind.error.code };
  const facts = { protection: kind.value };
  const open = kind.value === 'open';
  if (open && mode === 'real') return { state: 'not-ok', reason: 'key-open', facts, detail: 'the data key lies open' };
  return { state: 'ok', facts, detail: open ? 'open, as in every training profile' : `wrapped: ${kind.value}` };
};

/** Table by table, so that others are answered in between. */
export const databaseCheck: DeskCheck = async ({ read }) => {
  const tables = read.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'");
  for (const { name } of tables) {
    await giveWay();
    const [first] = read.all<{ quick_check: string }>('SELECT quick_check FROM pragma_quick_check(?)', name);
    if (first?.quick_check !== 'ok')
      return { state: 'not-ok', reason: 'database-damaged', facts: { tables: tables.length }, detail: `table ${name} is damaged` };
  }
  return { state: 'ok', facts: { tables: tables.length }, detail: 'opens with its key, integrity ok' };
};

export const journalCheck: DeskCheck = async ({ checkJournal }) => {
  const { entries, chain, brokenAt, accepted } = await checkJournal();
  const since = accepted === null ? '' : `, up to ${accepted.entries} accepted by ${accepted.by ?? 'a person'} on ${accepted.at}`;
  const detail = `${entries} entries, chain ${chain}${brokenAt === null ? '' : ` at ${brokenAt}`}${since}`;
  const facts = { entries, ...(accepted === null ? {} : { acceptedUpTo: accepted.entries }) };
  return chain === 'ok'
    ? { state: 'ok', facts, detail }
    : { state: 'not-ok', reason: 'journal-broken', facts: { ...facts, brokenAt: brokenAt ?? 0 }, detail };
};

export const registryCheck: DeskCheck = async ({ registry, mode: own }) => {
  const health = await registry.health();
  if (!health.ok) return { state: 'not-ok', reason: health.error.code, detail: health.error.code };
  const { mode } = health.value;
  if (mode === own) return { state: 'ok', facts: { mode }, detail: `answers, ${mode}` };
  return { state: 'not-ok', reason: 'registry-mode-mismatch', facts: { mode }, detail: `a ${mode} registry, this desk is ${own}` };
};

export const clockCheck: DeskCheck = async ({ registry }, { clock }) => {
  const health = await registry.health();
  if (!health.ok) return { state: 'not-applicable', reason: 'no-registry', detail: 'not compared: no registry' };
  const skewMs = Date.parse(clock()) - Date.parse(health.value.time);
  const facts = { seconds: Math.round(skewMs / 1000) };
  const detail = `${facts.seconds} s from the registry`;
  return Math.abs(skewMs) <= MAX_CLOCK_SKEW_MS ? { state: 'ok', facts, detail } : { state: 'not-ok', reason: 'clock-off', facts, detail };
};

export const scannerCheck: DeskCheck = async ({ scanners }) => {
  const found = await scanners.list();
  if (!found.ok)
    return found.error.code === 'scanner-unsupported'
      ? { state: 'not-applicable', reason: 'scanner-unsupported', detail: 'no SANE on this machine' }
      : { state: 'not-ok', reason: found.error.code, detail: found.error.code };
  const facts = { scanners: found.value.length };
  return found.value.length === 0
    ? { state: 'not-applicable', reason: 'no-scanner', facts, detail: 'no scanner' }
    : { state: 'ok', facts, detail: `${found.value.length} scanners` };
};
