import { ActionIcon, Button, Menu, Modal, Popover, Portal, Radio, Switch, TextInput, Textarea, createTheme, mergeThemeOverrides } from '@mantine/core';
import looks from './component-looks.module.css';
import { theme } from './theme.ts';

/**
 * The kit's parts in our clothes. Overlays live inside the part of the page that the lock hides, and none of them
 * locks scrolling: that would write a `<style>` element.
 */
export const windowTheme = mergeThemeOverrides(
  theme,
  createTheme({
    components: {
      Portal: Portal.extend({ defaultProps: { target: '#overlays' } }),
      Button: Button.extend({ classNames: { root: looks.button!, label: looks.buttonLabel!, section: looks.buttonSection! } }),
      ActionIcon: ActionIcon.extend({ classNames: { root: looks.iconButton! }, defaultProps: { size: 'var(--icon-ctl)' } }),
      Modal: Modal.extend({
        defaultProps: { lockScroll: false, transitionProps: { duration: 0 }, overlayProps: { backgroundOpacity: 0.45 } },
        classNames: { content: looks.dialog!, header: looks.dialogHeader!, title: looks.dialogTitle!, close: looks.close! },
      }),
      Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 0 } }, classNames: { dropdown: looks.dropdown! } }),
      Menu: Menu.extend({
        defaultProps: { transitionProps: { duration: 0 } },
        classNames: { dropdown: looks.dropdown!, item: looks.menuItem!, label: looks.menuLabel! },
      }),
      TextInput: TextInput.extend({ classNames: { input: looks.input!, section: looks.inputSection! } }),
      Textarea: Textarea.extend({ classNames: { input: looks.input!, label: looks.inputLabel! } }),
      Radio: Radio.extend({ classNames: { radio: looks.radio!, label: looks.radioLabel! } }),
      Switch: Switch.extend({ classNames: { track: looks.switchTrack!, label: looks.radioLabel!, description: looks.description! } }),
    },
  }),
);
