import { numberOf, readPdfUpdate, type PdfDict, type PdfObject, type PdfUpdate, type PdfValue } from './read-pdf-update.ts';

/** What was added to a signed file. */
export type AddedProof = { readonly timestamps: number; readonly validationData: boolean };

const FIELD_KEYS = new Set('/Type /Subtype /FT /T /V /P /Rect /F'.split(' '));
const TIMESTAMP_KEYS = new Set('/Type /Filter /SubFilter /ByteRange /Contents'.split(' '));
const BLOB_KEYS = new Set(['/Length', '/Filter']);
const LISTS = ['/Certs', '/CRLs', '/OCSPs'];
const OF_ONE = ['/Cert', '/CRL', '/OCSP'];

/**
 * What follows the first `held` bytes of a PDF when it is document timestamps that nobody sees and validation data (EN 319 142-1 §5.4) and
 * nothing else; null otherwise. What an earlier signature shows stays as it was, in readers that repair a file too.
 */
export function addedProof(file: Buffer, held: number): AddedProof | null {
  const text = file.toString('latin1');
  const update = readPdfUpdate(text, held);
  return update === null || fillsGaps(text.slice(0, held), update) ? null : new Judge(update, held).judge();
}

/** Whether a new object is one that the file already pointed at: what was empty when it was signed would be filled. */
function fillsGaps(before: string, { written, size, before: known }: PdfUpdate): boolean {
  const fresh = new Set([...written.keys()].filter((number) => known(number) === null));
  if ([...fresh].some((number) => number < size)) return true;
  for (const [, number] of before.matchAll(/(?<!\d)(\d{1,10})[\0\t\n\f\r ]{1,20}\d{1,5}[\0\t\n\f\r ]{1,20}R/g))
    if (fresh.has(Number(number))) return true;
  return false;
}

class Judge {
  private readonly update: PdfUpdate;
  private readonly held: number;
  private readonly accounted = new Set<number>();
  private readonly fields: number[] = [];

  constructor(update: PdfUpdate, held: number) {
    this.update = update;
    this.held = held;
  }

  judge(): AddedProof | null {
    const { root, written } = this.update;
    const [before, now] = [this.old(root), this.new(root)];
    if (!isDict(before) || !isDict(now) || !sameExcept(before, now, ['/AcroForm', '/DSS'])) return null;
    this.account(root);
    if (!this.acceptForm(before.get('/AcroForm'), now.get('/AcroForm'))) return null;
    const validationData = !same(before.get('/DSS'), now.get('/DSS'));
    if (validationData && !this.acceptStore(before.get('/DSS'), now.get('/DSS'))) return null;
    for (const number of [...written.keys()]) if (!this.accounted.has(number) && !this.acceptPage(number)) return null;
    return { timestamps: this.fields.length, validationData };
  }

  /** A value with its reference followed, as it was and as it is. */
  private old(value: PdfValue | undefined): PdfValue | undefined {
    const number = numberOf(value);
    return number === null ? value : this.update.before(number)?.value;
  }
  private new(value: PdfValue | undefined): PdfValue | undefined {
    const number = numberOf(value);
    return number === null ? value : this.object(number)?.value;
  }
  private object(number: number): PdfObject | null {
    return this.update.written.get(number) ?? this.update.before(number);
  }
  private fresh(value: PdfValue | undefined): PdfObject | null {
    const number = numberOf(value);
    if (number === null || this.update.before(number) !== null || this.accounted.has(number)) return null;
    return this.update.written.get(number) ?? null;
  }
  private account(value: PdfValue | undefined): void {
    const number = numberOf(value);
    if (number !== null) this.accounted.add(number);
  }

  private acceptForm(was: PdfValue | undefined, is: PdfValue | undefined): boolean {
    const [before, now] = [this.old(was), this.new(is)];
    if (before === undefined && now === undefined) return true;
    // a file whose signature is raised has a form, and it stays where it was
    if (!isDict(before) || !isDict(now) || numberOf(was) !== numberOf(is) || !sameExcept(before, now, ['/Fields', '/SigFlags']))
      return false;
    this.account(is);
    const [list, longer] = [before.get('/Fields'), now.get('/Fields')];
    if (numberOf(list) !== numberOf(longer)) return false;
    const added = appended(this.old(list), this.new(longer));
    this.account(longer);
    return added !== null && added.every((field) => this.acceptField(field));
  }

  /** An invisible field of a new document timestamp. */
  private acceptField(field: PdfValue): boolean {
    const widget = this.fresh(field);
    if (widget === null || widget.stream !== null || !isDict(widget.value) || !onlyKeys(widget.value, FIELD_KEYS)) return false;
    const entries = widget.value;
    const named = entries.get('/Type') === '/Annot' && entries.get('/Subtype') === '/Widget' && entries.get('/FT') === '/Sig';
    const rectangle = entries.get('/Rect');
    const unseen = Array.isArray(rectangle) && rectangle.length === 4 && rectangle.every((side) => side === '0');
    if (!named || !unseen || !isHex(entries.get('/T'))) return false;
    const timestamp = this.fresh(entries.get('/V'));
    if (timestamp === null || timestamp.stream !== null || !isDict(timestamp.value) || !this.isTimestamp(timestamp.value)) return false;
    this.account(field);
    this.account(entries.get('/V'));
    this.fields.push(numberOf(field)!);
    return true;
  }

