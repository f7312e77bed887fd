import { Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * No menu bar: the window has its own commands, and the default menu is English with keys that mean other things here (Ctrl+R, Ctrl+W).
 * macOS alone keeps copying and pasting in its menu.
 */
export function setMenu(platform: NodeJS.Platform): void {
  const editing: MenuItemConstructorOptions[] = [{ role: 'appMenu' }, { role: 'editMenu' }];
  Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate(editing) : null);
}
