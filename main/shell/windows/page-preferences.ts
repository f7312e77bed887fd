import { app, type WebPreferences } from 'electron';
import { builtFile } from '../places.ts';

/** What a page of ours may: nothing but draw and ask the core through its preload. */
export const pagePreferences = (): WebPreferences => ({
  preload: builtFile('preload', 'window.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  devTools: !app.isPackaged,
});
