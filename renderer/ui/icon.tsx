const PATHS = {
  inbox: 'M3 11.5 5.2 4h9.6L17 11.5V16H3zM3 11.5h4l1 2h4l1-2h4',
  registered: 'M5 2.5h7l3 3v12H5zM12 2.5v3h3M7.5 11l1.8 1.8 3.4-3.6',
  send: 'M3 10 17 3.5 13.5 16.5 9.5 11.5zM9.5 11.5 17 3.5',
  pen: 'M3 17l1-4L13.5 3.5l3 3L7 16zM11.5 5.5l3 3',
  signed: 'M4 2.5h8l4 4v4M4 2.5v15h5M12 2.5v4h4M11 15l2 2 4-4',
  board: 'M3 17V3M3 17h14M6.5 14V9.5M10 14V6M13.5 14v-3.5',
  settings:
    'M10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M4.7 15.3l1.4-1.4M13.9 6.1l1.4-1.4',
  help: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M7.9 8a2.1 2.1 0 1 1 3 1.9c-.6.3-.9.7-.9 1.4M10 13.9v.3',
  keyboard: 'M2.5 5.5h15v9h-15zM5 8.3h.4M8 8.3h.4M11 8.3h.4M14 8.3h.4M6 11.7h8',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  save: 'M10 3v9.5M6 9l4 4 4-4M4 16.5h12',
  rotate: 'M15.5 6.5A6.5 6.5 0 1 0 16.5 10M16 3v4h-4',
  table: 'M3 4h14v12H3zM3 8h14M3 12h14M8 8v8',
  journal: 'M5 2.5h11v15H5zM5 2.5v15M8 6.500h5M8 10h5M8 13.500h3M3 5h2M3 10h2M3 15h2',
  close: 'M5 5l10 10M15 5L5 15',
  left: 'M12 4.5 6.5 10l5.5 5.5',
  right: 'M8 4.5l5.5 5.5L8 15.5',
  down: 'M4.5 8 10 13.5 15.5 8',
  minus: 'M4.5 10h11',
  plus: 'M4.5 10h11M10 4.5v11',
  window: 'M8 5H3.5v11.5H15V12M11 3h6v6M17 3l-7.5 7.5',
  pages: 'M4 3h4.5v6H4zM11.5 3H16v6h-4.5zM4 11h4.5v6H4zM11.5 11H16v6h-4.5z',
  sync: 'M4 8.5A6.3 6.3 0 0 1 15.5 7M16 11.5A6.3 6.3 0 0 1 4.5 13M15.8 3.5V7h-3.5M4.2 16.5V13h3.5',
  user: 'M10 10a3.3 3.3 0 1 0 0-6.6A3.3 3.3 0 0 0 10 10zM3.5 17c.5-3.2 3.2-5 6.5-5s6 1.8 6.5 5',
  people:
    'M7.5 9.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM2 16.5c.4-2.8 2.6-4.3 5.5-4.3s5.1 1.5 5.5 4.3M12.5 4.2a2.6 2.6 0 0 1 0 5M14.5 12.6c2 .5 3.2 1.9 3.5 3.9',
  flag: 'M5 17.5V3M5 3.5h9.5l-2 3.5 2 3.5H5',
  clock: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 6v4.3l2.8 1.7',
  calendar: 'M3.5 4.5h13v12h-13zM3.5 8.5h13M7 2.5v3.5M13 2.5v3.5M7 12h2M11.5 12h2',
  scan: 'M3.5 7V3.5H7M13 3.5h3.5V7M16.5 13v3.5H13M7 16.5H3.5V13M2.5 10h15',
  paper: 'M5 2.5h7l3 3v12H5zM12 2.5v3h3M7.5 9.5h5M7.5 12h5M7.5 14.5h3',
  arriving: 'M10 3v8M6.5 7.8 10 11.3l3.5-3.5M4 13.5V17h12v-3.5',
  damaged: 'M5 2.5h7l3 3v12H5zM12 2.5v3h3M7.8 9.3l4.4 4.4M12.2 9.3l-4.4 4.4',
} as const;
export type IconName = keyof typeof PATHS;

/** Line icons of the window, drawn on 20 × 20; always beside words or an accessible name. `size` in pixels at the usual text size. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={`${size / 15}rem`}
      height={`${size / 15}rem`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
