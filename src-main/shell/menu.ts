/** Sets the native menu. What stands in it is decided in menuTemplate.ts. */
import { Menu } from 'electron';
import { menuTemplate, type MenuOptions } from './menuTemplate.ts';

export function setMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
}
