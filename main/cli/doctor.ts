import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readCrlAges } from './crl-ages.ts';
import { profilePaths, readProfile } from '../store/index.ts';
import { databaseModuleLoads } from '../core/database-module.ts';
import { EXIT, printJson, type CliIo } from './cli-io.ts';
import { createTokenHost, knownModules, NCALAYER_URL, tlsAnchors, type TokenHost } from '../token/index.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { readTrustMaterial } from '../signature/index.ts';
import { namedTrust } from './named-trust.ts';
import { openProfile } from './open-profile.ts';
import { installedTrust } from './verify-command.ts';

type Step = { readonly step: string; readonly ok: boolean; readonly detail: string; readonly fix: string | null };
const step = (name: string, good: boolean, detail: string, fix: string): Step => ({ step: name, ok: good, detail, fix: good ? null : fix });

const MIN_FREE_BYTES = 1024 ** 3;
const MAX_CLOCK_SKEW_MS = 60_000;

/** `kense doctor`: self-check of this machine, and of a profile when one is named. Exit 1 when a step fails. */
export async function runDoctor(argv: string[], io: CliIo): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { profile: { type: 'string' }, 'passphrase-file': { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const steps = [...machineSteps(io, values.profile)];
  if (values.profile) steps.push(...(await profileSteps(io, values.profile, values['passphrase-file'])));
  else {
    const host = await hostHere(io);
    steps.push(await tokenStep(host), await ncaLayerStep(host));
    host.end();
  }
  if (values.json) printJson(io, steps);
  else for (const s of steps) io.stdout(`${s.ok ? 'ok  ' : 'FAIL'}  ${s.step}: ${s.detail}${s.fix ? `\n      ${s.fix}` : ''}\n`);
  return steps.every((s) => s.ok) ? EXIT.ok : EXIT.failed;
}

function machineSteps(io: CliIo, profile: string | undefined): Step[] {
  const fonts = ['Tinos-Regular.ttf', 'Tinos-Bold.ttf'].filter((name) => !fs.existsSync(path.join(io.resourcesDir, 'fonts', name)));
  const disk = profile && fs.existsSync(path.resolve(io.cwd, profile)) ? path.resolve(io.cwd, profile) : io.cwd;
  const { bavail, bsize } = fs.statfsSync(disk);
  return [
    step(
      'runtime',
      true,
      `Node ${process.versions.node}, Node-API ${process.versions['napi'] ?? '?'}, ${process.platform}-${process.arch}`,
      '',
    ),
    step(
      'database-module',
      databaseModuleLoads(),
      databaseModuleLoads() ? 'can load in this runtime' : 'cannot load in this runtime',
      'Install Kense anew, or run npm start once in a checkout.',
    ),
    step(
      'fonts',
      fonts.length === 0,
      fonts.length === 0 ? 'embedded fonts are here' : `missing: ${fonts.join(', ')}`,
      'Install Kense anew.',
    ),
    step(
      'disk',
      bavail * bsize >= MIN_FREE_BYTES,
      `${Math.round((bavail * bsize) / 1024 ** 2)} MiB free`,
      'Free at least 1 GiB: new documents stop being downloaded when the disk is full.',
    ),
  ];
}

/** The PKCS#11 modules on this machine and the tokens in their readers; no PIN is asked for. */
async function tokenStep(host: TokenHost): Promise<Step> {
  const found = await host.modules();
  const findings = found.ok ? found.value : [];
  const said = findings.map(({ module, sight }) => {
    if (!sight.ok) return `${module}: ${sight.error.code}`;
    const tokens = sight.value.tokens.map(
      ({ label, tries, certificates }) => `${label}, ${certificates.length} keys, PIN ${PIN_STATE[tries]}`,
    );
    return `${module}: ${tokens.length === 0 ? 'no token' : tokens.join('; ')}`;
  });
  return step(
    'tokens',
    !findings.some(({ sight }) => !sight.ok && sight.error.code.startsWith('driver-')),
    said.length === 0 ? 'no PKCS#11 module is installed; key files can be used' : said.join(' | '),
    "Install the driver of the token's maker anew, or use a key file.",
  );
}
const PIN_STATE = { first: 'ok', low: 'entered wrongly before', final: 'last try', locked: 'locked' } as const;

/** Whether NCALayer is running is no fault: not everybody signs through it. What stands in its place is one. */
async function ncaLayerStep(host: TokenHost): Promise<Step> {
  const found = await host.findProgram();
  if (found.ok) return { step: 'ncalayer', ok: true, detail: `running at ${found.value.url}`, fix: null };
  const { code } = found.error;
  const absent = code === 'ncalayer-absent';
  return {
    step: 'ncalayer',
    ok: absent,
    detail: absent ? 'not running' : code,
    fix: NCALAYER_FIX[code] ?? 'Restart NCALayer, or install it anew.',
  };
}
const NCALAYER_FIX: Readonly<Partial<Record<ErrorCode, string>>> = {
  'ncalayer-absent': 'Start NCALayer where keys are used through it.',
  'ncalayer-untrusted':
    'What answers there shows no certificate of the trust list: install the list (kense trust install), or name its certificate (kense office modules ncalayer).',
};

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

async function profileSteps(io: CliIo, dir: string, passphraseFile: string | undefined): Promise<Step[]> {
  const profile = readProfile(path.resolve(io.cwd, dir));
  if (!profile.ok)
    return [
      step(
        'profile',
        false,
        'no profile in this folder',
        'Enrol this workstation: kense office enrol --profile DIR --registry URL --code CODE',
      ),
    ];
  const opened = await openProfile(io, { profile: dir, 'passphrase-file': passphraseFile, now: undefined }, () => Promise.resolve(null));
  if (!opened.ok) return [step('database', false, opened.error.code, 'Give the passphrase file, or restore the profile from its backup.')];
  const desk = opened.value;
  try {
    const { entries, chain, brokenAt } = desk.store.checkJournal();
    const health = await desk.client.health();
    const skew = health.ok ? Date.parse(io.clock()) - Date.parse(health.value.time) : 0;
    const home = profile.value.mode === 'training' ? profilePaths(desk.config.profileDir).training : desk.config.profileDir;
    const crl = await readCrlAges(path.join(home, 'trust', 'crls'), desk.evidence, io.clock());
    return [
      step('profile', true, `${profile.value.mode}, court ${profile.value.court.code}`, ''),
      step('database', true, 'opens with its key, integrity ok', ''),
      step(
        'journal',
        chain === 'ok',
        `${entries} entries, chain ${chain}${brokenAt === null ? '' : ` at ${brokenAt}`}`,
        'Stop working on this desk and tell the administrator: the journal was changed.',
      ),
      step(
        'registry',
        health.ok,
        health.ok ? `answers, ${health.value.mode}` : health.error.code,
        'Check the cable and the address of the registry. Work can go on offline.',
      ),
      step(
        'clock',
        Math.abs(skew) <= MAX_CLOCK_SKEW_MS,
        health.ok ? `${Math.round(skew / 1000)} s from the registry` : 'not compared: no registry',
        'Set the clock of this computer.',
      ),
      await tokenStep(desk.tokenHost),
      await ncaLayerStep(desk.tokenHost),
      step(
        'crl',
        crl.ok,
        crl.detail,
        'Signatures stay undecided until a fresh list or an OCSP answer is here: restore the line or install the lists.',
      ),
    ];
  } finally {
    desk.close();
  }
}
