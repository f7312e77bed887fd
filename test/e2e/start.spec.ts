import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from '../support/e2e/fixtures.ts';
import { dialogWindow, launchKense, mainWindow, pressAndClose } from '../support/e2e/launch.ts';
import { textsOf } from '../support/e2e/texts.ts';
import { openDataKey, profilePaths } from '../../main/store/index.ts';

const t = textsOf('kk');

/** Starts on this desk and answers what the notice says, in the place of a window. */
async function noticeOn(desk: string, args: readonly string[], picture: string): Promise<string> {
  const app = await launchKense({ userData: desk, args });
  const notice = await dialogWindow(app);
  const heading = notice.getByRole('heading');
  await expect(heading).not.toHaveText('');
  const words = await heading.innerText();
  await notice.screenshot({ path: picture });
  expect(app.windows().filter((page) => page.url() === 'app://kense/' && !page.isClosed()).length).toBeLessThanOrEqual(1);
  const ended = app.waitForEvent('close');
  await pressAndClose(notice, 'Escape');
  await ended;
  return words;
}

test('without a profile the program offers training, and does nothing by itself', async ({ desk }, info) => {
  await rm(path.join(desk, 'training'), { recursive: true });
  expect(await noticeOn(desk, [], info.outputPath('no-profile.png'))).toBe(t('shell.noProfile.title'));
  expect(await readdir(desk)).not.toContain('training');
  expect(await readdir(desk)).not.toContain('real');
});

test('training is prepared once, with a word about it, and opens by itself', async ({ desk }, info) => {
  await rm(path.join(desk, 'training'), { recursive: true });
  await rm(path.join(desk, 'training-registry'), { recursive: true });
  const app = await launchKense({ userData: desk, args: [] });
  const offer = await dialogWindow(app);
  await pressAndClose(offer, 'Enter');
  const word = await dialogWindow(app);
  await expect(word.getByRole('heading')).toHaveText(t('shell.preparing.title'));
  await word.screenshot({ path: info.outputPath('preparing.png') });
  const page = await mainWindow(app);
  await expect(page.getByRole('radiogroup')).toBeVisible();
  expect(word.isClosed()).toBe(true);
  await app.close();
});

test('a newer database is not opened', async ({ desk }, info) => {
  const dir = path.join(desk, 'training');
  const key = openDataKey(dir, { kind: 'open' });
  const db = new Database(profilePaths(dir).database);
  db.pragma(`key = "raw:${key.ok ? Buffer.from(key.value).toString('hex') : ''}"`);
  db.pragma('user_version = 9990');
  db.close();
  expect(await noticeOn(desk, ['--training'], info.outputPath('newer.png'))).toBe(t('error.database-newer.title'));
});

test('a database under another key is not opened', async ({ desk }, info) => {
  const { key } = profilePaths(path.join(desk, 'training'));
  await writeFile(key, JSON.stringify({ kind: 'open', key: Buffer.alloc(32, 7).toString('base64') }));
  expect(await noticeOn(desk, ['--training'], info.outputPath('wrong-key.png'))).toBe(t('error.database-key-wrong.title'));
});

test('a damaged database is not opened, and stays as it was', async ({ desk }, info) => {
  const { database } = profilePaths(path.join(desk, 'training'));
  await rm(`${database}-wal`, { force: true });
  const bytes = await readFile(database);
  for (let at = 4096; at < bytes.length; at += 512) bytes[at]! ^= 0xff;
  await writeFile(database, bytes);
  await copyFile(database, `${database}.as-it-was`);
  expect(await noticeOn(desk, ['--training'], info.outputPath('damaged.png'))).toBe(t('error.database-damaged.title'));
  expect((await readFile(database)).equals(await readFile(`${database}.as-it-was`))).toBe(true);
});

test('a training desk is not started on a real profile', async ({ desk }, info) => {
  const { profile } = profilePaths(path.join(desk, 'training'));
  await writeFile(profile, (await readFile(profile, 'utf8')).replace('"training"', '"real"'));
  expect(await noticeOn(desk, ['--training'], info.outputPath('mode.png'))).toBe(t('error.registry-mode-mismatch.title'));
});
