/** Bytes are passed on in pieces of this size: eight seconds on the slowest line, well within the silence that is borne. */
const PIECE_BYTES = 16 * 1024;

/**
 * What has been handed over may still lie in this machine, and the line may need this much of it for each silence: 30 KB in half a
 * minute, half of the slowest line. More than the rest of it is not kept back from a line that slow.
 */
const SLOWEST_BYTES_PER_SILENCE = 30_000;
const HELD_BACK_BYTES = 256 * 1024;

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
  function arm(handedOver = 0): NodeJS.Timeout {
    const leaving = Math.min(handedOver, HELD_BACK_BYTES) / SLOWEST_BYTES_PER_SILENCE;
    return setTimeout(() => controller.abort(), silenceMs * (1 + leaving));
  }
  const end = () => clearTimeout(timer);
  return {
    signal: controller.signal,
    async *over(bytes, last) {
      let handedOver = 0;
      try {
        for await (const chunk of bytes) {
          for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
            const piece = chunk.subarray(at, at + PIECE_BYTES);
            if (!last) handedOver += piece.length;
            end();
            timer = arm(handedOver);
            yield piece;
          }
        }
      } finally {
        if (last) end();
      }
    },
    end,
  };
}
