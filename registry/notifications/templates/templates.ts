import type { NoticeKind } from '../../../shared/registry/index.ts';

/** The words of one language; `{…}` are filled. */
export type Templates = {
  readonly greeting: string;
  readonly closing: string;
  /** For those who do not read in the cabinet. */
  readonly closingElsewhere: string;
  /** Added where there is a room, and a link. */
  readonly room: string;
  readonly link: string;
  readonly texts: Readonly<Record<NoticeKind, { readonly subject: string; readonly text: string }>>;
};
