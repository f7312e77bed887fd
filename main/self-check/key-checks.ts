import { readCertificate } from '../signature/index.ts';
import type { ModuleFinding } from '../token/index.ts';
import type { Check, CheckParts, Outcome } from './check-parts.ts';

const DAY_MS = 24 * 3_600_000;
/** A new certificate takes about so long to get. */
const SOON_DAYS = 14;

const modulesOf = async ({ tokenHost }: CheckParts): Promise<readonly ModuleFinding[]> => {
  const found = await tokenHost.modules();
  return found.ok ? found.value : [];
};
const NO_MODULE: Outcome = {
  state: 'not-applicable',
  reason: 'no-driver',
  detail: 'no PKCS#11 module is installed; key files can be used',
};

export const driverCheck: Check = async (parts) => {
  const found = await modulesOf(parts);
  if (found.length === 0) return NO_MODULE;
  const failed = found.flatMap(({ module, sight }) => (sight.ok ? [] : [{ module, code: sight.error.code }]));
  const facts = { modules: found.length, failed: failed.length };
  return failed.length === 0
    ? { state: 'ok', facts, detail: found.map(({ module }) => module).join(', ') }
    : { state: 'not-ok', reason: failed[0]!.code, facts, detail: failed.map(({ module, code }) => `${module}: ${code}`).join(' | ') };
};

export const readerCheck: Check = async (parts) => {
  const found = await modulesOf(parts);
  if (found.length === 0) return NO_MODULE;
  const readers = Math.max(0, ...found.map(({ sight }) => (sight.ok ? sight.value.slots : 0)));
  const facts = { readers };
  return readers === 0
    ? { state: 'not-applicable', reason: 'reader-absent', facts, detail: 'no reader is connected' }
    : { state: 'ok', facts, detail: `${readers} readers` };
};

const PIN_STATE = { first: 'ok', low: 'entered wrongly before', final: 'last try', locked: 'locked' } as const;

/** The tokens in their readers; no PIN is asked for. */
export const tokensCheck: Check = async (parts) => {
  const found = await modulesOf(parts);
  if (found.length === 0) return NO_MODULE;
  const said = found.map(({ module, sight }) => {
    if (!sight.ok) return `${module}: ${sight.error.code}`;
    const each = sight.value.tokens.map(
      ({ label, tries, certificates }) => `${label}, ${certificates.length} keys, PIN ${PIN_STATE[tries]}`,
    );
    return `${module}: ${each.length === 0 ? 'no token' : each.join('; ')}`;
  });
  const detail = said.join(' | ');
  const tokens = found.flatMap(({ sight }) => (sight.ok ? sight.value.tokens : []));
  const fault = found.find(({ sight }) => !sight.ok && sight.error.code.startsWith('driver-'))?.sight;
  const facts = { tokens: tokens.length, keys: tokens.reduce((sum, { certificates }) => sum + certificates.length, 0) };
  if (fault && !fault.ok) return { state: 'not-ok', reason: fault.error.code, facts, detail };
  if (tokens.some(({ tries }) => tries === 'locked')) return { state: 'not-ok', reason: 'pin-locked', facts, detail };
  return tokens.length === 0 ? { state: 'not-applicable', reason: 'token-absent', facts, detail } : { state: 'ok', facts, detail };
};

/** Days left, of the newest certificate on each token and of the one that seals talons; the shortest counts. */
export const certificateCheck: Check = async (parts) => {
  const daysLeft = (der: Uint8Array): number => {
    const to = readCertificate(der)?.validity.to;
    return to === undefined ? -1 : Math.floor((Date.parse(to) - Date.parse(parts.clock())) / DAY_MS);
  };
  const tokens = (await modulesOf(parts)).flatMap(({ sight }) => (sight.ok ? sight.value.tokens : []));
  const days = tokens
    .filter(({ certificates }) => certificates.length > 0)
    .map(({ certificates }) => Math.max(...certificates.map(({ certificate }) => daysLeft(certificate))));
  if (parts.desk !== null) days.push(daysLeft(parts.desk.courtCertificate));
  if (days.length === 0) return { state: 'not-applicable', reason: 'no-certificate', detail: 'no certificate can be seen without a PIN' };
  const least = Math.min(...days);
  const facts = { certificates: days.length, daysLeft: least };
  const detail = `${days.length} certificates, ${least} days left`;
  if (least > SOON_DAYS) return { state: 'ok', facts, detail };
  return { state: 'not-ok', reason: least < 0 ? 'certificate-over' : 'certificate-soon', facts, detail };
};

/** Whether NCALayer is running is no fault: not everybody signs through it. What stands in its place is one. */
export const ncaLayerCheck: Check = async ({ tokenHost }) => {
  const found = await tokenHost.findProgram();
  if (found.ok) return { state: 'ok', detail: `running at ${found.value.url}` };
  const { code } = found.error;
  return code === 'ncalayer-absent'
    ? { state: 'not-applicable', reason: code, detail: 'not running' }
    : { state: 'not-ok', reason: code, detail: code };
};
