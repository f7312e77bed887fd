import type { Appearance } from './dialog-messages.ts';

/** Gives the page of a dialog its language and look, and says whether this is training. */
export function dressPage(look: Appearance & { readonly windowTitle: string }): void {
  const { documentElement: root } = document;
  root.lang = look.language;
  root.dataset['scheme'] = look.dark ? 'dark' : 'light';
  root.dataset['contrast'] = look.contrast ? 'high' : 'normal';
  root.style.setProperty('--text-scale', String(look.textSizePercent / 100));
  document.title = look.windowTitle;
  const mark = document.getElementById('training');
  if (!mark) return;
  mark.textContent = look.trainingMark;
  mark.hidden = look.trainingMark === null;
}
