import type { Settings } from '../../shared/contract/index.ts';
import { setSingleKeys } from './keys/use-commands.ts';

/** Puts the look the person chose on the root element; the stylesheets do the rest. */
export function applySettings(settings: Settings): void {
  const root = document.documentElement;
  root.dataset['contrast'] = settings.contrast ? 'high' : 'normal';
  root.dataset['density'] = settings.density;
  root.style.setProperty('--text-scale', String(settings.textSizePercent / 100));
  setSingleKeys(settings.singleKeys);
}
