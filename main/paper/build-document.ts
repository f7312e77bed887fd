import type { PaperDocument, PlacedPage } from '../../shared/domain/paper-pages.ts';
import { LIMITS } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { PaperPage } from './paper-pages.ts';
import type { PaperParts } from './paper-parts.ts';
import type { AssemblyPart, Drawing } from './pictures/picture-messages.ts';

/** What it took to keep a document within its limit; text key `reduction.<reduction>`. */
export type Reduction = 'none' | 'quality' | 'resolution' | 'grey';
export type BuiltDocument = {
  readonly bytes: Uint8Array;
  readonly pages: number;
  readonly reduction: Reduction;
  /** More than one where even the last step left it too large. */
  readonly part: { readonly number: number; readonly of: number };
};

/** Quality first, then resolution, not under 200 dots an inch, then colour. */
const LADDER: readonly (Drawing & { readonly reduction: Reduction })[] = [
  { reduction: 'none', quality: 82, dpi: 300, grey: false },
  { reduction: 'quality', quality: 65, dpi: 300, grey: false },
  { reduction: 'quality', quality: 50, dpi: 300, grey: false },
  { reduction: 'resolution', quality: 50, dpi: 250, grey: false },
  { reduction: 'resolution', quality: 50, dpi: 200, grey: false },
  { reduction: 'grey', quality: 40, dpi: 200, grey: true },
];
/** Pages differ a little in how far they shrink. */
const NEARLY = 1.1;
/** The frame of a PDF around the pictures of its pages. */
const FRAME_BYTES = 2_000;
const PAGE_FRAME_BYTES = 1_500;

type Part = { readonly part: AssemblyPart; readonly size: number };
export type Building = {
  readonly document: Pick<PaperDocument, 'title' | 'pages'>;
  readonly pages: ReadonlyMap<string, PaperPage>;
  readonly language: 'kk' | 'ru';
  /** Bytes; default what a document of a filing may have. */
  readonly limit?: number;
};

/**
 * Joins the pages of a document to a PDF within the limit, recompressed step by step; one that does not fit even then becomes several. A PDF
 * that is taken whole keeps its bytes. Errors: `picture-unreadable`, `document-missing`, `document-too-large` when a single page does not fit.
 */
export async function buildDocument(parts: PaperParts, building: Building): Promise<Result<BuiltDocument[]>> {
  const { document, pages, limit = LIMITS.documentBytes } = building;
  const whole = await takeWhole(parts, building);
  if (whole && whole.length <= limit)
    return ok([{ bytes: whole, pages: document.pages.length, reduction: 'none', part: { number: 1, of: 1 } }]);
  let drawn: Part[] = [];
  let reduction: Reduction = 'none';
  for (const step of LADDER) {
    // the largest page shows whether a step can be enough, before all pages are drawn for it
    const largest = drawn.reduce<number | null>((most, { size }, i) => (most === null || size > drawn[most]!.size ? i : most), null);
    if (largest !== null && step !== LADDER.at(-1)) {
      const sample = await drawAll(parts, [document.pages[largest]!], pages, step);
      if (!sample.ok) return sample;
      if ((sizeOf(drawn) * sample.value[0]!.size) / drawn[largest]!.size > limit * NEARLY) continue;
    }
    const next = await drawAll(parts, document.pages, pages, step);
    if (!next.ok) return next;
    [drawn, reduction] = [next.value, step.reduction];
    if (sizeOf(drawn) <= limit) break;
  }
  const files: { bytes: Uint8Array; pages: number }[] = [];
  for (const chunk of chunksOf(drawn, limit)) {
    const joined = await parts.pictures.ask({
      call: 'assemble',
      title: document.title,
      language: building.language,
      parts: chunk.map(({ part }) => part),
    });
    if (!joined.ok) return joined;
    if (joined.value.length > limit) return fail('document-too-large', { size: joined.value.length });
    files.push({ bytes: joined.value, pages: chunk.length });
  }
  return ok(files.map((file, i) => ({ ...file, reduction, part: { number: i + 1, of: files.length } })));
}

const sizeOf = (drawn: readonly Part[]) => FRAME_BYTES + drawn.reduce((sum, { size }) => sum + size, 0);

/** As many pages in each as fit, in order. */
function chunksOf(drawn: readonly Part[], limit: number): Part[][] {
  const chunks: Part[][] = [];
  for (const part of drawn) {
    const last = chunks.at(-1);
    if (last && sizeOf([...last, part]) <= limit) last.push(part);
    else chunks.push([part]);
  }
  return chunks;
}

/** The bytes of a PDF all of whose pages are here, in order and as they lie; signatures in it go on to fit. */
async function takeWhole({ blobs, pictures }: PaperParts, { document, pages }: Building): Promise<Uint8Array | null> {
  const placed = document.pages.map(({ id, turn }) => ({ turn, page: pages.get(id) }));
  const first = placed[0]?.page;
  if (!first || placed.some(({ turn, page }, i) => turn !== 0 || page?.source !== 'pdf' || page.sha256 !== first.sha256 || page.page !== i))
    return null;
  const bytes = await blobs.readAll(first.sha256, LIMITS.wireDocumentBytes);
  const surveyed = bytes && (await pictures.ask({ call: 'survey', bytes }));
  return surveyed?.ok && surveyed.value.pages.length === placed.length ? bytes : null;
}

async function drawAll(
  { blobs, pictures }: PaperParts,
  placed: readonly PlacedPage[],
  pages: ReadonlyMap<string, PaperPage>,
  { quality, dpi, grey }: Drawing,
): Promise<Result<Part[]>> {
  const drawn: Part[] = [];
  const files = new Map<string, Uint8Array>();
  for (const { id, turn, straighten } of placed) {
    const page = pages.get(id);
    const bytes = page && (files.get(page.sha256) ?? (await blobs.readAll(page.sha256, LIMITS.wireDocumentBytes)));
    if (!page || !bytes) return fail('document-missing');
    if (page.source === 'pdf') {
      files.set(page.sha256, bytes);
      const share = page.size / [...pages.values()].filter(({ sha256 }) => sha256 === page.sha256).length;
      drawn.push({ part: { kind: 'pdf', bytes, page: page.page, turn }, size: share + PAGE_FRAME_BYTES });
      continue;
    }
    const picture = await pictures.ask({
      call: 'draw',
      bytes,
      page: page.page,
      turn,
      straighten: straighten ? page.skew : 0,
      sourceDpi: page.dpi,
      drawing: { quality, dpi, grey },
    });
    if (!picture.ok) return picture;
    drawn.push({ part: { kind: 'jpeg', ...picture.value }, size: picture.value.bytes.length + PAGE_FRAME_BYTES });
  }
  return ok(drawn);
}
