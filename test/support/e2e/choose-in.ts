import type { ElectronApplication } from '@playwright/test';

/** What the dialog that opens files answers from now on, as if a person had chosen it; null: it is closed. Answers with what the program has asked it for since. */
export async function chooseIn(app: ElectronApplication, file: string | null): Promise<() => Promise<unknown>> {
  await app.evaluate(({ dialog }, chosen) => {
    const asked: unknown[] = [];
    dialog.showOpenDialog = (...given: unknown[]) => {
      asked.push((given.at(-1) as Electron.OpenDialogOptions).properties);
      return Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
    };
    Object.assign(globalThis, { asked });
  }, file);
  return () => app.evaluate(() => (globalThis as unknown as { asked: unknown[] }).asked);
}
