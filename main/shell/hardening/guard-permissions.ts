import type { Session } from 'electron';
import { isOfHost, WINDOW_HOST } from './origin.ts';

/** The only permission that is given, to the window alone: numbers are copied by a press. Text goes out, nothing is read. */
const COPYING = 'clipboard-sanitized-write';

/** Every other permission that Chromium knows, each refused, with the reason; an unknown one is refused as well. */
export const REFUSED_PERMISSIONS = {
  'accessibility-events': 'no page of ours listens to assistive technology',
  'background-fetch': 'the window has no network',
  'background-sync': 'syncing is the work of the core',
  'clipboard-read': 'pasting goes through the keyboard',
  'deprecated-sync-clipboard-read': 'pasting goes through the keyboard',
  'display-capture': 'screens are full of personal data',
  fileSystem: 'files are opened and saved by the shell',
  fullscreen: 'a page that fills the screen could pose as the lock screen',
  geolocation: 'where the desk is concerns nobody',
  hid: 'tokens belong to the token host',
  'idle-detection': 'the shell itself locks an idle desk',
  keyboardLock: 'keys belong to the person',
  media: 'no camera and no microphone at the desk',
  mediaKeySystem: 'there is no protected media',
  midi: 'there are no instruments',
  midiSysex: 'there are no instruments',
  notifications: 'personal data on a locked screen',
  openExternal: 'one door leads outside, and it is in the shell',
  'payment-handler': 'duties are paid in the cabinet',
  pointerLock: 'the pointer belongs to the person',
  'screen-wake-lock': 'a desk that nobody uses must lock',
  sensors: 'no page of ours measures the world',
  serial: 'tokens belong to the token host',
  'speaker-selection': 'there is nothing to hear',
  'storage-access': 'there is one origin',
  'top-level-storage-access': 'there is one origin',
  usb: 'tokens belong to the token host',
  'window-management': 'windows belong to the shell',
} as const satisfies Record<string, string>;

export const mayUse = (permission: string, origin: string): boolean => permission === COPYING && isOfHost(origin, WINDOW_HOST);

export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => answer(mayUse(permission, requestingUrl)));
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => mayUse(permission, requestingOrigin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
}
