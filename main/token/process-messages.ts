/** Shell → token host process; each message brings a port. A new `core` replaces nothing: the old one closes by itself. */
export type ToTokenHost = { readonly type: 'prompt' } | { readonly type: 'core' } | { readonly type: 'module'; readonly id: number };

/** Token host process → shell, which alone can start processes: an owner for a PKCS#11 module, and its end when it hangs. */
export type FromTokenHost =
  { readonly type: 'start-module'; readonly id: number; readonly file: string } | { readonly type: 'end-module'; readonly id: number };
