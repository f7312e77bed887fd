/** Bytes are passed on in pieces of this size: eight seconds on the slowest line, well within the silence that is borne. */
const PIECE_BYTES = 16 * 1024;

/** Ends a request on whose line nothing has moved for so long; a slow line that moves is never cut off. */
export type SilenceWatch = {
  readonly signal: AbortSignal;
  /** The same bytes; each piece shows that the line is alive. The end of them ends the watch when `last`. */
  over(bytes: AsyncIterable<Uint8Array>, last: boolean): AsyncIterable<Uint8Array>;
  end(): void;
};

export function watchSilence(silenceMs: number): SilenceWatch {
  const controller = new AbortController();
  let timer = arm();
  function arm(): NodeJS.Timeout {
    return setTimeout(() => controller.abort(), silenceMs);
  }
  const end = () => clearTimeout(timer);
  return {
    signal: controller.signal,
    async *over(bytes, last) {
      try {
        for await (const chunk of bytes) {
          for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
            end();
            timer = arm();
            yield chunk.subarray(at, at + PIECE_BYTES);
          }
        }
      } finally {
        if (last) end();
      }
    },
    end,
  };
}
