import type { NoticeKind } from '../../shared/registry/index.ts';
import type { NoticeFacts } from './tell-recipients.ts';

/** A notice that a sender has taken to hand over by one channel. */
export type TakenNotice = {
  readonly id: string;
  readonly court: string;
  readonly kind: NoticeKind;
  readonly name: string;
  readonly language: 'kk' | 'ru';
  readonly via: string;
  readonly addresses: { readonly phone?: string; readonly email?: string };
  readonly facts: NoticeFacts;
  readonly attempts: number;
  /** How often a person has begun anew. */
  readonly round: number;
  readonly court_kk: string;
  readonly court_ru: string;
};

/** What became of it: taken, with the answer as a code; failed for now; or failed for good, so that this channel is not tried again. `reason` is a code without personal data. */
export type HandedOver =
  | { readonly outcome: 'sent'; readonly answer: string }
  | { readonly outcome: 'retry'; readonly reason: string }
  | { readonly outcome: 'failed'; readonly reason: string };

/** One way out. The key is the same at every attempt, so that the other side can tell a repeat. */
export type Channel = {
  send(notice: TakenNotice, key: string): Promise<HandedOver>;
  close(): void;
};

export const keyOf = ({ id, via, round }: Pick<TakenNotice, 'id' | 'via' | 'round'>): string =>
  round === 1 ? `${id}.${via}` : `${id}.${via}.${round}`;
