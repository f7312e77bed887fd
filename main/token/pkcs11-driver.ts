import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { mayServe, validityOf } from './key-usage.ts';
import { certificateKey } from './pkcs11/certificate-key.ts';
import { connectModule, USUAL_LIMITS, type CallLimits } from './pkcs11/connect-module.ts';
import { forkModules } from './pkcs11/fork-module.ts';
import type { ModuleOwner, ModuleSight, OpenedKey, StartModule } from './pkcs11/module-owner.ts';
import { ownModule } from './pkcs11/own-module.ts';
import type { FoundKey, Pkcs11Ref, PreparedKey, SigningDisplay, TokenSession } from './token-host.ts';

/** A module that may be used here, and what its readers hold or why it cannot be asked. */
export type ModuleFinding = { readonly module: string; readonly sight: Result<ModuleSight> };

type Parts = {
  readonly modules: () => readonly string[];
  readonly startModule?: StartModule | null;
  readonly clock?: () => string;
  readonly limits?: CallLimits;
};

/** A module that hung or fell when it was looked at is not looked at again for so long: nobody waits for it each time. */
const RESTS_MS = 60_000;

let startOfThisProgram: StartModule | null = import.meta.url.endsWith('.ts')
  ? forkModules(fileURLToPath(new URL('./module-process.ts', import.meta.url)))
  : null;

/** How the built program starts owners of modules; a checkout forks the entry beside this file. */
export function startModulesBy(start: StartModule): void {
  startOfThisProgram = start;
}

/** Keys on tokens, by the modules that are allowed. A module that is not on this machine is left out. */
export function createPkcs11Driver(parts: Parts) {
  const { clock = () => new Date().toISOString(), limits = USUAL_LIMITS } = parts;
  const owners = new Map<string, Promise<Result<ModuleOwner>>>();
  const listeners = new Set<() => void>();
  const watched = new Map<string, Promise<() => void>>();
  const resting = new Map<string, { readonly untilMs: number; readonly why: ModuleFinding['sight'] }>();

  const present = (): string[] => [...new Set(parts.modules())].filter((module) => path.isAbsolute(module) && isFile(module));

  function ownerOf(module: string): Promise<Result<ModuleOwner>> {
    const known = owners.get(module);
    if (known) return known;
    const start = parts.startModule === undefined ? startOfThisProgram : parts.startModule;
    const owner = start === null ? ownModule(module) : Promise.resolve(ok(connectModule(module, start, limits)));
    owners.set(module, owner);
    void owner.then((owned) => owned.ok || owners.delete(module));
    return owner;
  }

  async function look(module: string): Promise<ModuleFinding> {
    const rest = resting.get(module);
    if (rest && performance.now() < rest.untilMs) return { module, sight: rest.why };
    const owner = await ownerOf(module);
    const sight = owner.ok ? await owner.value.survey() : owner;
    resting.delete(module);
    if (!sight.ok && (sight.error.code === 'driver-stopped' || sight.error.code === 'driver-timeout'))
      resting.set(module, { untilMs: performance.now() + RESTS_MS, why: sight });
    return { module, sight };
  }

  const modules = (only: string | null = null): Promise<ModuleFinding[]> =>
    Promise.all(
      present()
        .filter((module) => only === null || module === only)
        .map(look),
    );

  async function list(): Promise<Result<readonly FoundKey[]>> {
    const found = await modules();
    const keys = found.flatMap(({ module, sight }) => (sight.ok ? keysOf(module, sight.value) : []));
    const failed = found.find(({ sight }) => !sight.ok)?.sight;
    return keys.length === 0 && failed && !failed.ok ? failed : ok(keys);
  }

  async function prepare(key: Pkcs11Ref, purpose: SigningDisplay['purpose']): Promise<Result<PreparedKey>> {
    if (!present().includes(key.module)) return fail('driver-missing', { reason: 'absent' });
    const owner = await ownerOf(key.module);
    if (!owner.ok) return owner;
    const { tokenSerial, tokenLabel, id, certificate: sha256 } = key;
    const name = { tokenSerial, tokenLabel, id, certificate: sha256 };
    const located = await owner.value.locate(name);
    if (!located.ok) return located;
    resting.delete(key.module);
    const { tries, protectedPath, certificate, chain } = located.value;
    const algorithm = certificateKey(certificate);
    if (!algorithm.ok) return algorithm;
    const unfit = unfitFor(certificate, purpose, clock());
    if (unfit) return fail('certificate-unfit', { reason: unfit });
    if (tries === 'locked') return fail('pin-locked');
    return ok({
      triesState: tries,
      way: protectedPath ? 'on-reader' : 'typed',
      unlock: async (pin) => {
        if (pin.length === 0 && !protectedPath) return fail('pin-cancelled');
        // a reader with keys of its own is never handed a PIN
        const opened = await owner.value.open(name, protectedPath ? new Uint8Array() : pin);
        return opened.ok ? ok(sessionOf(owner.value, opened.value, { certificate, chain })) : opened;
      },
    });
  }

  async function watch(module: string): Promise<() => void> {
    const owner = await ownerOf(module);
    return owner.ok ? owner.value.onChange(() => listeners.forEach((listener) => listener())) : () => undefined;
  }

  /** Watches what may be used now and no longer what may not. */
  function placesChanged(): void {
    const wanted = listeners.size === 0 ? [] : present();
    for (const [module, stop] of watched) {
      if (wanted.includes(module)) continue;
      watched.delete(module);
      void stop.then((unwatch) => unwatch());
    }
    for (const module of wanted) if (!watched.has(module)) watched.set(module, watch(module));
  }

  function onChange(listener: () => void): () => void {
    listeners.add(listener);
    placesChanged();
    return () => {
      listeners.delete(listener);
      placesChanged();
    };
  }

  function end(): void {
    listeners.clear();
    placesChanged();
    for (const owner of owners.values()) void owner.then((owned) => owned.ok && owned.value.end());
    owners.clear();
  }

  return { list, modules, prepare, onChange, placesChanged, end };
}

function isFile(file: string): boolean {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

const keysOf = (module: string, sight: ModuleSight): FoundKey[] =>
  sight.tokens.flatMap((token) =>
    token.certificates.map(({ id, certificate, alwaysAuthenticate }) => ({
      ref: {
        ...{ kind: 'pkcs11', module, tokenSerial: token.serial, tokenLabel: token.label, id },
        certificate: createHash('sha256').update(certificate).digest('hex'),
      },
      certificate,
      label: token.label,
      tries: token.tries,
      protectedPath: token.protectedPath,
      alwaysAuthenticate,
    })),
  );

function unfitFor(certificate: Uint8Array, purpose: SigningDisplay['purpose'], now: string): string | null {
  if (!mayServe(certificate, purpose)) return 'key-usage';
  const { notBefore, notAfter } = validityOf(certificate);
  const at = Date.parse(now);
  if (at < notBefore) return 'not-yet-valid';
  return at > notAfter ? 'expired' : null;
}

function sessionOf(
  owner: ModuleOwner,
  { session, algorithm, signsOnce }: OpenedKey,
  certificates: { certificate: Uint8Array; chain: readonly Uint8Array[] },
): TokenSession {
  let over: Failure | null = null;
  return {
    ...certificates,
    algorithm,
    signsOnce,
    async sign(tbs) {
      if (over) return { ok: false, error: over };
      const signed = await owner.sign(session, tbs);
      if (!signed.ok && signed.error.code !== 'pin-each-time') {
        over = signed.error;
        await owner.close(session);
      }
      return signed;
    },
    async close() {
      over ??= fail('token-removed').error;
      await owner.close(session);
    },
  };
}
