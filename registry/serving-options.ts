import path from 'node:path';
import type { TlsFiles } from './http/tls.ts';
import { readNotifications } from './notifications/configuration.ts';
import type { RegistryOptions } from './start-registry.ts';

/** How a registry stands in its network, as options of a command line (node:util parseArgs). */
export const SERVING_OPTIONS = {
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'tls-client-ca': { type: 'string' },
  'min-tls': { type: 'string' },
  rate: { type: 'string' },
  'attempt-rate': { type: 'string' },
  'behind-proxy': { type: 'string', multiple: true },
  drain: { type: 'string' },
  notifications: { type: 'string' },
} as const;

export const SERVING_USAGE = `  --tls-cert, --tls-key  PEM files: speaks HTTPS; read anew on SIGHUP
  --tls-client-ca  PEM file: only those get in who show a certificate of this authority
  --min-tls      1.2 (default) or 1.3
  --rate         requests a second for each workstation, else for each address; default 200, in training 2000
  --attempt-rate enrolments, tokens and sign-ins a second for each address; default 5, in training 500
  --behind-proxy address or network of a proxy whose X-Forwarded-For is believed; may be repeated
  --drain        seconds between being no longer ready and closing, for a proxy to notice; default 0
  --notifications  JSON file: mail server and gateway for notices to people (docs/cabinet.md); it holds secrets
`;

type Values = { readonly [K in keyof typeof SERVING_OPTIONS]?: string | string[] | undefined };
export type Serving = Pick<
  RegistryOptions,
  'tls' | 'requestsPerSecond' | 'attemptsPerSecond' | 'trustedProxies' | 'drainSeconds' | 'notifications'
>;

/** Throws an Error that says in English which option is wrong. File names are relative to `cwd`. */
export function readServing(values: Values, cwd: string): Serving {
  const text = (name: keyof Values) => values[name] as string | undefined;
  const number = (name: keyof Values, min: number, max: number): number | undefined => {
    const given = text(name);
    if (given === undefined) return undefined;
    const value = Number(given);
    if (given.trim() === '' || !(value >= min && value <= max)) throw new Error(`--${name} is a number from ${min} to ${max}`);
    return value;
  };
  const [rate, attempts, drain] = [number('rate', 1, 1e6), number('attempt-rate', 1, 1e6), number('drain', 0, 600)];
  const proxies = values['behind-proxy'] as string[] | undefined;
  const tls = readTlsOptions(text, cwd);
  const notifications = text('notifications');
  return {
    ...(tls === null ? {} : { tls }),
    ...(rate === undefined ? {} : { requestsPerSecond: rate }),
    ...(attempts === undefined ? {} : { attemptsPerSecond: attempts }),
    ...(proxies === undefined ? {} : { trustedProxies: proxies }),
    ...(drain === undefined ? {} : { drainSeconds: drain }),
    ...(notifications === undefined ? {} : { notifications: readNotifications(path.resolve(cwd, notifications)) }),
  };
}

function readTlsOptions(text: (name: keyof Values) => string | undefined, cwd: string): TlsFiles | null {
  const [cert, key, clientCa, least] = [text('tls-cert'), text('tls-key'), text('tls-client-ca'), text('min-tls') ?? '1.2'];
  if (least !== '1.2' && least !== '1.3') throw new Error('--min-tls is 1.2 or 1.3');
  if (cert === undefined && key === undefined && clientCa === undefined) return null;
  if (cert === undefined || key === undefined) throw new Error('--tls-cert and --tls-key belong together');
  const inCwd = (file: string) => path.resolve(cwd, file);
  return { cert: inCwd(cert), key: inCwd(key), clientCa: clientCa === undefined ? null : inCwd(clientCa), minVersion: `TLSv${least}` };
}
