/** How much a text of an act may hold; the whole in characters of its JSON. Apart from the schema, so that a window checks without it. */
export const ACT_TEXT_LIMITS = {
  blocks: 300,
  items: 200,
  rows: 500,
  columns: 6,
  text: 20_000,
  item: 5_000,
  cell: 2_000,
  whole: 180_000,
} as const;
