/** The parts of a URI reference (RFC 3986 appendix B); absent parts are undefined, the path is never absent. */
const PARTS = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/;

/** Joins two xml:base values as Canonical XML 1.1 §2.4 changes RFC 3986 §5.2: the base may be relative, and leading `..` stay. */
export function joinBase(base: string, reference: string): string {
  const [, baseScheme, baseAuthority, basePath = '', baseQuery] = PARTS.exec(base) ?? [];
  const [, scheme, authority, path = '', query] = PARTS.exec(reference) ?? [];
  if (scheme !== undefined) return compose(scheme, authority, removeDots(path), query);
  if (authority !== undefined) return compose(baseScheme, authority, removeDots(path), query);
  if (path === '') return compose(baseScheme, baseAuthority, removeDots(basePath), query ?? baseQuery);
  if (path.startsWith('/')) return compose(baseScheme, baseAuthority, removeDots(path), query);
  const folder = baseAuthority !== undefined && basePath === '' ? '/' : basePath.slice(0, basePath.lastIndexOf('/') + 1);
  // A base that ends in `..` names a folder.
  const start = /(?:^|\/)\.\.$/.test(basePath) ? `${basePath}/` : folder;
  return compose(baseScheme, baseAuthority, removeDots(start + path), query);
}

function compose(scheme: string | undefined, authority: string | undefined, path: string, query: string | undefined): string {
  const head = (scheme === undefined ? '' : `${scheme}:`) + (authority === undefined ? '' : `//${authority}`);
  return head + path + (query === undefined ? '' : `?${query}`);
}

function removeDots(path: string): string {
  const absolute = path.startsWith('/');
  const segments = path.replace(/\/{2,}/g, '/').split('/');
  if (absolute) segments.shift();
  const kept: string[] = [];
  segments.forEach((segment, i) => {
    const last = i === segments.length - 1;
    if (segment === '.') {
      if (last) kept.push('');
    } else if (segment === '..') {
      if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
      else if (!absolute) kept.push('..');
      if (last) kept.push('');
    } else if (segment !== '' || last) kept.push(segment);
  });
  return (absolute ? '/' : '') + kept.join('/');
}
