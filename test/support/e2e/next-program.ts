import { chromium, expect, type Page } from '@playwright/test';
import { once } from 'node:events';
import net from 'node:net';
import { mainWindow } from './launch.ts';

type NextProgram = {
  readonly windows: () => Page[];
  readonly page: Page;
  /** Closes its window as a person would, and waits until the program is gone. */
  end(): Promise<void>;
};

/** A port that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The program that another has started in its place, which nobody here launched: reached by the port that its arguments name. */
export async function nextProgram(port: number): Promise<NextProgram> {
  const address = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(`${address}/json/version`)
      .then(({ ok }) => ok)
      .catch(() => false);
  await expect.poll(answers, { message: 'the next program' }).toBe(true);
  const browser = await chromium.connectOverCDP(address);
  const windows = () => browser.contexts().flatMap((context) => context.pages());
  const page = await mainWindow({ windows });
  const end = async () => {
    await page.evaluate(() => window.close()).catch(() => undefined);
    await expect.poll(answers, { message: 'the next program has ended' }).toBe(false);
  };
  return { windows, page, end };
}
