/** Switches that open a packaged program to whoever can start it. `--inspect` is also shut by a fuse; the first is not one. */
const REFUSED = [
  /^--remote-debugging-(port|pipe|address|targets)(=|$)/,
  /^--remote-allow-origins(=|$)/,
  /^--inspect(-brk|-port|-wait|-publish-uid)?(=|$)/,
  /^--debug(-brk|-port)?(=|$)/,
  /^--js-flags(=|$)/,
  /^--load-extension(=|$)/,
  /^--disable-web-security$/,
  /^--allow-file-access-from-files$/,
  /^--proxy-server(=|$)/,
  /^--host-(resolver-)?rules(=|$)/,
  /^--ignore-certificate-errors/,
];
/** A command without a window has no page to lock in, and as root it cannot start otherwise. */
const REFUSED_WITH_WINDOW = [/^--no-sandbox$/, /^--disable-(setuid-)?sandbox/];

/** The first switch that a packaged program must not be started with, or null. Developers may use them all. */
export function refusedSwitch(argv: readonly string[], packaged: boolean, withWindow: boolean): string | null {
  if (!packaged) return null;
  const patterns = withWindow ? [...REFUSED, ...REFUSED_WITH_WINDOW] : REFUSED;
  return argv.slice(1).find((arg) => patterns.some((pattern) => pattern.test(arg.toLowerCase()))) ?? null;
}
