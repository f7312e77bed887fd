import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { formatCaseNumber } from '../../shared/domain/case-number.ts';
import type { FilingFolder } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { numberYear } from '../registration/index.ts';
import { profilePaths } from '../store/index.ts';
import { submitFiling } from '../sync/index.ts';
import { makeSampleFilings, parseTrainingKit, type SampleFiling, type TrainingKit } from '../training/index.ts';
import { createProfile } from './create-profile.ts';

export type NewTrainingProfile = {
  readonly profileDir: string;
  readonly resourcesDir: string;
  readonly registryUrl: string;
  readonly enrolmentCode: string;
  readonly clock: () => string;
  readonly newId: () => string;
  /** How many sample filings the cabinet side sends at once. */
  readonly sampleFilings: number;
};

/** A training profile with filings on their way: enrols, makes or takes the kit, and submits the samples as their filers would. */
export async function createTrainingProfile(input: NewTrainingProfile): Promise<Result<{ profileDir: string; submitted: number }>> {
  const { profileDir, registryUrl, enrolmentCode, clock, newId } = input;
  const profile = await createProfile({
    profileDir,
    registryUrl,
    enrolmentCode,
    training: true,
    protector: { kind: 'open' },
    clock,
    newId,
  });
  if (!profile.ok) return profile;
  const samples = await makeSamples(input);
  if (!samples.ok) return samples;
  for (const sample of samples.value) {
    const sent = await submitSample(registryUrl, sample, newId());
    if (!sent.ok) return sent;
  }
  return ok({ profileDir, submitted: samples.value.length });
}

/** Sample filings signed by the people of the profile's kit. */
export async function makeSamples(
  input: Pick<NewTrainingProfile, 'profileDir' | 'resourcesDir' | 'clock' | 'sampleFilings'>,
): Promise<Result<SampleFiling[]>> {
  const kit = await readKit(input.profileDir);
  if (!kit) return fail('profile-missing');
  const caseNumbers = knownCases(input.clock());
  return ok(
    await makeSampleFilings({ kit, count: input.sampleFilings, now: input.clock(), caseNumbers, resourcesDir: input.resourcesDir }),
  );
}

/** The cases that a training registry begins with. */
export function knownCases(at: string): string[] {
  return [1, 2, 3].map((sequence) => formatCaseNumber({ court: '9900', year: numberYear(at), typeIndex: '2', sequence }));
}

export function submitSample(
  registryUrl: string,
  sample: { folder: FilingFolder; files: ReadonlyMap<string, Uint8Array> },
  idempotencyKey: string,
) {
  const read = (name: string) => Promise.resolve(sample.files.get(name) ?? null);
  return submitFiling({ registryUrl, folder: sample.folder, read, idempotencyKey });
}

export async function readKit(profileDir: string): Promise<TrainingKit | null> {
  const text = await readFile(path.join(profilePaths(profileDir).training, 'kit.json'), 'utf8').catch(() => null);
  return text === null ? null : parseTrainingKit(JSON.parse(text));
}
