/**
 * What the hash chain over a court's feed and the registry's signatures are made of. Both sides build these texts; hashing
 * (SHA-256 over UTF-8, hex) and signing (Ed25519 over UTF-8, base64url) are theirs, because this room knows no platform.
 */
import type { FeedItem } from './feed.ts';

/** What stands before the first item of a feed. */
export const FEED_START = '0'.repeat(64);

/** The text whose hash is the link of an item: the link before it and all that the item says. */
export function feedLinkText(previous: string, item: FeedItem): string {
  return canonicalJson([previous, item.seq, item.kind, item.version, item.subject, item.at, item.data]);
}

/** The text that the registry signs to say: this court's feed has this link at this place. */
export const feedHeadText = (court: string, head: { readonly seq: number; readonly hash: string }): string =>
  canonicalJson(['kense feed head', court, head.seq, head.hash]);

/** The text that the registry signs to say: this workstation's journal had this length and this hash at this time. */
export const anchorText = (
  workstationId: string,
  anchor: { readonly entries: number; readonly head: string; readonly anchoredAt: string },
): string => canonicalJson(['kense journal anchor', workstationId, anchor.entries, anchor.head, anchor.anchoredAt]);

/** A value that came from JSON as JSON without blanks and with the keys of every object in order of their UTF-16 code units, as RFC 8785 has it. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}
