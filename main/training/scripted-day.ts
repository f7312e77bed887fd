import { z } from 'zod';
import script from '../../resources/training/scripted-day.json' with { type: 'json' };
import { loadMeans, tellStory, type SampleFiling } from './make-sample-filings.ts';
import { STORY_VERDICT, type StoryKind } from './sample-story.ts';
import type { TrainingKit } from './training-kit.ts';

const scriptSchema = z.strictObject({
  note: z.string(),
  filings: z.array(
    z.strictObject({
      /** Minutes of open training after its beginning. */
      minute: z.number().int().positive(),
      id: z.string(),
      kind: z.string(),
      story: z.enum(Object.keys(STORY_VERDICT) as [StoryKind, ...StoryKind[]]),
      variation: z.number().int().positive(),
    }),
  ),
});
type DayFiling = z.infer<typeof scriptSchema>['filings'][number];

/** Filings of resources/training/scripted-day.json in the order of their minutes. */
export const loadDay = (): readonly DayFiling[] => scriptSchema.parse(script).filings.toSorted((a, b) => a.minute - b.minute);

/** Receipts of the first filings are numbered from one. */
const RECEIPTS_FROM = 1000;

/**
 * The filing at a place of the day, signed at `at` by the people of the kit: the same bytes whenever it is made.
 * @param input.caseNumbers cases that exist; filings that join a case take them in turn.
 */
export async function makeDayFiling(input: {
  place: number;
  kit: TrainingKit;
  at: string;
  caseNumbers: readonly string[];
  resourcesDir: string;
}): Promise<SampleFiling> {
  const { place, kit, at, caseNumbers } = input;
  const planned = loadDay()[place];
  if (!planned) throw new Error(`the day has no filing ${place}`);
  const means = loadMeans(input.resourcesDir);
  const story = means.samples.stories.find(
    ({ id, kind, story: told }) => id === planned.id && kind === planned.kind && told === planned.story,
  );
  if (!story) throw new Error(`no story ${planned.id} that is ${planned.story}`);
  const caseNumber = story.joinsCase ? (caseNumbers[place % caseNumbers.length] ?? null) : null;
  const { variation } = planned;
  const id = `day-${String(place + 1).padStart(2, '0')}-${story.id}`;
  return tellStory(means, { id, story, variation, kit, signedAt: at, caseNumber, receipt: RECEIPTS_FROM + place });
}
