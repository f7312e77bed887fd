/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const MOST_CHARACTERS = 120;
/* eslint-disable-next-line no-control-regex -- these are what is taken away */
const UNFIT = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"*/:<>?\\|]/g;

/**
 * A name from a filing as a name for a file here: no separators, no control or direction marks (they make `gpj.exe` read as
 * `exe.jpg`), no device names, no leading or trailing dots and spaces; the ending survives shortening.
 */
export function safeFileName(given: string): string {
  const name = given
    .normalize('NFC')
    .replace(UNFIT, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const named = name === '' ? 'document' : DEVICE.test(name) ? `_${name}` : name;
  const characters = Array.from(named);
  if (characters.length <= MOST_CHARACTERS) return named;
  const ending = Array.from(/\.[\p{L}\p{N}]{1,8}$/u.exec(named)?.[0] ?? '');
  return [...characters.slice(0, MOST_CHARACTERS - ending.length), ...ending].join('');
}
