import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDataKey, keyProtection, openDataKey, profilePaths } from '../../main/store/index.ts';
import { tempDir } from '../support/temp-dir.ts';

describe('the data key of a profile', () => {
  it('opens with the passphrase it was wrapped by, and with no other', () => {
    const dir = tempDir();
    const key = createDataKey(dir, { kind: 'passphrase', passphrase: 'Қыс ортасы 2026' });
    expect(key).toHaveLength(32);
    expect(keyProtection(dir)).toEqual({ ok: true, value: 'passphrase' });
    expect(openDataKey(dir, { kind: 'passphrase', passphrase: 'Қыс ортасы 2026' })).toEqual({ ok: true, value: key });
    expect(openDataKey(dir, { kind: 'passphrase', passphrase: 'Кыс ортасы 2026' })).toMatchObject({
      ok: false,
      error: { code: 'database-key-wrong' },
    });
    expect(openDataKey(dir, { kind: 'open' })).toMatchObject({ ok: false, error: { code: 'passphrase-needed' } });
    expect(fs.readFileSync(profilePaths(dir).key).includes(Buffer.from(key).toString('base64'))).toBe(false);
  });

  it('goes through the key store of the operating system when the shell brings one', () => {
    const dir = tempDir();
    const flip = (bytes: Uint8Array) => bytes.map((b) => b ^ 0x5a);
    const key = createDataKey(dir, { kind: 'os', wrap: flip, unwrap: flip });
    expect(openDataKey(dir, { kind: 'os', wrap: flip, unwrap: flip })).toEqual({ ok: true, value: key });
    const broken = () => {
      throw new Error('no key store');
    };
    expect(openDataKey(dir, { kind: 'os', wrap: broken, unwrap: broken })).toMatchObject({
      ok: false,
      error: { code: 'database-key-wrong' },
    });
  });

  it('is never replaced, and is readable by its owner alone', () => {
    const dir = tempDir();
    createDataKey(dir, { kind: 'open' });
    expect(() => createDataKey(dir, { kind: 'open' })).toThrow(/already/);
    expect(fs.statSync(path.join(dir, 'data.key')).mode & 0o077).toBe(0);
  });
});