  private isTimestamp(entries: PdfDict): boolean {
    const range = entries.get('/ByteRange');
    if (!onlyKeys(entries, TIMESTAMP_KEYS) || !Array.isArray(range) || range.length !== 4) return false;
    const [start, first, next, rest] = range.map(Number) as [number, number, number, number];
    const contents = entries.get('/Contents');
    return (
      entries.get('/Type') === '/DocTimeStamp' &&
      entries.get('/SubFilter') === '/ETSI.RFC3161' &&
      isHex(contents) &&
      start === 0 &&
      first >= this.held &&
      next - first === contents.length &&
      this.update.ends.has(next + rest)
    );
  }

  private acceptStore(was: PdfValue | undefined, is: PdfValue | undefined): boolean {
    const [before, now] = [was === undefined ? new Map<string, PdfValue>() : this.old(was), this.new(is)];
    if (!isDict(before) || !isDict(now) || (numberOf(is) !== null && this.fresh(is) === null)) return false;
    this.account(is);
    for (const [key, value] of now) {
      if (key === '/Type') {
        if (value !== '/DSS') return false;
      } else if (key === '/VRI') {
        if (!isDict(value) || ![...value.values()].every((one) => this.acceptEntry(one))) return false;
      } else if (!LISTS.includes(key) || !this.acceptPieces(value)) return false;
    }
    return LISTS.every((key) => !before.has(key) || appended(this.old(before.get(key)), now.get(key)) !== null);
  }

  /** Of one signature. */
  private acceptEntry(value: PdfValue): boolean {
    return isDict(value) && [...value].every(([key, list]) => OF_ONE.includes(key) && this.acceptPieces(list));
  }

  /** Certificates, revocation lists and answers: earlier ones, or new streams that no page shows. */
  private acceptPieces(list: PdfValue): boolean {
    return Array.isArray(list) && (list as readonly PdfValue[]).every((piece) => this.acceptPiece(piece));
  }
  private acceptPiece(piece: PdfValue): boolean {
    const number = numberOf(piece);
    if (number === null) return false;
    const [object, fresh] = [this.object(number), this.update.written.has(number)];
    if (object === null || object.stream === null || !isDict(object.value)) return false;
    if (!fresh) return true;
    if (this.update.before(number) !== null || !onlyKeys(object.value, BLOB_KEYS)) return false;
    if ((object.value.get('/Filter') ?? '/FlateDecode') !== '/FlateDecode' || /\d[\0\t\n\f\r ]+obj/.test(object.stream)) return false;
    this.account(piece);
    return true;
  }

  /** A page, or its list of annotations, that gained the new fields. */
  private acceptPage(number: number): boolean {
    const [before, now] = [this.update.before(number), this.update.written.get(number)];
    if (!before || !now || before.stream !== null || now.stream !== null) return false;
    if (Array.isArray(before.value)) return this.gainsFields(before.value, now.value);
    const [was, is] = [before.value, now.value];
    if (!isDict(was) || !isDict(is) || was.get('/Type') !== '/Page' || !sameExcept(was, is, ['/Annots'])) return false;
    const [list, longer] = [was.get('/Annots'), is.get('/Annots')];
    return numberOf(list) === null && numberOf(longer) === null && this.gainsFields(list ?? [], longer);
  }
  private gainsFields(list: PdfValue, longer: PdfValue | undefined): boolean {
    return appended(list, longer)?.every((item) => this.fields.includes(numberOf(item) ?? -1)) ?? false;
  }
}

const isHex = (value: PdfValue | undefined): value is string => typeof value === 'string' && /^<[0-9A-Fa-f]*>$/.test(value);
const isDict = (value: PdfValue | undefined): value is PdfDict => value instanceof Map;

/** What a list has gained at its end; null when it is not the same list before. */
function appended(before: PdfValue | undefined, now: PdfValue | undefined): readonly PdfValue[] | null {
  if (!Array.isArray(before) || !Array.isArray(now)) return null;
  const [old, list] = [before as readonly PdfValue[], now as readonly PdfValue[]];
  return old.every((item, i) => same(item, list[i])) ? list.slice(old.length) : null;
}

const onlyKeys = (entries: PdfDict, keys: ReadonlySet<string>): boolean => [...entries.keys()].every((key) => keys.has(key));

const same = (a: PdfValue | undefined, b: PdfValue | undefined): boolean => spelled(a) === spelled(b);
const sameExcept = (before: PdfDict, now: PdfDict, keys: readonly string[]): boolean => {
  const rest = (entries: PdfDict) => new Map([...entries].filter(([key]) => !keys.includes(key)));
  return same(rest(before), rest(now));
};

/** The order of the keys of a dictionary means nothing. */
function spelled(value: PdfValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (isDict(value)) {
    const pairs = [...value].map(([key, entry]) => `${key} ${spelled(entry)}`);
    return `<<${pairs.sort().join(' ')}>>`;
  }
  return `[${value.map(spelled).join(' ')}]`;
}
