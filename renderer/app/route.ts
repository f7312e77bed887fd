import type { DispatchView, QueueFilter, QueueView } from '../../shared/contract/index.ts';
import type { DONE_VIEWS } from '../../shared/domain/queue-view.ts';
import type { Role } from '../../shared/domain/role.ts';

export type ListRoute =
  | {
      readonly screen: 'queue';
      /** Null where the day begins. */ readonly view: QueueView | null;
      /** What it begins with. */ readonly filter?: QueueFilter;
    }
  | { readonly screen: 'search'; readonly text: string };

export type DoneView = (typeof DONE_VIEWS)[number];

/** Where neighbours stand in a list of the core, which has more on both sides: `first` is the place of the first of them. */
export type InList = { readonly list: number; readonly first: number };

/** What is looked at among the reports, so that coming back from a filing finds it again. Court days, both inclusive. */
export type AskedReport = {
  readonly section: 'reports' | 'fairness' | 'scheduled';
  /** Empty: the first of the section. */
  readonly id: string;
  readonly from: string;
  readonly until: string;
  readonly language: 'kk' | 'ru';
  /** The field that it is broken down by; null: as the report has it. */
  readonly by: string | null;
};

/** Where the window is. `filing` remembers the list it was opened from, for the next and the previous filing. */
export type Route =
  | ListRoute
  | { readonly screen: 'registered'; readonly view?: DoneView; readonly filter?: QueueFilter }
  | { readonly screen: 'case'; readonly number: string }
  | { readonly screen: 'filing'; readonly id: string; readonly neighbours: readonly string[]; readonly inList?: InList | undefined }
  | { readonly screen: 'acts'; readonly view: 'to-sign' | 'signed' }
  | { readonly screen: 'act'; readonly id: string }
  | { readonly screen: 'batches' }
  | { readonly screen: 'batch'; readonly id: string }
  | { readonly screen: 'dispatches'; readonly view: DispatchView }
  | { readonly screen: 'dispatch'; readonly actId: string }
  /** The unfinished filing on paper; null: the last one, else a new one. */
  | { readonly screen: 'counter' | 'scan'; readonly id: string | null }
  | { readonly screen: 'hearings' }
  | { readonly screen: 'card' }
  | { readonly screen: 'board' }
  | { readonly screen: 'workload' }
  | { readonly screen: 'reports'; readonly asked?: AskedReport }
  | { readonly screen: 'journal' }
  | { readonly screen: 'administration' }
  | { readonly screen: 'sync' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'self-check' };

export const HOME_OF_ROLE: Readonly<Record<Role, Route>> = {
  secretary: { screen: 'queue', view: null },
  judge: { screen: 'acts', view: 'to-sign' },
  'office-head': { screen: 'board' },
  admin: { screen: 'administration' },
};
