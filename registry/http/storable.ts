/** Deeper than any message of the protocol; far below what the database's parser can bear. */
const DEEPEST = 32;
/** What PostgreSQL's jsonb cannot hold: the character NUL and halves of surrogate pairs. */
// eslint-disable-next-line no-control-regex -- NUL is what is looked for
const UNSTORABLE = /\u0000|\p{Surrogate}/u;

/** Whether parsed JSON can be kept as it is. Walks without recursion, for the depth is the sender's choice. */
export function isStorable(json: unknown): boolean {
  const left: { value: unknown; depth: number }[] = [{ value: json, depth: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string' && UNSTORABLE.test(value)) return false;
    if (typeof value !== 'object' || value === null) continue;
    if (depth === DEEPEST) return false;
    for (const [key, inner] of Object.entries(value)) {
      if (UNSTORABLE.test(key)) return false;
      left.push({ value: inner, depth: depth + 1 });
    }
  }
  return true;
}
