import {
  ActionIcon,
  Button,
  Checkbox,
  Menu,
  NativeSelect,
  Popover,
  Portal,
  Radio,
  Switch,
  TextInput,
  Textarea,
  createTheme,
  mergeThemeOverrides,
} from '@mantine/core';
import { pickClasses } from '../pick-classes.ts';
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
      Button: Button.extend({
        defaultProps: { variant: 'filled' },
        classNames: pickClasses(looks, { root: 'button', label: 'buttonLabel', section: 'buttonSection' }),
      }),
      ActionIcon: ActionIcon.extend({ classNames: pickClasses(looks, { root: 'iconButton' }), defaultProps: { size: 'var(--icon-ctl)' } }),
      Popover: Popover.extend({
        defaultProps: { transitionProps: { duration: 0 } },
        classNames: pickClasses(looks, { dropdown: 'dropdown' }),
      }),
      Menu: Menu.extend({
        defaultProps: { transitionProps: { duration: 0 } },
        classNames: pickClasses(looks, { dropdown: 'dropdown', item: 'menuItem', label: 'menuLabel' }),
      }),
      TextInput: TextInput.extend({ classNames: pickClasses(looks, { input: 'input', label: 'inputLabel', section: 'inputSection' }) }),
      NativeSelect: NativeSelect.extend({ classNames: pickClasses(looks, { input: 'input', label: 'inputLabel' }) }),
      Textarea: Textarea.extend({ classNames: pickClasses(looks, { input: 'input', label: 'inputLabel' }) }),
      Checkbox: Checkbox.extend({ classNames: pickClasses(looks, { input: 'checkbox', icon: 'checkboxIcon' }) }),
      Radio: Radio.extend({ classNames: pickClasses(looks, { radio: 'radio', icon: 'radioIcon', label: 'radioLabel' }) }),
      RadioGroup: Radio.Group.extend({ classNames: pickClasses(looks, { label: 'radioGroupLabel' }) }),
      Switch: Switch.extend({
        defaultProps: { withThumbIndicator: false },
        classNames: pickClasses(looks, { track: 'switchTrack', thumb: 'switchThumb', label: 'radioLabel', description: 'description' }),
      }),
    },
  }),
);
