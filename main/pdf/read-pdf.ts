import type { PdfDict, PdfRef, PdfValue } from './pdf-value.ts';
import { PdfEncryptedError, PdfReader, PdfSyntaxError, integerOf } from './pdf-value.ts';
import { streamData } from './pdf-stream.ts';

/**
 * The objects of a PDF as its cross-reference says, never by searching for them: what a search finds can differ from what
 * a viewer shows, and a signature must speak of the latter.
 */
export type PdfFile = {
  readonly bytes: Uint8Array;
  readonly startXref: number;
  /** How the newest cross-reference section is written; an update repeats it. */
  readonly sectionKind: 'table' | 'stream';
  readonly trailer: PdfDict;
  /** One more than the highest object number in use. */
  readonly size: number;
  load(ref: PdfRef): PdfValue;
  /** Follows references until a value. */
  resolve(value: PdfValue | undefined): PdfValue | null;
  dict(value: PdfValue | undefined): PdfDict | null;
  array(value: PdfValue | undefined): readonly PdfValue[] | null;
  /** The unpacked bytes of a stream; null when there is none, or it cannot be unpacked. */
  stream(ref: PdfRef): Uint8Array | null;
};

type Place = { readonly offset: number; readonly generation: number } | { readonly stream: number; readonly index: number } | 'free';
type Section = { readonly kind: 'table' | 'stream'; readonly trailer: PdfDict };

const MAX_SECTIONS = 500;
const MAX_OBJECTS = 2_000_000;
const MAX_REFERENCES = 32;
/** Bytes read and unpacked in one file, counted again each time: small files that make a reader go round end here. */
const MAX_WORK_BYTES = 256 * 1024 * 1024;

/** Counts work done on a file and stops it when it is too much. */
type Spend = (bytes: number) => void;

function limitedWork(): Spend {
  let left = MAX_WORK_BYTES;
  return (bytes) => {
    left -= bytes;
    if (left < 0) throw new PdfSyntaxError('the file takes too much work to read');
  };
}

/** Opens a PDF for signing or checking. Throws `PdfSyntaxError` when its structure is damaged, encrypted or beyond the limits. */
export function readPdf(bytes: Uint8Array): PdfFile {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-') throw new PdfSyntaxError('the file does not begin as a PDF');
  const startXref = findStartXref(bytes);
  const places = new Map<number, Place>();
  const spend = limitedWork();
  const sections = readSections(bytes, startXref, places, spend);
  const [newest] = sections;
  if (!newest) throw new PdfSyntaxError('the file has no cross-reference');
  const trailer = newest.trailer;
  if (sections.some((section) => section.trailer.has('Encrypt'))) throw new PdfEncryptedError('the file is encrypted');
  if (trailer.get('Root')?.kind !== 'ref') throw new PdfSyntaxError('the trailer names no catalog');
  const highest = [...places.keys()].reduce((most, number) => Math.max(most, number), 0);
  const { load, stream } = objectLoader(bytes, places, spend);
  const resolve = (value: PdfValue | undefined): PdfValue | null => {
    let current = value;
    for (let hops = 0; current?.kind === 'ref'; hops++) {
      if (hops > MAX_REFERENCES) throw new PdfSyntaxError('references go in a circle');
      current = load(current);
    }
    return current ?? null;
  };
  return {
    bytes,
    startXref,
    sectionKind: newest.kind,
    trailer,
    size: Math.max(integerOf(trailer.get('Size')) ?? 0, highest + 1),
    load,
    resolve,
    dict: (value) => {
      const found = resolve(value);
      return found?.kind === 'dict' ? found.entries : null;
    },
    array: (value) => {
      const found = resolve(value);
      return found?.kind === 'array' ? found.items : null;
    },
    stream,
  };
}

function findStartXref(bytes: Uint8Array): number {
  const tail = Buffer.from(bytes.subarray(-2048)).toString('latin1');
  const at = tail.lastIndexOf('startxref');
  const match = at < 0 ? null : /^startxref\s+(\d{1,12})\s/.exec(`${tail.slice(at)} `);
  if (!match || Number(match[1]) >= bytes.length) throw new PdfSyntaxError('the file has no place of its cross-reference');
  return Number(match[1]);
}

/** Newest first; the first place found for an object is the one that counts. */
function readSections(bytes: Uint8Array, startXref: number, places: Map<number, Place>, spend: Spend): Section[] {
  const sections: Section[] = [];
  const seen = new Set<number>();
  const waiting = [startXref];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    if (seen.has(at) || seen.size >= MAX_SECTIONS) throw new PdfSyntaxError('the cross-reference goes in a circle');
    seen.add(at);
    const reader = new PdfReader(bytes, at);
    const section = reader.takeWord('xref') ? readTable(reader, places) : readXrefStream(reader, places, spend);
    spend(reader.at - at);
    if (places.size > MAX_OBJECTS) throw new PdfSyntaxError('the file has too many objects');
    sections.push(section);
    // A table may bring a stream beside it, which comes before the older sections (ISO 32000-1 §7.5.8.4).
    for (const key of section.kind === 'table' ? ['XRefStm', 'Prev'] : ['Prev']) {
      const next = integerOf(section.trailer.get(key));
      if (next !== null) waiting.push(next);
    }
  }
  return sections;
}

function readTable(reader: PdfReader, places: Map<number, Place>): Section {
  while (!reader.takeWord('trailer')) {
    const first = reader.integer();
    const count = reader.integer();
    if (count > MAX_OBJECTS) throw new PdfSyntaxError('the file has too many objects');
    for (let number = first; number < first + count; number++) {
      const offset = reader.integer();
      const generation = reader.integer();
      const kind = reader.token();
      if (kind !== 'n' && kind !== 'f') throw new PdfSyntaxError('a cross-reference entry is damaged');
      if (!places.has(number)) places.set(number, kind === 'n' ? { offset, generation } : 'free');
    }
  }
  const trailer = reader.value();
  if (trailer.kind !== 'dict') throw new PdfSyntaxError('the trailer is no dictionary');
  return { kind: 'table', trailer: trailer.entries };
}

