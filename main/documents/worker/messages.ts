import type { ComparedFact, SafeDocument, UnreadableReason } from '../../../shared/contract/index.ts';
import type { AskedFact, PageOfText } from './compare-texts.ts';
import type { PagesText } from './read-pdf-text.ts';
import type { ReadableType } from './read-document.ts';

export type ReadingRequest =
  | { readonly want: 'text'; readonly type: ReadableType; readonly bytes: Uint8Array }
  | { readonly want: 'view'; readonly type: 'office' | 'text'; readonly bytes: Uint8Array }
  | { readonly want: 'compare'; readonly asked: readonly AskedFact[]; readonly pages: readonly PageOfText[] };

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: UnreadableReason };
export type ReadingAnswer = Read<PagesText | SafeDocument | ComparedFact[]>;
