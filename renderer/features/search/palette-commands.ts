import { KEY_MAP, type CommandId } from '../../app/keys/key-map.ts';
import { heardCommands } from '../../app/keys/use-commands.ts';
import type { Texts } from '../../i18n/use-texts.ts';

/** As many as of every other group; the schema of the answer says the same. */
export const SEARCH_GROUP_SIZE = 8;

export type PaletteCommand = {
  readonly id: CommandId;
  readonly name: string;
  /** How to do it without the palette. */
  readonly caps: string | null;
  /** Instead of running the command of the key map. */
  readonly go?: () => void;
};

/** Moving about in a list or a document is done with its keys alone. */
const NOT_OFFERED = /^(list|document)\.|^app\.(search|back|rail|next-pane|previous-pane)$/;

/** What the screen would do now if its keys were pressed, in the order of the key map. */
export function paletteCommands(t: Texts['t']): PaletteCommand[] {
  const heard = heardCommands();
  return (Object.keys(KEY_MAP) as CommandId[])
    .filter((id) => heard.has(id) && !NOT_OFFERED.test(id))
    .map((id) => ({ id, name: t(KEY_MAP[id].text), caps: KEY_MAP[id].caps[0] ?? null }));
}
