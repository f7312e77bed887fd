/** What a first step answers: something for the second, or why nothing more is to be begun. `alone`: nothing is begun before its second step is over. */
export type Step<Made, Stop> = { readonly made: Made; readonly alone?: boolean } | { readonly stop: Stop };

/**
 * Two steps for each item, in order, where the first of an item overlaps the second of the one before: a token signs the next file while the last one
 * is verified. The second steps never overlap each other. The first stop ends it, and what a first step had already made then is dropped, so
 * nothing is kept after it. Answers that stop, null when every item had both steps.
 */
export async function inTwoSteps<Item, Made, Stop>(
  items: Iterable<Item>,
  make: (item: Item) => Promise<Step<Made, Stop>>,
  finish: (item: Item, made: Made) => Promise<Stop | null>,
): Promise<Stop | null> {
  let finishing: Promise<Stop | null> = Promise.resolve(null);
  try {
    for (const item of items) {
      const step = await make(item);
      const stop = await finishing;
      if (stop !== null) return stop;
      if ('stop' in step) return step.stop;
      finishing = finish(item, step.made);
      // it is awaited below in any case; until then nobody else looks at it
      finishing.catch(() => undefined);
      if (!step.alone) continue;
      const stopAlone = await finishing;
      if (stopAlone !== null) return stopAlone;
    }
    return await finishing;
  } finally {
    await finishing.catch(() => undefined);
  }
}