function readXrefStream(reader: PdfReader, places: Map<number, Place>, spend: Spend): Section {
  reader.integer();
  reader.integer();
  if (!reader.takeWord('obj')) throw new PdfSyntaxError('there is no cross-reference where the file says');
  const dict = reader.value();
  if (dict.kind !== 'dict') throw new PdfSyntaxError('the cross-reference stream has no dictionary');
  const data = streamData(reader, dict.entries, integerOf(dict.entries.get('Length')));
  spend(data.length);
  const widths = integers(dict.entries.get('W'));
  const size = integerOf(dict.entries.get('Size')) ?? 0;
  const index = dict.entries.has('Index') ? integers(dict.entries.get('Index')) : [0, size];
  const [typeWidth = -1, secondWidth = -1, thirdWidth = -1] = widths;
  const entryWidth = typeWidth + secondWidth + thirdWidth;
  if ([typeWidth, secondWidth, thirdWidth].some((width) => width < 0 || width > 6) || entryWidth === 0 || index.some((n) => n < 0)) {
    throw new PdfSyntaxError('the cross-reference stream is damaged');
  }
  let at = 0;
  const field = (width: number): number => {
    let value = 0;
    for (const end = at + width; at < end; at++) value = value * 256 + (data[at] ?? 0);
    return value;
  };
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const first = index[pair] ?? 0;
    for (let number = first; number < first + (index[pair + 1] ?? 0) && at < data.length; number++) {
      const type = typeWidth === 0 ? 1 : field(typeWidth);
      const second = field(secondWidth);
      const third = field(thirdWidth);
      if (places.has(number)) continue;
      places.set(number, type === 1 ? { offset: second, generation: third } : type === 2 ? { stream: second, index: third } : 'free');
    }
  }
  return { kind: 'stream', trailer: dict.entries };
}

const integers = (value: PdfValue | undefined): number[] =>
  value?.kind === 'array' ? value.items.map((item) => integerOf(item) ?? -1) : [];

type ObjectStream = { readonly data: Uint8Array; readonly offsets: ReadonlyMap<number, number> };

function objectLoader(bytes: Uint8Array, places: ReadonlyMap<number, Place>, spend: Spend): Pick<PdfFile, 'load' | 'stream'> {
  const loaded = new Map<number, PdfValue>();
  const loading = new Set<number>();
  const objectStreams = new Map<number, ObjectStream>();
  const load = (ref: PdfRef): PdfValue => {
    const known = loaded.get(ref.number);
    if (known) return known;
    const place = places.get(ref.number);
    // A reference to nothing is the null object (ISO 32000-1 §7.3.10).
    if (place === undefined || place === 'free') return { kind: 'word', raw: 'null' };
    if (loading.has(ref.number)) throw new PdfSyntaxError('references go in a circle');
    loading.add(ref.number);
    const value = 'offset' in place ? readObject(ref, place.offset).value : readCompressed(ref.number, place.stream);
    loading.delete(ref.number);
    loaded.set(ref.number, value);
    return value;
  };
  const readObject = (ref: PdfRef, offset: number): { value: PdfValue; reader: PdfReader } => {
    const reader = new PdfReader(bytes, offset);
    if (reader.integer() !== ref.number || reader.integer() !== ref.generation || !reader.takeWord('obj')) {
      throw new PdfSyntaxError('an object is not where the cross-reference says');
    }
    const value = reader.value();
    spend(reader.at - offset);
    return { value, reader };
  };
  const readCompressed = (number: number, stream: number): PdfValue => {
    const { data, offsets } = objectStreams.get(stream) ?? openObjectStream(stream);
    const offset = offsets.get(number);
    if (offset === undefined) throw new PdfSyntaxError('an object stream lacks an object');
    const reader = new PdfReader(data, offset);
    const value = reader.value();
    spend(reader.at - offset);
    return value;
  };
  const openObjectStream = (number: number): ObjectStream => {
    const place = places.get(number);
    if (place === undefined || place === 'free' || !('offset' in place)) throw new PdfSyntaxError('an object stream is missing');
    const { value, reader } = readObject({ kind: 'ref', number, generation: place.generation }, place.offset);
    if (value.kind !== 'dict') throw new PdfSyntaxError('an object stream is no stream');
    const length = value.entries.get('Length');
    const data = streamData(reader, value.entries, integerOf(length?.kind === 'ref' ? load(length) : length));
    spend(data.length);
    const count = integerOf(value.entries.get('N')) ?? 0;
    const first = integerOf(value.entries.get('First')) ?? 0;
    const header = new PdfReader(data);
    const offsets = new Map<number, number>();
    for (let i = 0; i < count && header.at < first; i++) offsets.set(header.integer(), first + header.integer());
    const opened = { data, offsets };
    objectStreams.set(number, opened);
    return opened;
  };
  const stream = (ref: PdfRef): Uint8Array | null => {
    const place = places.get(ref.number);
    if (place === undefined || place === 'free' || !('offset' in place)) return null;
    try {
      const { value, reader } = readObject(ref, place.offset);
      if (value.kind !== 'dict') return null;
      const length = value.entries.get('Length');
      const data = streamData(reader, value.entries, integerOf(length?.kind === 'ref' ? load(length) : length));
      spend(data.length);
      return data;
    } catch (error) {
      if (error instanceof PdfSyntaxError) return null;
      throw error;
    }
  };
  return { load, stream };
}
