import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, type TestInfo } from '@playwright/test';
import { dialogWindow, enterPin, type Windows } from './launch.ts';
import { textsOf, type Texts } from './texts.ts';

export const TRAINING_PIN = '123456';
type Role = 'secretary' | 'judge' | 'office-head';

/** Someone at the desk who uses the keyboard, counts the presses and looks at every screen. */
export class Person {
  readonly t: Texts;
  presses = 0;
  private pictures = 0;
  private readonly app: Windows;
  private readonly page: Page;
  private readonly language: 'kk' | 'ru';
  private readonly info: TestInfo;

  constructor(app: Windows, page: Page, language: 'kk' | 'ru', info: TestInfo) {
    this.app = app;
    this.page = page;
    this.language = language;
    this.info = info;
    this.t = textsOf(language);
  }

  /** A combination counts as many keys as it has. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.presses += key.split('+').length;
      await this.page.keyboard.press(key);
    }
  }

  async chooseLanguage(): Promise<void> {
    await this.page.getByRole('button', { name: this.language === 'kk' ? 'Қазақша' : 'Русский' }).click();
    await expect(this.page.locator('html')).toHaveAttribute('lang', this.language);
  }

  /** With the key file, unless the token is wanted that comes before it. */
  async signIn(role: Role, key: 'file' | 'token' = 'file'): Promise<void> {
    const ways = this.page.getByRole('radio', { name: this.t(`role.${role}`) });
    const person = key === 'file' ? ways.last() : ways.first();
    await person.press('Space');
    await expect(person).toBeChecked();
    await this.page.keyboard.press('Enter');
    await this.answerPin();
    await expect(this.page.getByRole('navigation', { name: this.t('nav.label') })).toBeVisible();
  }

  async answerPin(pin = TRAINING_PIN): Promise<void> {
    const prompt = await dialogWindow(this.app);
    await expect(prompt.getByLabel(this.t('shell.pin.field'), { exact: true })).toBeFocused();
    await this.picture(prompt, 'pin');
    await enterPin(prompt, pin);
  }

  /** Looks at every page of a draft for as long as it takes to count as read. */
  async readToTheEnd(): Promise<void> {
    const pages = this.page.getByRole('navigation', { name: this.t('act.pageRail') }).getByRole('button');
    await expect(pages.first()).toBeVisible();
    for (const page of await pages.all()) {
      const seen = page.and(this.page.locator('[data-seen]'));
      const isSeen = () =>
        seen
          .waitFor({ timeout: 2000 })
          .then(() => true)
          .catch(() => false);
      await page.press('Enter');
      while (!(await isSeen())) await this.press('PageDown');
    }
    await expect(this.page.getByText(this.t('act.readWhole'))).toBeVisible();
  }

  /** Signs what the dialog shows with the key that is chosen there. */
  async signWithChosenKey(pin = TRAINING_PIN): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await expect(dialog.getByRole('radio', { checked: true })).toBeFocused();
    await this.press('Enter');
    await this.answerPin(pin);
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('banner').locator('button[aria-haspopup="menu"]').press('Enter');
    await this.page.getByRole('menuitem', { name: this.t('session.signOut') }).press('Enter');
    await expect(this.page.getByRole('radiogroup', { name: this.t('session.choose') })).toBeVisible();
  }

  /** Looks at the screen in light and dark and lets axe look as well. */
  async look(name: string): Promise<void> {
    for (const theme of ['dark', 'light'] as const) {
      await this.page.evaluate(async (wanted) => {
        const { kense } = globalThis as unknown as { kense: { settings: { set(input: object): Promise<unknown> } } };
        await kense.settings.set({ theme: wanted });
      }, theme);
      await expect(this.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
      await this.picture(this.page, `${name}-${theme}`);
      // a surface of the PDF library, hidden and without content
      const { violations } = await new AxeBuilder({ page: this.page }).setLegacyMode().exclude('.hiddenCanvasElement').analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join(' | ')}`,
      );
      expect.soft(found, `axe on ${name}, ${theme}`).toEqual([]);
    }
  }

  async picture(page: Page, name: string): Promise<void> {
    const place = String((this.pictures += 1)).padStart(2, '0');
    await page.screenshot({ path: this.info.outputPath(`${place}-${name}-${this.language}.png`) });
  }
}
