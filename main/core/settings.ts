import { settingsShape, type Settings } from '../../shared/contract/index.ts';
import { readSetting, writeSetting, type Reading, type Writing } from '../store/index.ts';

const DEFAULTS: Settings = {
  ...{ language: 'kk', theme: 'system', contrast: false, density: 'normal', textSizePercent: 100, singleKeys: true },
  ...{ printer: null, printSilently: false },
};
const KEY = 'ui.settings';

export function readUiSettings(read: Reading): Settings {
  const parsed = settingsShape.safeParse({ ...DEFAULTS, ...readSetting<Partial<Settings>>(read, KEY) });
  return parsed.success ? parsed.data : DEFAULTS;
}

export function changeUiSettings(tx: Writing, change: Partial<Settings>): Settings {
  const next = { ...readUiSettings(tx), ...change };
  writeSetting(tx, KEY, next);
  return next;
}
