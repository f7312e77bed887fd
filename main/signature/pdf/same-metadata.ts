import { canonical } from './canonical-value.ts';
import type { PdfObject } from './pdf-object.ts';
import { entryOf, nameOf } from './pdf-value.ts';

/** Longer metadata is compared as it stands. */
const MAX_OCTETS = 256 * 1024;
/** What a writer renews whenever it saves (XMP part 1 §8.4): when, and which copy. The values are too short to say anything else. */
const RENEWED =
  /<(xmp:ModifyDate|xmp:MetadataDate|xmpMM:InstanceID)>[\w:.+-]{0,64}<\/\1>|\b(?:xmp:ModifyDate|xmp:MetadataDate|xmpMM:InstanceID)=(?:"[\w:.+-]{0,64}"|'[\w:.+-]{0,64}')/g;

/** Whether XMP metadata (ISO 32000-1 §14.3.2) stayed the same but for its own dates; anything that is not plain XMP differs. */
export function sameMetadata(before: PdfObject, now: PdfObject): boolean {
  const [old, fresh] = [readPlain(before), readPlain(now)];
  return old !== null && fresh !== null && old === fresh;
}

function readPlain({ value, stream }: PdfObject): string | null {
  if (value.type !== 'dictionary' || stream === null || stream.length > MAX_OCTETS) return null;
  const xmp = nameOf(entryOf(value, 'Type')) === 'Metadata' && nameOf(entryOf(value, 'Subtype')) === 'XML';
  if (!xmp || value.entries.some(({ key }) => key === 'Filter')) return null;
  const rest = { ...value, entries: value.entries.filter(({ key }) => key !== 'Length') };
  const text = Buffer.from(stream).toString('latin1').replace(RENEWED, '').replace(/\s+/g, ' ').trim();
  return `${canonical(rest)} ${text}`;
}
