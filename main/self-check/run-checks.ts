import { CHECK_STEPS, DESK_STEPS, type CheckStep } from '../../shared/domain/self-check.ts';
import type { Check, CheckParts, DeskCheck, Finding, Outcome } from './check-parts.ts';
import { clockCheck, databaseCheck, journalCheck, keyStoreCheck, profileCheck, registryCheck, scannerCheck } from './desk-checks.ts';
import { crlCheck, ocspCheck, trustCheck, tspCheck } from './evidence-checks.ts';
import { certificateCheck, driverCheck, ncaLayerCheck, readerCheck, tokensCheck } from './key-checks.ts';
import { databaseModuleCheck, diskCheck, fontsCheck, printerCheck, runtimeCheck } from './machine-checks.ts';

const NO_PROFILE: Outcome = { state: 'not-applicable', reason: 'no-profile', detail: 'no profile was named' };
const ofDesk =
  (check: DeskCheck): Check =>
  (parts) =>
    parts.desk === null ? NO_PROFILE : check(parts.desk, parts);

const CHECKS: Readonly<Record<CheckStep, Check>> = {
  runtime: runtimeCheck,
  'database-module': databaseModuleCheck,
  fonts: fontsCheck,
  disk: diskCheck,
  profile: ofDesk(profileCheck),
  'key-store': ofDesk(keyStoreCheck),
  database: ofDesk(databaseCheck),
  journal: ofDesk(journalCheck),
  registry: ofDesk(registryCheck),
  clock: ofDesk(clockCheck),
  trust: ofDesk(trustCheck),
  crl: ofDesk(crlCheck),
  ocsp: ofDesk(ocspCheck),
  tsp: ofDesk(tspCheck),
  driver: driverCheck,
  reader: readerCheck,
  tokens: tokensCheck,
  certificate: certificateCheck,
  ncalayer: ncaLayerCheck,
  printer: printerCheck,
  scanner: ofDesk(scannerCheck),
};

const LIMIT_MS = 10_000;
/** What reads the whole store, or asks devices, may take longer. */
const LONGER_MS: Partial<Record<CheckStep, number>> = { database: 120_000, journal: 120_000, scanner: 30_000 };

/** Runs one step within its limit in time; one that does not answer, or falls, is not ok. */
export async function runCheck(step: CheckStep, parts: CheckParts): Promise<Finding> {
  const limitMs = parts.limitsMs?.[step] ?? LONGER_MS[step] ?? LIMIT_MS;
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'not-ok', reason: 'too-slow', detail: `no answer in ${limitMs / 1000} s` }), limitMs);
  });
  const looked = Promise.resolve()
    .then(() => CHECKS[step](parts))
    .catch((error: unknown): Outcome => {
      const code = (error as { code?: unknown } | null)?.code;
      return { state: 'not-ok', reason: 'unexpected', detail: typeof code === 'string' ? code : 'unexpected' };
    });
  const { state, reason = null, facts = {}, detail } = await Promise.race([looked, tooSlow]);
  clearTimeout(timer);
  return { step, state, reason, facts, detail };
}

/** Every step, one after the other; without a profile those of the machine alone. */
export async function runChecks(parts: CheckParts): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const step of CHECK_STEPS) if (parts.desk !== null || !DESK_STEPS.has(step)) findings.push(await runCheck(step, parts));
  return findings;
}
