/** A part of a line of the guide. `keys` names a command of the key map, `link` another page. */
export type Inline =
  | { readonly kind: 'text' | 'bold'; readonly text: string }
  | { readonly kind: 'keys'; readonly command: string }
  | { readonly kind: 'link'; readonly text: string; readonly page: string };
export type Line = readonly Inline[];

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly line: Line }
  | { readonly kind: 'paragraph'; readonly line: Line }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Line[] }
  /** Lines that are a key alone: what it does is said by the key map. */
  | { readonly kind: 'keys'; readonly commands: readonly string[] }
  | { readonly kind: 'table'; readonly head: readonly Line[]; readonly rows: readonly (readonly Line[])[] };

const PART = /\*\*(?<bold>[^*]+)\*\*|\[\[(?<keys>[a-z.-]+)\]\]|\[(?<text>[^\]]+)\]\((?<page>[a-z-]+)\.md\)/g;

/** Bold, keys and links of a line; everything else is text as it stands. */
export function parseLine(line: string): Line {
  const parts: Inline[] = [];
  let from = 0;
  const textUpTo = (to: number) => {
    if (to > from) parts.push({ kind: 'text', text: line.slice(from, to) });
  };
  for (const match of line.matchAll(PART)) {
    textUpTo(match.index);
    const { bold, keys, text, page } = match.groups ?? {};
    if (bold !== undefined) parts.push({ kind: 'bold', text: bold });
    else if (keys !== undefined) parts.push({ kind: 'keys', command: keys });
    else parts.push({ kind: 'link', text: text ?? '', page: page ?? '' });
    from = match.index + match[0].length;
  }
  textUpTo(line.length);
  return parts;
}

const cellsOf = (row: string): Line[] =>
  row
    .replaceAll(/^\||\|$/g, '')
    .split('|')
    .map((cell) => parseLine(cell.trim()));
const ITEM = /^(?:[-*]|\d+\.) (.*)$/;
const KEY_ALONE = /^\[\[([a-z.-]+)\]\]$/;

/** The subset of Markdown that the guide is written in: headings, paragraphs, lists, tables, bold, keys, links between its pages. */
export function parseGuide(markdown: string): readonly Block[] {
  return markdown
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => parseBlock(part.split('\n').map((line) => line.trim())));
}

function parseBlock(lines: readonly string[]): Block[] {
  const [first = '', ...rest] = lines;
  const heading = /^(#{1,2}) (.*)$/.exec(first);
  if (heading) {
    const level = heading[1]!.length === 1 ? 1 : 2;
    return [{ kind: 'heading', level, line: parseLine(heading[2]!) }, ...(rest.length > 0 ? parseBlock(rest) : [])];
  }
  if (first.startsWith('|')) {
    const [head = [], , ...rows] = lines.map(cellsOf);
    return [{ kind: 'table', head, rows }];
  }
  const items = lines.map((line) => ITEM.exec(line)?.[1] ?? null);
  if (items.every((item) => item !== null)) {
    const commands = items.map((item) => KEY_ALONE.exec(item)?.[1] ?? null);
    if (commands.every((command) => command !== null)) return [{ kind: 'keys', commands }];
    return [{ kind: 'list', ordered: /^\d/.test(first), items: items.map(parseLine) }];
  }
  return [{ kind: 'paragraph', line: parseLine(lines.join(' ')) }];
}
