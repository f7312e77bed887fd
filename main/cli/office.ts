import path from 'node:path';
import { createProfile } from '../core/index.ts';
import { profilePaths } from '../store/index.ts';
import type { RegistryTls } from '../sync/index.ts';
import { TRAINING_PIN } from '../training/index.ts';
import { EXIT, printFailure, printJson, readSecret, UsageError, type CliIo } from './cli-io.ts';
import { parseOffice, type OfficeValues } from './office-call.ts';
import { OFFICE_VERBS } from './office-verbs.ts';
import { clockFrom, openProfile } from './open-profile.ts';

/** Terms that begin before it end in a year of four digits. */
const LATEST_NOW = Date.parse('9000-01-01T00:00:00Z');

/** `kense office`: the desk of a clerk without a window, on a profile folder. */
export async function runOffice(argv: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseOffice(argv);
  const [name, ...rest] = positionals;
  if (!values.profile) throw new UsageError('needs --profile DIR');
  if (values.now && !(Date.parse(values.now) < LATEST_NOW)) throw new UsageError('--now is an instant such as 2026-11-21T10:00:00Z');
  if (name === 'enrol') return enrol(io, values.profile, values);
  const verb = name !== undefined && Object.hasOwn(OFFICE_VERBS, name) ? OFFICE_VERBS[name] : undefined;
  if (!verb || (verb.needsId === true && rest.length === 0) || (verb.needsId === false && rest.length > 0))
    throw new UsageError(`cannot do ${positionals.join(' ') || 'nothing'}`);

  const pin = values['pin-stdin'] ? await io.readLine() : null;
  const desk = await openProfile(
    io,
    {
      profile: values.profile,
      'passphrase-file': values['passphrase-file'],
      now: values.now,
      'allow-host': values['allow-host'],
      tsa: values.tsa,
    },
    () => Promise.resolve(pin === null ? null : { pin: Buffer.from(pin, 'utf8') }),
  );
  if (!desk.ok) return printFailure(io, desk.error, values.json);
  try {
    const answer = await verb.run({ io, desk: desk.value, id: rest[0] ?? '', rest, values });
    if (!answer.ok) return printFailure(io, answer.error, values.json);
    printJson(io, answer.value);
    const bad = isBrokenJournal(name, answer.value) || isOtherOnRerun(name, answer.value) || isUnfinishedBatch(name, answer.value);
    return bad ? EXIT.failed : EXIT.ok;
  } finally {
    desk.value.close();
  }
}

async function enrol(io: CliIo, profile: string, values: OfficeValues): Promise<number> {
  if (!values.registry || !values.code) throw new UsageError('enrol needs --registry URL and --code CODE');
  if (!values.training && !values['passphrase-file'])
    throw new UsageError('a real profile needs --passphrase-file FILE: its data key is wrapped by it');
  const profileDir = path.resolve(io.cwd, profile);
  const created = await createProfile({
    profileDir,
    registryUrl: values.registry,
    ...registryTlsOf(io, values),
    enrolmentCode: values.code,
    training: values.training,
    newId: io.newId,
    clock: values.now && (io.unpackaged || values.training) ? clockFrom(values.now) : io.clock,
    protector: values.training ? { kind: 'open' } : { kind: 'passphrase', passphrase: readSecret(io, values['passphrase-file']!) },
  });
  if (!created.ok) return printFailure(io, created.error, values.json);
  const keys = path.join(profilePaths(profileDir).training, 'keys');
  printJson(io, {
    profile: profileDir,
    ...created.value,
    mode: values.training ? 'training' : 'real',
    ...(values.training ? { keys, pin: TRAINING_PIN } : {}),
  });
  return EXIT.ok;
}

function registryTlsOf(io: CliIo, values: OfficeValues): { registryTls?: RegistryTls } {
  const { 'registry-ca': ca, 'client-cert': cert, 'client-key': key } = values;
  if ((cert === undefined) !== (key === undefined)) throw new UsageError('--client-cert and --client-key belong together');
  const named = Object.entries({ ca, cert, key }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return named.length === 0 ? {} : { registryTls: Object.fromEntries(named.map(([name, file]) => [name, path.resolve(io.cwd, file)])) };
}

/** What `journal check` answers when something is wrong. */
const isBrokenJournal = (name: string | undefined, value: unknown) => {
  const { chain, finding } = value as { chain?: string; finding?: unknown };
  return name === 'journal' && chain !== undefined && (chain !== 'ok' || finding !== null);
};
const isOtherOnRerun = (name: string | undefined, value: unknown) =>
  name === 'evidence' &&
  (value as { verifications: { rerun?: string }[] }).verifications.some(({ rerun }) => rerun !== undefined && rerun !== 'same');
const isUnfinishedBatch = (name: string | undefined, value: unknown) =>
  name === 'batch' && (value as { results: { state: string }[] }).results.some(({ state }) => state !== 'signed');
