import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UI_LANGUAGES } from '../../shared/domain/language.ts';

/** What the shell keeps between starts: where the window stood and the look of the dialogs it shows before a profile is open. */
const boundsSchema = z
  .object({ x: z.number().int(), y: z.number().int(), width: z.number().int(), height: z.number().int() })
  .nullable()
  .catch(null);
const memorySchema = z.object({
  language: z.enum(UI_LANGUAGES).catch('kk'),
  contrast: z.boolean().catch(false),
  textSizePercent: z.number().int().min(90).max(200).catch(100),
  bounds: boundsSchema,
  /** Of the window of a torn-off document. */
  documentBounds: boundsSchema.optional(),
  maximized: z.boolean().catch(false),
});
export type DeskMemory = z.infer<typeof memorySchema>;

export function readDeskMemory(file: string): DeskMemory {
  try {
    return memorySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return memorySchema.parse({ bounds: null });
  }
}

/** Best effort: a full disk must not stop anybody from closing a window. */
export function writeDeskMemory(file: string, memory: DeskMemory): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.tmp`, JSON.stringify(memory));
    renameSync(`${file}.tmp`, file);
  } catch {
    return;
  }
}

type Rectangle = NonNullable<DeskMemory['bounds']>;
/** So much of the title bar must be on a screen that a person can take hold of it. */
const GRIP = { width: 120, height: 40 };

/** Remembered bounds are used only where a screen still shows them: a desk may have lost its second one. */
export function boundsOnScreen(bounds: Rectangle | null, screens: readonly Rectangle[]): Rectangle | null {
  if (!bounds) return null;
  const shown = screens.some((screen) => {
    const width = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
    const below = screen.y + screen.height - bounds.y;
    return width >= GRIP.width && bounds.y >= screen.y && below >= GRIP.height;
  });
  return shown ? bounds : null;
}
