/** How the pages of a filing on paper are put in order: pure moves on an arrangement, the same in the window and in the core. */
export const TURNS = [0, 90, 180, 270] as const;
/** Of a file that is dropped into the window, and of how many at once. */
export const DROPPED_BYTES = 64 * 1024 * 1024;
export const DROPPED_FILES = 50;
export type PlacedPage = {
  id: string;
  /** Clockwise. */
  turn: (typeof TURNS)[number];
  straighten: boolean;
};
export type PaperDocument = {
  id: string;
  /** Of resources/reference/document_types.csv; empty: the kind of the filing for the first document, evidence for the others. */
  role: string;
  title: string;
  pages: PlacedPage[];
};
export type Arrangement = {
  documents: PaperDocument[];
  /** What belongs to no document, and why; nothing is thrown away. */
  dropped: (PlacedPage & { why: 'blank' | 'deleted' })[];
};

export const noPages: Arrangement = { documents: [], dropped: [] };
const pagesOf = ({ documents, dropped }: Arrangement) => [...documents.flatMap((d) => d.pages), ...dropped];

/** Whether it places each of these pages once, and nothing else. */
export function placesAll(arrangement: Arrangement, pageIds: readonly string[]): boolean {
  const placed = pagesOf(arrangement).map(({ id }) => id);
  const documents = arrangement.documents.map(({ id }) => id);
  return (
    placed.length === pageIds.length &&
    new Set(placed).size === placed.length &&
    pageIds.every((id) => placed.includes(id)) &&
    new Set(documents).size === documents.length
  );
}

const change = (arrangement: Arrangement, pageId: string, work: (page: PlacedPage) => PlacedPage): Arrangement => ({
  ...arrangement,
  documents: arrangement.documents.map((d) => ({ ...d, pages: d.pages.map((page) => (page.id === pageId ? work(page) : page)) })),
});
const withoutEmpty = (documents: readonly PaperDocument[]) => documents.filter(({ pages }) => pages.length > 0);

/** A quarter turn clockwise. */
export const turnPage = (arrangement: Arrangement, pageId: string): Arrangement =>
  change(arrangement, pageId, (page) => ({ ...page, turn: TURNS[(TURNS.indexOf(page.turn) + 1) % TURNS.length]! }));

export const straightenPage = (arrangement: Arrangement, pageId: string): Arrangement =>
  change(arrangement, pageId, (page) => ({ ...page, straighten: !page.straighten }));

/** One place back or on, also into the neighbouring document. */
export function movePage(arrangement: Arrangement, pageId: string, by: -1 | 1): Arrangement {
  const at = arrangement.documents.findIndex(({ pages }) => pages.some(({ id }) => id === pageId));
  const document = arrangement.documents[at];
  if (!document) return arrangement;
  const from = document.pages.findIndex(({ id }) => id === pageId);
  const page = document.pages[from]!;
  const rest = document.pages.filter(({ id }) => id !== pageId);
  const to = from + by;
  if (to >= 0 && to < document.pages.length) {
    const pages = [...rest.slice(0, to), page, ...rest.slice(to)];
    return { ...arrangement, documents: arrangement.documents.map((d) => (d === document ? { ...d, pages } : d)) };
  }
  const neighbour = arrangement.documents[at + by];
  if (!neighbour) return arrangement;
  const taken = by === 1 ? [page, ...neighbour.pages] : [...neighbour.pages, page];
  const documents = arrangement.documents.map((d) =>
    d === document ? { ...d, pages: rest } : d === neighbour ? { ...d, pages: taken } : d,
  );
  return { ...arrangement, documents: withoutEmpty(documents) };
}

/** To the place before another page. */
export function movePageBefore(arrangement: Arrangement, pageId: string, beforeId: string): Arrangement {
  if (pageId === beforeId) return arrangement;
  const page = arrangement.documents.flatMap(({ pages }) => pages).find(({ id }) => id === pageId);
  if (!page) return arrangement;
  const documents = arrangement.documents.map((d) => ({
    ...d,
    pages: d.pages.flatMap((other) => (other.id === beforeId ? [page, other] : other.id === pageId ? [] : [other])),
  }));
  return { ...arrangement, documents: withoutEmpty(documents) };
}

/** A new document begins at this page; at the first page of one, it is joined to the document before it instead. */
export function splitAt(arrangement: Arrangement, pageId: string, newId: string): Arrangement {
  const at = arrangement.documents.findIndex(({ pages }) => pages.some(({ id }) => id === pageId));
  const document = arrangement.documents[at];
  if (!document) return arrangement;
  const from = document.pages.findIndex(({ id }) => id === pageId);
  const before = arrangement.documents.slice(0, at);
  const after = arrangement.documents.slice(at + 1);
  if (from > 0) {
    const first = { ...document, pages: document.pages.slice(0, from) };
    return {
      ...arrangement,
      documents: [...before, first, { id: newId, role: '', title: '', pages: document.pages.slice(from) }, ...after],
    };
  }
  const previous = before.pop();
  if (!previous) return arrangement;
  return { ...arrangement, documents: [...before, { ...previous, pages: [...previous.pages, ...document.pages] }, ...after] };
}

export function dropPage(arrangement: Arrangement, pageId: string): Arrangement {
  const page = arrangement.documents.flatMap(({ pages }) => pages).find(({ id }) => id === pageId);
  if (!page) return arrangement;
  return {
    documents: withoutEmpty(arrangement.documents.map((d) => ({ ...d, pages: d.pages.filter(({ id }) => id !== pageId) }))),
    dropped: [...arrangement.dropped, { ...page, why: 'deleted' }],
  };
}

/** What was dropped for that reason goes back behind the last page. */
export function restorePages(arrangement: Arrangement, why: 'blank' | 'deleted', newId: string): Arrangement {
  const back = arrangement.dropped.filter((page) => page.why === why).map(({ id, turn, straighten }) => ({ id, turn, straighten }));
  if (back.length === 0) return arrangement;
  const dropped = arrangement.dropped.filter((page) => page.why !== why);
  return { ...appendPages(arrangement, back, newId), dropped };
}

/** Behind the last page of the last document, or in a new one when there is none. */
export function appendPages({ documents, dropped }: Arrangement, pages: readonly PlacedPage[], newId: string): Arrangement {
  const last = documents.at(-1);
  if (!last) return { documents: [{ id: newId, role: '', title: '', pages: [...pages] }], dropped };
  return { documents: [...documents.slice(0, -1), { ...last, pages: [...last.pages, ...pages] }], dropped };
}

export const changeDocument = (
  arrangement: Arrangement,
  id: string,
  part: Partial<Pick<PaperDocument, 'role' | 'title'>>,
): Arrangement => ({
  ...arrangement,
  documents: arrangement.documents.map((d) => (d.id === id ? { ...d, ...part } : d)),
});
