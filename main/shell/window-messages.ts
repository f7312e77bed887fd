/** Messages between the shell and the preload of the main window. */
export const READY_MESSAGE = 'window-ready';
export const PORT_MESSAGE = 'core-port';
export const STOPPED_MESSAGE = 'core-stopped';
