import type { Role } from '../../shared/domain/role.ts';
import type { TextKey } from '../i18n/text-key.ts';
import type { IconName } from '../ui/icon.tsx';
import type { Route } from './route.ts';

export type RailEntry = {
  readonly id: string;
  readonly icon: IconName;
  readonly text: TextKey;
  readonly route: Route;
  /** Has no digit: there are nine, and others are wanted more often. */
  readonly withoutKey?: true;
};

const queue: RailEntry = { id: 'queue', icon: 'inbox', text: 'nav.queue', route: { screen: 'queue', view: 'open' } };
const registered: RailEntry = { id: 'registered', icon: 'registered', text: 'nav.registered', route: { screen: 'registered' } };
const toSign: RailEntry = { id: 'to-sign', icon: 'pen', text: 'nav.acts', route: { screen: 'acts', view: 'to-sign' } };
const signed: RailEntry = { id: 'signed', icon: 'signed', text: 'nav.signed', route: { screen: 'acts', view: 'signed' } };
const dispatches: RailEntry = { id: 'dispatches', icon: 'send', text: 'nav.dispatch', route: { screen: 'dispatches', view: 'hand' } };
const counter: RailEntry = { id: 'counter', icon: 'paper', text: 'nav.counter', route: { screen: 'counter', id: null } };
const scan: RailEntry = { id: 'scan', icon: 'scan', text: 'nav.scan', route: { screen: 'scan', id: null } };
const hearings: RailEntry = { id: 'hearings', icon: 'calendar', text: 'nav.hearings', route: { screen: 'hearings' } };
const board: RailEntry = { id: 'board', icon: 'board', text: 'nav.dashboard', route: { screen: 'board' } };
const workload: RailEntry = { id: 'workload', icon: 'people', text: 'nav.workload', route: { screen: 'workload' } };
const ownNumbers: RailEntry = { id: 'board', icon: 'board', text: 'nav.ownNumbers', route: { screen: 'board' } };
const reports: RailEntry = { id: 'reports', icon: 'table', text: 'nav.reports', route: { screen: 'reports' } };
const journal: RailEntry = { id: 'journal', icon: 'journal', text: 'nav.journal', route: { screen: 'journal' } };
const administration: RailEntry = {
  id: 'administration',
  icon: 'people',
  text: 'nav.administration',
  route: { screen: 'administration' },
};
const sync: RailEntry = { id: 'sync', icon: 'sync', text: 'sync.title', route: { screen: 'sync' } };
const settings: RailEntry = { id: 'settings', icon: 'settings', text: 'nav.settings', route: { screen: 'settings' } };

export const RAIL: Readonly<Record<Role, readonly RailEntry[]>> = {
  secretary: [queue, registered, dispatches, hearings, scan, counter, sync, settings, ownNumbers],
  judge: [toSign, signed, dispatches, hearings, sync, settings, ownNumbers],
  'office-head': [board, queue, workload, registered, dispatches, { ...hearings, withoutKey: true }, reports, journal, sync, settings],
  admin: [administration, journal, sync, settings],
};

/** The digit with which Ctrl opens an entry; null for one without. */
export const digitOfEntry = (entries: readonly RailEntry[], entry: RailEntry): number | null =>
  entry.withoutKey ? null : entries.filter(({ withoutKey }) => !withoutKey).indexOf(entry) + 1;

/** The entry a screen belongs to; deeper screens keep the entry they were opened from. */
export function railIdOf(route: Route): string | null {
  switch (route.screen) {
    case 'queue':
      return 'queue';
    case 'acts':
      return route.view;
    case 'registered':
    case 'dispatches':
    case 'counter':
    case 'scan':
    case 'hearings':
    case 'board':
    case 'workload':
    case 'reports':
    case 'journal':
    case 'administration':
    case 'sync':
    case 'settings':
      return route.screen;
    case 'self-check':
      return 'settings';
    case 'search':
    case 'card':
    case 'case':
    case 'filing':
    case 'act':
    case 'batches':
    case 'batch':
    case 'dispatch':
      return null;
  }
}
