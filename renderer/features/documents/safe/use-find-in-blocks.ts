import { useEffect, useMemo, useState, type RefObject } from 'react';
import type { DocumentBlock } from '../../../../shared/contract/index.ts';
import type { FindState } from '../pdf/find-bar.tsx';
import { findInUnits, unitsOf, type UnitMatch } from './find-in-blocks.ts';

const NONE: readonly UnitMatch[] = [];
/** Names of the highlights in the style sheet. */
const ALL = 'document-found';
const CURRENT = 'document-current';

/** Searches what is shown of an office document, while `on`; the match that is looked at is scrolled to and every one on the screen is marked. */
export function useFindInBlocks(
  blocks: readonly DocumentBlock[] | null,
  on: boolean,
  room: RefObject<HTMLElement | null>,
): FindState & { readonly selected: UnitMatch | null } {
  const [query, setQuery] = useState('');
  const [index, setIndex] = useState(0);
  const units = useMemo(() => (on && blocks ? unitsOf(blocks) : []), [on, blocks]);
  const matches = useMemo(() => (query.trim() === '' ? NONE : findInUnits(units, query)), [units, query]);
  const at = Math.min(index, matches.length - 1);
  const selected = matches[at] ?? null;
  // after each drawing: rows that were not there before are now
  useEffect(() => {
    const element = room.current;
    if (!element) return;
    mark(element, matches, selected);
    return () => {
      CSS.highlights.delete(ALL);
      CSS.highlights.delete(CURRENT);
    };
  });
  useEffect(() => {
    if (!selected) return;
    room.current?.querySelector(`[data-unit="${selected.unit.key}"]`)?.scrollIntoView({ block: 'center', inline: 'nearest' });
  }, [selected, room]);
  return {
    query,
    setQuery: (next) => {
      setQuery(next);
      setIndex(0);
    },
    total: matches.length,
    position: at + 1,
    step: (by) => setIndex(matches.length === 0 ? 0 : (at + by + matches.length) % matches.length),
    searching: false,
    noText: units.length > 0 && units.every(({ text }) => text.trim() === ''),
    selected,
  };
}

function mark(room: HTMLElement, matches: readonly UnitMatch[], selected: UnitMatch | null): void {
  if (matches.length === 0) return;
  const shown = new Map([...room.querySelectorAll<HTMLElement>('[data-unit]')].map((element) => [element.dataset['unit'], element]));
  const ranges = new Map<UnitMatch, Range>();
  for (const match of matches) {
    const element = shown.get(match.unit.key);
    const range = element && rangeOf(element, match);
    if (range) ranges.set(match, range);
  }
  CSS.highlights.set(ALL, new Highlight(...ranges.values()));
  const current = selected && ranges.get(selected);
  if (current) {
    const highlight = new Highlight(current);
    highlight.priority = 1;
    CSS.highlights.set(CURRENT, highlight);
  }
}

/** The characters of a match, which may lie in several runs. */
function rangeOf(element: HTMLElement, { from, to }: UnitMatch): Range | null {
  const range = document.createRange();
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let begun = false;
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (!begun && from < passed + length) {
      range.setStart(node, from - passed);
      begun = true;
    }
    if (begun && to <= passed + length) {
      range.setEnd(node, to - passed);
      return range;
    }
    passed += length;
  }
  return null;
}
