import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CHECK_STEPS, type CheckStep } from '../../shared/domain/self-check.ts';
import { checkedDesk, checkParts, fixOf } from '../core/index.ts';
import { runCheck, runChecks, type CheckParts, type Finding } from '../self-check/index.ts';
import { readTrustMaterial } from '../signature/index.ts';
import { readProfile } from '../store/index.ts';
import { createTokenHost, knownModules, NCALAYER_URL, tlsAnchors } from '../token/index.ts';
import manifest from '../../package.json' with { type: 'json' };
import { EXIT, printJson, UsageError, type CliIo } from './cli-io.ts';
import { namedTrust } from './named-trust.ts';
import { openProfile } from './open-profile.ts';
import { installedTrust } from './verify-command.ts';

type Step = {
  readonly step: string;
  readonly ok: boolean;
  readonly state: Finding['state'];
  readonly detail: string;
  readonly fix: string | null;
  readonly reason: string | null;
  readonly facts: Finding['facts'];
};

/** `kense doctor`: self-check of this machine, and of a profile when one is named; `--step` looks at one thing alone. Exit 1 when a step fails. */
export async function runDoctor(argv: string[], io: CliIo): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      profile: { type: 'string' },
      'passphrase-file': { type: 'string' },
      step: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const only = CHECK_STEPS.find((step) => step === values.step) ?? null;
  if (values.step !== undefined && only === null) throw new UsageError(`--step is one of ${CHECK_STEPS.join(', ')}`);
  const steps = (await findingsOf(io, values.profile, { passphraseFile: values['passphrase-file'], only })).map((finding): Step => {
    const { step, state, detail, reason, facts } = finding;
    return { step, ok: state !== 'not-ok', state, detail, fix: fixOf(finding, io.resourcesDir, 'en'), reason, facts };
  });
  if (values.json) printJson(io, steps);
  else for (const s of steps) io.stdout(`${SIGN[s.state]}  ${s.step}: ${s.detail}${s.fix ? `\n      ${s.fix}` : ''}\n`);
  return steps.every((s) => s.ok) ? EXIT.ok : EXIT.failed;
}
const SIGN = { ok: 'ok  ', 'not-ok': 'FAIL', 'not-applicable': '-   ' } as const;

type Looking = { readonly passphraseFile: string | undefined; readonly only: CheckStep | null };

async function findingsOf(io: CliIo, profile: string | undefined, { passphraseFile, only }: Looking): Promise<Finding[]> {
  const { resourcesDir, clock } = io;
  const dir = profile && fs.existsSync(path.resolve(io.cwd, profile)) ? path.resolve(io.cwd, profile) : io.cwd;
  const common = { resourcesDir, clock, dir, version: manifest.version, printers: null, printer: null };
  const look = async (parts: CheckParts) => (only === null ? runChecks(parts) : [await runCheck(only, parts)]);
  const machine = async (...first: Finding[]): Promise<Finding[]> => {
    const tokenHost = await hostHere(io);
    const found = await look(checkParts({ ...common, tokenHost, desk: null }));
    tokenHost.end();
    return [...found, ...first];
  };
  if (profile === undefined) return machine();
  const read = readProfile(dir);
  if (!read.ok) return machine(failed('profile', read.error.code, 'no profile in this folder'));
  const opened = await openProfile(io, { profile, 'passphrase-file': passphraseFile, now: undefined }, () => Promise.resolve(null));
  if (!opened.ok) return machine(failed('database', opened.error.code, opened.error.code));
  const desk = opened.value;
  try {
    const parts: CheckParts = checkParts({ ...common, tokenHost: desk.tokenHost, desk: checkedDesk(desk) });
    return await look(parts);
  } finally {
    desk.close();
    desk.tokenHost.end();
  }
}

const failed = (step: 'profile' | 'database', reason: string, detail: string): Finding => ({
  ...{ step, state: 'not-ok', reason, facts: {}, detail },
});

/** Keys of this machine, without a profile: NCALayer is told by the installed trust list. */
async function hostHere(io: CliIo): Promise<ReturnType<typeof createTokenHost>> {
  const read = await readTrustMaterial(
    await namedTrust({ anchor: [], cert: [], crl: [], ocsp: [] }, { cwd: io.cwd, trustDirs: await installedTrust(io) }),
  );
  const ncaLayer = { url: NCALAYER_URL, anchors: read.ok ? tlsAnchors(read.value) : [] };
  return createTokenHost(() => Promise.resolve(null), {
    places: { keyFolders: [], modules: await knownModules(io.resourcesDir), ncaLayer },
  });
}
