import type { EventName } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/result.ts';
import type { PrintJob } from './shell-services.ts';

/** The profile and the machine as the shell knows them; functions stay behind, because this crosses a process boundary. */
export type CoreStart = {
  readonly profileDir: string;
  readonly dataKey: Uint8Array;
  readonly resourcesDir: string;
  readonly version: string;
  /** Overrides the profile's: the embedded registry has another port each time. */
  readonly registryUrl: string | null;
  /** Filings arrive in the course of the day: in training with a registry of its own. */
  readonly scriptedDay: boolean;
};

export type TrainingStart = {
  readonly profileDir: string;
  readonly resourcesDir: string;
  readonly registryUrl: string;
  readonly enrolmentCode: string;
  readonly sampleFilings: number;
};

export type { ChosenDocument, PrintJob } from './shell-services.ts';
export type DocumentToPublish = { readonly sha256: string; readonly contentType: string; readonly size: number };
export type DocumentToSave = { readonly sha256: string; readonly place: string };

/** Shell → core process. `token-host` and `window` bring a port along; a new one replaces the old. `pictures` brings that of a process of its own. */
export type ToCore =
  | { readonly type: 'create-training-profile'; readonly input: TrainingStart }
  | { readonly type: 'start'; readonly config: CoreStart }
  | { readonly type: 'token-host' }
  | { readonly type: 'window' }
  /** The window of a torn-off document. */
  | { readonly type: 'document-window' }
  | { readonly type: 'pictures'; readonly id: number }
  | { readonly type: 'lock' }
  | { readonly type: 'close' }
  | { readonly type: 'service-answer'; readonly id: number; readonly answer: unknown };

/** Core process → shell. */
export type FromCore =
  | { readonly type: 'training-profile'; readonly result: Result<null> }
  | { readonly type: 'started'; readonly result: Result<null> }
  | { readonly type: 'publish-document'; readonly id: number; readonly document: DocumentToPublish }
  | { readonly type: 'choose-documents'; readonly id: number }
  | { readonly type: 'choose-module'; readonly id: number }
  | { readonly type: 'choose-place'; readonly id: number; readonly fileName: string }
  | { readonly type: 'save-document'; readonly id: number; readonly document: DocumentToSave }
  | { readonly type: 'list-printers'; readonly id: number }
  | { readonly type: 'print-document'; readonly id: number; readonly job: PrintJob }
  | { readonly type: 'reset-training'; readonly id: number }
  | { readonly type: 'start-pictures' | 'end-pictures'; readonly id: number }
  | { readonly type: 'event'; readonly event: EventName; readonly payload: unknown };
