/** One end of the talk with the process that reads pictures; messages are plain data. */
export type PicturePort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): void;
  on(event: 'close', listener: () => void): void;
};

/** The process with its port; `end` kills it. */
export type PictureProcess = { readonly port: PicturePort; readonly end: () => void };
export type StartPictures = () => Promise<PictureProcess>;
