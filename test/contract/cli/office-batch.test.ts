import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runKense } from '../../support/cli/run-kense.ts';
import { actsToSign } from '../../support/desk/acts-to-sign.ts';
import type { ActToRead } from '../../support/desk/office-work.ts';
import { trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
let opened: TrainingOffice;
let acts: ActToRead[];
beforeAll(async () => {
  opened = await trainingOffice({ samples: 12 });
  acts = await actsToSign(opened, 4);
  opened.desk.close();
}, 240_000);
afterAll(() => opened.registry.close());

async function office(args: string[], input?: string) {
  const run = await runKense(['office', ...args, '--profile', opened.profileDir, '--json'], {
    home,
    ...(input === undefined ? {} : { input }),
  });
  return { code: run.code, json: run.stdout === '' ? null : (JSON.parse(run.stdout) as unknown) };
}
const withKey = (role: 'judge' | 'secretary') => ['--key', `${opened.profileDir}/training/keys/${role}.p12`, '--pin-stdin'];

describe('kense office batch', { timeout: 240_000 }, () => {
  it('signs nothing with a wrong PIN or the key of somebody who is no judge', async () => {
    const ids = acts.map(({ filingId }) => filingId);
    expect(await office(['batch', ...ids, ...withKey('judge')], '000000\n')).toMatchObject({
      code: 1,
      json: { error: { code: 'pin-wrong' } },
    });
    expect(await office(['batch', ...ids, ...withKey('secretary')], '123456\n')).toMatchObject({
      code: 1,
      json: { error: { code: 'role-not-allowed' } },
    });
    expect(await office(['batch', '--resume', ...withKey('judge')], '123456\n')).toMatchObject({
      code: 1,
      json: { error: { code: 'not-found' } },
    });
  });

  it('answers one result for each act in the order asked for, and keeps it', async () => {
    const [first, second, third] = acts as [ActToRead, ActToRead, ActToRead];
    const asked = [third, first, second];
    const done = await office(['batch', ...asked.map(({ filingId }) => filingId), ...withKey('judge')], '123456\n');
    expect(done).toMatchObject({
      code: 0,
      json: { state: 'done', stop: null, signed: 3, certificate: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect((done.json as { results: unknown[] }).results).toEqual(
      asked.map(({ id, filingId, sha256 }) => ({
        id: filingId,
        act: id,
        kind: 'ruling-accept',
        number: expect.stringMatching(/^9900-/),
        state: 'signed',
        code: null,
        sha256,
        signedSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        signedAt: expect.any(String),
        level: 'B',
      })),
    );
    expect(await office(['sign-in', ...withKey('judge')], '123456\n')).toMatchObject({ code: 0 });
    expect(await office(['batches'])).toMatchObject({
      code: 0,
      json: [{ state: 'done', total: 3, signed: 3, failed: 0, notTried: 0, stop: null }],
    });
  });

  it('signs nothing a second time, and says so for each act', async () => {
    const again = await office(['batch', ...acts.map(({ filingId }) => filingId), ...withKey('judge')], '123456\n');
    expect(again).toMatchObject({ code: 1, json: { state: 'done', signed: 1 } });
    expect((again.json as { results: { state: string; code: string | null }[] }).results.map(({ state, code }) => code ?? state)).toEqual([
      'act-already-signed',
      'act-already-signed',
      'act-already-signed',
      'signed',
    ]);
  });

  it('understands no half command', async () => {
    for (const args of [
      ['batch', ...withKey('judge')],
      ['batch', acts[0]!.filingId, '--resume', ...withKey('judge')],
      ['batch', 'x'],
      ['batches', 'x'],
    ])
      expect((await office(args, '123456\n')).code, args.join(' ')).toBe(64);
  });
});
