import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { askTrainingReset, finishTrainingReset, profilePaths, writeProfile } from '../../main/store/index.ts';
import { tempDir } from '../support/temp-dir.ts';

let base: string;
let desk: string;
let registry: string;
beforeEach(() => {
  base = tempDir();
  desk = path.join(base, 'training');
  registry = path.join(base, 'training-registry');
});

/** A desk with something in every part of it, and a file that is none of ours. */
function fill(mode: 'training' | 'real'): void {
  writeProfile(desk, {
    format: 1,
    mode,
    court: { code: '9900', nameKk: 'Оқу соты', nameRu: 'Учебный суд' },
    workstationId: '01890a5d-ac96-774b-bcce-b302099a8057',
    registryUrl: 'http://127.0.0.1:1',
    createdAt: '2026-11-21T10:00:00.000Z',
  });
  const { profile, ...others } = profilePaths(desk);
  for (const part of Object.values(others)) {
    const isFile = path.extname(part) !== '';
    if (!isFile) fs.mkdirSync(path.join(part, 'deeper'), { recursive: true });
    fs.writeFileSync(isFile ? part : path.join(part, 'deeper', 'file'), 'x');
  }
  for (const end of ['-wal', '-shm']) fs.writeFileSync(`${others.database}${end}`, 'x');
  expect(fs.existsSync(profile)).toBe(true);
  fs.mkdirSync(path.join(registry, 'data'), { recursive: true });
  fs.writeFileSync(path.join(registry, 'data', 'PG_VERSION'), '17');
  fs.writeFileSync(path.join(desk, 'not-ours.txt'), 'x');
}
const everything = () => fs.readdirSync(base, { recursive: true, encoding: 'utf8' }).sort();

describe('training that begins anew', () => {
  it('takes nothing away before it is asked for, and at the asking only marks it', () => {
    fill('training');
    const before = everything();
    expect(finishTrainingReset(desk, registry)).toBe(false);
    expect(everything()).toEqual(before);
    expect(askTrainingReset(desk)).toEqual({ ok: true, value: null });
    expect(everything()).toEqual([...before, path.join('training', 'training-reset')].sort());
  });

  it('keeps nothing of the desk and of its registry, and touches no file that is not of a profile', () => {
    fill('training');
    askTrainingReset(desk);
    expect(finishTrainingReset(desk, registry)).toBe(true);
    expect(everything()).toEqual(['training', path.join('training', 'not-ours.txt')]);
    expect(finishTrainingReset(desk, registry)).toBe(false);
  });

  it('refuses a real desk, and a mark that somebody has laid into one changes nothing', () => {
    fill('real');
    expect(askTrainingReset(desk)).toEqual({ ok: false, error: expect.objectContaining({ code: 'training-only' }) as unknown });
    fs.writeFileSync(path.join(desk, 'training-reset'), '');
    const before = everything();
    expect(finishTrainingReset(desk, registry)).toBe(false);
    expect(everything()).toEqual(before);
    expect(askTrainingReset(path.join(base, 'nobody'))).toMatchObject({ ok: false, error: { code: 'profile-missing' } });
  });

  it('does not touch a desk whose description cannot be read', () => {
    fill('training');
    askTrainingReset(desk);
    fs.writeFileSync(profilePaths(desk).profile, '{');
    const before = everything();
    expect(finishTrainingReset(desk, registry)).toBe(false);
    expect(everything()).toEqual(before);
  });

  it('goes on at the next start, wherever it was killed', () => {
    const steps = (() => {
      fill('training');
      askTrainingReset(desk);
      const removing = vi.spyOn(fs, 'rmSync');
      finishTrainingReset(desk, registry);
      const { length } = removing.mock.calls;
      removing.mockRestore();
      return length;
    })();
    expect(steps).toBeGreaterThan(10);
    for (let killedAt = 0; killedAt < steps; killedAt++) {
      fill('training');
      askTrainingReset(desk);
      const real = fs.rmSync;
      let done = 0;
      const removing = vi.spyOn(fs, 'rmSync').mockImplementation((...given) => {
        if (done++ === killedAt) throw new Error('killed');
        real(...given);
      });
      expect(() => finishTrainingReset(desk, registry)).toThrow('killed');
      removing.mockRestore();
      expect(finishTrainingReset(desk, registry), `killed before step ${killedAt}`).toBe(true);
      expect(everything()).toEqual(['training', path.join('training', 'not-ours.txt')]);
    }
  });
});
