import path from 'node:path';

/** What no file of ours has in its address: another way to write a separator, a dot segment or an end of text. */
const REFUSED_IN_RAW_PATH = /%2f|%5c|%2e|%00|%25|\\|\0/i;

/**
 * The file of this very folder that an address means, or null.
 * The raw path is decoded once; what could mean something else after another decoding is refused.
 */
export function resolveAsset(folder: string, address: string): string | null {
  const match = /^[a-z]+:\/\/[^/?#]+(\/[^?#]*)/.exec(address);
  const raw = match?.[1];
  if (raw === undefined || REFUSED_IN_RAW_PATH.test(raw)) return null;
  const decoded = decodeOnce(raw);
  if (decoded === null || decoded.includes('\\') || decoded.includes('\0')) return null;
  const segments = decoded.split('/').slice(1);
  if (segments.some((segment) => segment === '..' || segment === '.' || segment.includes(':'))) return null;
  const name = segments.join('/') === '' ? 'index.html' : segments.join('/');
  const base = path.resolve(folder);
  const file = path.resolve(base, name);
  const relative = path.relative(base, file);
  const inside = relative !== '' && !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
  return inside && !name.endsWith('/') ? file : null;
}

function decodeOnce(raw: string): string | null {
  try {
    return decodeURIComponent(raw);
  } catch {
    return null;
  }
}
