import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import {
  createProfile,
  finishWork,
  makeSamples,
  openDesk,
  proveUser,
  pull,
  recordSignIn,
  submitSample,
  type Desk,
  type DeskConfig,
} from '../../../main/core/index.ts';
import type { AllowedHost } from '../../../main/evidence/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import { openDataKey, profilePaths } from '../../../main/store/index.ts';
import { createTokenHost, type KeyRef } from '../../../main/token/index.ts';
import type { SampleFiling } from '../../../main/training/index.ts';
import { startRegistry, type FaultScript, type RegistryOptions, type RunningRegistry } from '../../../registry/index.ts';
import type { FilingFolder } from '../../../shared/registry/index.ts';
import type { Result } from '../../../shared/result.ts';
import { tempDir } from '../temp-dir.ts';
import { tickChecks } from './tick-checks.ts';

/** The value of a result that must be good. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.params ?? {})}`);
  return result.value;
}

export const RESOURCES = path.resolve('resources');

/** A real registry, an enrolled training desk and the sample filings of its kit. Faults can be switched while it runs. */
export type TrainingOffice = {
  readonly registry: RunningRegistry;
  readonly desk: Desk;
  readonly profileDir: string;
  readonly samples: readonly SampleFiling[];
  fault: FaultScript | null;
  keyOf(role: 'secretary' | 'judge' | 'office-head'): Extract<KeyRef, { kind: 'pkcs12' }>;
  submit(filing: { folder: FilingFolder; files: ReadonlyMap<string, Uint8Array> }): Promise<{ id: string; cabinetNumber: string }>;
  /** Closes the desk and opens it again, as after a restart. */
  reopen(): Promise<Desk>;
  close(): Promise<void>;
};

export async function trainingOffice(
  options: {
    samples?: number;
    now?: string;
    registry?: Partial<RegistryOptions>;
    evidenceHosts?: readonly AllowedHost[];
    /** Gives the address of a line to the registry, for the desk only. */
    line?: (registryUrl: string) => Promise<string>;
    desk?: Partial<DeskConfig>;
    /** Folder that the profile is made in. */
    dir?: string;
  } = {},
): Promise<TrainingOffice> {
  const started = Date.now();
  const base = options.now ? Date.parse(options.now) : null;
  const clock = () => new Date(base === null ? Date.now() : base + (Date.now() - started)).toISOString();
  let fault: FaultScript | null = null;
  const registry = await startRegistry({
    database: 'embedded',
    dataDir: null,
    mode: 'training',
    clock,
    newId,
    faults: (request) => fault?.(request) ?? null,
    ...options.registry,
  });
  const registryUrl = (await options.line?.(registry.url)) ?? null;
  const profileDir = path.join(options.dir ?? tempDir(), 'desk');
  must(
    await createProfile({
      profileDir,
      registryUrl: registry.url,
      enrolmentCode: registry.courts[0]!.enrolmentCode,
      training: true,
      protector: { kind: 'open' },
      clock,
      newId,
    }),
  );
  const samples = must(await makeSamples({ profileDir, resourcesDir: RESOURCES, clock, sampleFilings: options.samples ?? 12 }));
  const open = async () => {
    const tokenHost = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
    const dataKey = must(openDataKey(profileDir, { kind: 'open' }));
    const { evidenceHosts = [] } = options;
    const common = { profileDir, dataKey, resourcesDir: RESOURCES, registryUrl, clock, newId, evidenceHosts };
    return must(await openDesk({ ...common, ...options.desk }, { tokenHost }));
  };
  let desk = await open();
  return {
    get fault() {
      return fault;
    },
    set fault(script) {
      fault = script;
    },
    registry,
    profileDir,
    samples,
    get desk() {
      return desk;
    },
    keyOf: (role: string): Extract<KeyRef, { kind: 'pkcs12' }> => ({
      kind: 'pkcs12',
      file: path.join(profilePaths(profileDir).training, 'keys', `${role}.p12`),
    }),
    submit: async (filing: { folder: FilingFolder; files: ReadonlyMap<string, Uint8Array> }) =>
      must(await submitSample(registry.url, filing, newId())),
    reopen: async () => {
      desk.close();
      desk = await open();
      return desk;
    },
    close: async () => {
      desk.close();
      await registry.close();
    },
  };
}

export async function signInAs(office: TrainingOffice, role: 'secretary' | 'judge' | 'office-head'): Promise<string> {
  const tokenHost = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
  const user = must(await proveUser(office.desk, tokenHost, office.keyOf(role), { title: '', lines: [] }));
  recordSignIn(office.desk, user, office.keyOf(role));
  return user.id;
}

/** Submits a sample, pulls it and answers its id. */
export async function arrive(
  office: TrainingOffice,
  sample: { folder: FilingFolder; files: ReadonlyMap<string, Uint8Array> },
): Promise<string> {
  const { id } = await office.submit(sample);
  must(await pull(office.desk));
  return id;
}

export const sampleOf = (office: TrainingOffice, story: SampleFiling['story'], kind?: string): SampleFiling =>
  office.samples.find((s) => s.story === story && (kind === undefined || s.folder.kind === kind))!;

/** Registers like a secretary who found nothing wrong, or with one marked defect. */
export function register(office: TrainingOffice, id: string, actor: string, defect?: string) {
  const seen = () => ({ id, revision: readFiling(office.desk.store.read, id)!.revision, actor });
  if (defect) must(flagFiling(office.desk.registration, seen(), [{ code: defect, note: null }]));
  else tickChecks(office.desk, id, actor);
  return registerFiling(office.desk.registration, seen(), { joinsCase: null });
}

/** An office whose filings have come, with a secretary and a judge of its own; from `now` its clock goes on. */
export async function staffedOffice(now: string): Promise<{ office: TrainingOffice; secretary: string; judge: string }> {
  const office = await trainingOffice({ now });
  must(await pull(office.desk));
  return { office, secretary: await signInAs(office, 'secretary'), judge: await signInAs(office, 'judge') };
}

/** Submits a sample and registers it; where its kind calls for a judge it lies before them, with a draft. */
export async function arriveRegistered(
  office: TrainingOffice,
  sample: { folder: FilingFolder; files: ReadonlyMap<string, Uint8Array> },
  secretary: string,
): Promise<string> {
  const id = await arrive(office, sample);
  must(register(office, id, secretary));
  must(await finishWork(office.desk));
  return id;
}

/** What a foreign reader finds in a kept PDF that is whole, its white space as single blanks. */
export async function wordsInPdf({ desk }: Pick<TrainingOffice, 'desk'>, sha256: string): Promise<string> {
  const file = path.join(tempDir(), 'kept.pdf');
  fs.writeFileSync(file, (await desk.blobs.readAll(sha256, 1 << 24))!);
  execFileSync('qpdf', ['--check', file]);
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/[\s\u00a0]+/g, ' ');
}
