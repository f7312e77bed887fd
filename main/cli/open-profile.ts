import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { openDesk, resume, type Desk } from '../core/index.ts';
import { keyProtection, openDataKey, readProfile } from '../store/index.ts';
import { createTokenHost, type PinPrompt } from '../token/index.ts';
import { hostOfAddress, readAllowedHosts } from './open-asking.ts';
import { readSecret, UsageError, type CliIo } from './cli-io.ts';

export type ProfileOptions = {
  readonly profile: string;
  readonly 'passphrase-file': string | undefined;
  readonly now: string | undefined;
  readonly 'allow-host'?: readonly string[];
  readonly tsa?: string | undefined;
};

/** Opens a profile for one command. `prompt` answers when a key asks for its PIN. */
export async function openProfile(
  io: CliIo,
  options: ProfileOptions,
  prompt: PinPrompt,
): Promise<Result<Desk & { tokenHost: ReturnType<typeof createTokenHost> }>> {
  const profileDir = path.resolve(io.cwd, options.profile);
  const profile = readProfile(profileDir);
  if (!profile.ok) return profile;
  const dataKey = dataKeyOf(io, profileDir, options['passphrase-file']);
  if (!dataKey.ok) return dataKey;
  const mayPretend = io.unpackaged || profile.value.mode === 'training';
  const clock = options.now && mayPretend ? clockFrom(options.now) : io.clock;
  const tokenHost = createTokenHost(prompt, { clock });
  const evidenceHosts = readAllowedHosts(options['allow-host'] ?? [], mayPretend);
  const { tsa } = options;
  if (tsa !== undefined && !mayPretend) throw new UsageError('--tsa is for training and for a checkout');
  const stamping = tsa === undefined ? null : { url: tsa, policy: null, level: 'LT' as const };
  const desk = await openDesk(
    {
      profileDir,
      dataKey: dataKey.value,
      resourcesDir: io.resourcesDir,
      registryUrl: null,
      clock,
      newId: io.newId,
      evidenceHosts: [...evidenceHosts, ...(tsa === undefined ? [] : [hostOfAddress(tsa)])],
      ...(stamping && { timestampAuthority: stamping }),
      verificationWorker: io.verificationWorker,
      ...(io.documentWorker === undefined ? {} : { documentWorker: io.documentWorker }),
    },
    { tokenHost },
  );
  if (!desk.ok) return desk;
  resume(desk.value);
  desk.value.sessions.takeUp();
  return ok({ ...desk.value, tokenHost });
}

function dataKeyOf(io: CliIo, profileDir: string, passphraseFile: string | undefined): Result<Uint8Array> {
  const kind = keyProtection(profileDir);
  if (!kind.ok) return kind;
  if (kind.value === 'open') return openDataKey(profileDir, { kind: 'open' });
  if (kind.value === 'os' || !passphraseFile) return fail('passphrase-needed');
  return openDataKey(profileDir, { kind: 'passphrase', passphrase: readSecret(io, passphraseFile) });
}

/** A clock that starts at an instant and runs on. */
export function clockFrom(instant: string): () => string {
  const offset = Date.parse(instant) - Date.now();
  return () => new Date(Date.now() + offset).toISOString();
}
