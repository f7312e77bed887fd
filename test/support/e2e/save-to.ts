import type { ElectronApplication, TestInfo } from '@playwright/test';

/** What is saved from now on goes into the folder of the test under this name, as if a person had chosen it. Answers the path. */
export async function saveTo(app: ElectronApplication, info: TestInfo, name: string): Promise<string> {
  const place = info.outputPath(name);
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, place);
  return place;
}
