/**
 * The one contract of everything that crosses from the window to the core.
 *
 * Adding a channel touches: the file of its subject here, the handler in main/core/channels/<group>.ts, and the caller in renderer/api.
 * The router asks in this order: trusted sender, known channel, right shape, allowed for this role; then works.
 * The window always gets a Result. Unknown keys are refused.
 */
import { z } from 'zod';
import { channel, SECRETARY, done, id, nothing } from './channel.ts';
import { officeShape, roleShape, sessionShape, settingsShape, signInOptionShape } from './session-shapes.ts';
import { referenceShape } from './shapes.ts';
import { overridesShape } from './finding-shapes.ts';
import { boardQuestionShape, boardShape } from './board-shapes.ts';
import { conflictShape, syncCentreShape, syncStatusShape } from './sync-shapes.ts';
import { ACT_CHANNELS } from './act-channels.ts';
import { INTAKE_CHANNELS } from './intake-channels.ts';
import { OFFICE_CHANNELS } from './office-channels.ts';
import { ADMINISTRATION_CHANNELS } from './administration-channels.ts';
import { DOCTOR_CHANNELS } from './doctor-channels.ts';
import { PAPER_CHANNELS } from './paper-channels.ts';
import { PROCEEDINGS_CHANNELS } from './proceedings-channels.ts';

export const CHANNELS = {
  // who and where
  'office.get': channel('anyone', nothing, officeShape),
  'reference.get': channel('anyone', nothing, referenceShape),
  'settings.get': channel('anyone', nothing, settingsShape),
  'settings.set': channel('anyone', settingsShape.partial(), settingsShape),
  /** The desk and its own registry begin anew; the program starts again. In training only. */
  'training.reset': channel('signed-in', nothing, done),
  'session.get': channel('anyone', nothing, sessionShape.nullable()),
  'session.options': channel('anyone', nothing, z.array(signInOptionShape)),
  /** Opens the PIN prompt of the shell; the PIN never passes here. */
  'session.sign-in': channel('anyone', z.strictObject({ optionId: z.string().max(200) }), sessionShape),
  'session.unlock': channel('anyone', nothing, sessionShape),
  'session.lock': channel('anyone', nothing, done),
  'session.sign-out': channel('anyone', nothing, done),
  'session.use-role': channel('signed-in', z.strictObject({ role: roleShape }), sessionShape),

  ...INTAKE_CHANNELS,
  ...ACT_CHANNELS,
  ...PROCEEDINGS_CHANNELS,
  ...PAPER_CHANNELS,
  ...OFFICE_CHANNELS,
  ...DOCTOR_CHANNELS,
  ...ADMINISTRATION_CHANNELS,

  // office and sync
  /** The head of office sees the whole office, everybody else his own numbers. */
  'board.get': channel(['secretary', 'judge', 'office-head'], boardQuestionShape, boardShape),
  'board.overrides': channel(['office-head'], nothing, overridesShape),
  'sync.status': channel('anyone', nothing, syncStatusShape),
  'sync.centre': channel('signed-in', nothing, syncCentreShape),
  'sync.now': channel('signed-in', nothing, syncStatusShape),
  /** Goes on although the past of desk or registry is not what both had agreed on; the reason is kept in the journal and at the registry. */
  'sync.accept-history': channel(['office-head', 'admin'], z.strictObject({ reason: z.string().min(1).max(1000) }), syncStatusShape),
  /** A filing with an item that was not accepted, here beside how the registry holds it. */
  'sync.compare': channel(['secretary', 'office-head', 'judge'], z.strictObject({ outboxId: z.string().max(100) }), conflictShape),
  /** What the registry holds is taken over, and what this desk had to say about it is withdrawn; the reason goes into the journal. Needs the line. */
  'sync.take-registry': channel(
    SECRETARY,
    z.strictObject({ outboxId: z.string().max(100), reason: z.string().trim().min(1).max(1000) }),
    syncStatusShape,
  ),
  'sync.retry': channel(SECRETARY, z.strictObject({ outboxId: id }), syncStatusShape),
} as const;

export type ChannelName = keyof typeof CHANNELS;
export const CHANNEL_NAMES = Object.keys(CHANNELS) as readonly ChannelName[];
export type ChannelInput<C extends ChannelName> = z.input<(typeof CHANNELS)[C]['input']>;
export type ChannelOutput<C extends ChannelName> = z.output<(typeof CHANNELS)[C]['output']>;

/** What the core tells the window unasked. Payloads are small: the window asks for what it shows. */
export const EVENTS = {
  'session.changed': sessionShape.nullable(),
  'sync.changed': syncStatusShape,
  /** Something in the queue, a filing or an act is different; `arrived` counts new filings. */
  'work.changed': z.strictObject({ filingIds: z.array(z.string()), arrived: z.number() }),
  'settings.changed': settingsShape,
  /** An act of a batch has another state, or the batch has begun or ended. */
  'batch.changed': z.strictObject({ id: z.string() }),
  /** What an administrator has set for the court is different. */
  'office.changed': officeShape,
  /** Reports of a month were made. */
  'reports.changed': z.strictObject({}),
  /** Pages of a filing on paper came, or a scanner says something. */
  'paper.changed': z.strictObject({ id: z.string() }),
  /** Another document is torn off, or none any more; `begin`: its window is wanted in front. */
  'torn.changed': z.strictObject({ open: z.boolean(), begin: z.boolean() }),
  /** Somebody works in its window. */
  'torn.touched': z.strictObject({}),
  /** A token came or went, or a key file did. */
  'keys.changed': z.strictObject({}),
} as const;
export type EventName = keyof typeof EVENTS;
export const EVENT_NAMES = Object.keys(EVENTS) as readonly EventName[];
export type EventPayload<E extends EventName> = z.output<(typeof EVENTS)[E]>;

/** All that the window of a torn-off document may ask and hear. */
export const DOCUMENT_WINDOW_CHANNELS: readonly ChannelName[] = [
  'office.get',
  'reference.get',
  'settings.get',
  'session.get',
  'torn.get',
  'torn.follow',
  'torn.touch',
  'document.open',
  'document.read',
  'document.progress',
  'document.save',
];
export const DOCUMENT_WINDOW_EVENTS: readonly EventName[] = ['session.changed', 'settings.changed', 'work.changed', 'torn.changed'];

/** Messages over the port between window and core. */
export type CallMessage = { readonly type: 'call'; readonly id: number; readonly channel: string; readonly input: unknown };
export type AnswerMessage = { readonly type: 'answer'; readonly id: number; readonly result: unknown };
export type EventMessage = { readonly type: 'event'; readonly event: EventName; readonly payload: unknown };
