import { settingsShape, type Settings } from '../../shared/contract/index.ts';
import { readSetting, writeSetting, type Reading, type Writing } from '../store/index.ts';

const DEFAULTS: Settings = {
  ...{ language: 'kk', theme: 'system', contrast: false, density: 'normal', textSizePercent: 100, singleKeys: true },
  ...{ printer: null, printSilently: false, scanner: null },
};
/** Of the desk while nobody is signed in; of a person what they have changed themselves. */
const keyOf = (userId: string | null) => (userId === null ? 'ui.settings' : `ui.settings.${userId}`);
const kept = (read: Reading, userId: string | null) => readSetting<Partial<Settings>>(read, keyOf(userId)) ?? {};

/** What a person works with: their own choices above those of the desk. @param userId null while nobody is signed in. */
export function readUiSettings(read: Reading, userId: string | null): Settings {
  const parsed = settingsShape.safeParse({ ...DEFAULTS, ...kept(read, null), ...(userId === null ? {} : kept(read, userId)) });
  return parsed.success ? parsed.data : DEFAULTS;
}

export function changeUiSettings(tx: Writing, userId: string | null, change: Partial<Settings>): Settings {
  writeSetting(tx, keyOf(userId), { ...kept(tx, userId), ...change });
  return readUiSettings(tx, userId);
}
