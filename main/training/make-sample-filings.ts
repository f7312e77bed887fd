import { createHash } from 'node:crypto';
import { join } from 'node:path';
import people from '../../resources/training/people.json' with { type: 'json' };
import { courtDayOf } from '../../shared/domain/court-day.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import type { FilingFolder } from '../../shared/registry/index.ts';
import { buildSignedData } from '../signature/index.ts';
import { drawDocument, type Fonts } from './draw-document.ts';
import { citizenSigner } from './kit-signers.ts';
import { loadDuty, type DutyCalculator } from './sample-duty.ts';
import { loadSamples, STORY_VERDICT, type Story, type StoryDocument, type StoryKind } from './sample-story.ts';
import type { TrainingCitizen, TrainingKit } from './training-kit.ts';
import { KBK, writePaper, type Cast } from './write-papers.ts';

/** A filing as the cabinet's side sends it. `files` holds every document and signature that `folder` names. */
export type SampleFiling = {
  readonly id: string;
  readonly story: StoryKind;
  readonly expectedVerdict: Verdict;
  readonly folder: FilingFolder;
  readonly files: ReadonlyMap<string, Uint8Array>;
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Filings are signed one after another, the last of them half an hour ago, all within three days. */
const LAST_SIGNED_MS = 30 * MINUTE_MS;
const BETWEEN_FILINGS_MS = 9 * MINUTE_MS;
const ALL_SIGNED_MS = 3 * DAY_MS;
/** A story told again changes its sums by a twentieth, which keeps them and their duty in whole tenge. */
const VARIATION_PARTS = 20;

/**
 * Invented filings: real PDFs, detached signatures by the kit's citizens. The first twelve hold every story once; further
 * ones repeat the good stories with other people and sums. The first is always a good claim.
 * @param input.caseNumbers cases that exist; filings that join a case take them in turn, and name none when there are none.
 * @param input.resourcesDir where `reference/` lies, and `fonts/` with Tinos-Regular.ttf and Tinos-Bold.ttf unless `fontsDir` says otherwise.
 */
export async function makeSampleFilings(input: {
  kit: TrainingKit;
  count: number;
  now: string;
  caseNumbers: readonly string[];
  resourcesDir: string;
  fontsDir?: string;
}): Promise<SampleFiling[]> {
  const { kit, count, now, caseNumbers } = input;
  const means = loadMeans(input.resourcesDir, input.fontsDir);

  const filings: SampleFiling[] = [];
  const between = Math.min(BETWEEN_FILINGS_MS, ALL_SIGNED_MS / count);
  let joined = 0;
  for (let i = 0; i < count; i++) {
    const { story, variation } = storyAt(means.samples.stories, i);
    const caseNumber = story.joinsCase ? (caseNumbers[joined++ % caseNumbers.length] ?? null) : null;
    const signedAt = new Date(Date.parse(now) - LAST_SIGNED_MS - (count - 1 - i) * between).toISOString();
    const id = `${String(i + 1).padStart(2, '0')}-${story.id}`;
    filings.push(await tellStory(means, { id, story, variation, kit, signedAt, caseNumber, receipt: i + 1 }));
  }
  return filings;
}

/** What every story is told with. */
type Means = { readonly fonts: Fonts; readonly duty: DutyCalculator; readonly samples: ReturnType<typeof loadSamples> };

export function loadMeans(resourcesDir: string, fontsDir = join(resourcesDir, 'fonts')): Means {
  const font = (name: string) => join(fontsDir, `Tinos-${name}.ttf`);
  return { fonts: { regular: font('Regular'), bold: font('Bold') }, duty: loadDuty(resourcesDir), samples: loadSamples() };
}

/** One filing. The same people, moment and numbers give the same bytes. */
export async function tellStory(
  { fonts, duty, samples }: Means,
  told: {
    id: string;
    story: Story;
    variation: number;
    kit: TrainingKit;
    signedAt: string;
    caseNumber: string | null;
    receipt: number;
  },
): Promise<SampleFiling> {
  const cast = castOf({ samples, duty, ...told });
  return {
    id: told.id,
    story: told.story.story,
    expectedVerdict: STORY_VERDICT[told.story.story],
    folder: folderOf(cast),
    files: await filesOf(cast, told.kit, fonts),
  };
}

/** Every story once, then the good ones over and over, each time in another variation. */
function storyAt(stories: readonly Story[], index: number): { story: Story; variation: number } {
  const first = stories[index];
  if (first) return { story: first, variation: 0 };
  const good = stories.filter(({ story }) => story === 'good');
  const again = index - stories.length;
  const story = good[again % good.length];
  if (!story) throw new Error('no good story to tell again');
  return { story, variation: 1 + Math.floor(again / good.length) };
}

function castOf(input: {
  samples: ReturnType<typeof loadSamples>;
  story: Story;
  variation: number;
  kit: TrainingKit;
  duty: DutyCalculator;
  signedAt: string;
  caseNumber: string | null;
  receipt: number;
}): Cast {
  const { samples, story, variation, kit, signedAt } = input;
  const turned = (pool: readonly string[], key: string) =>
    pool.includes(key) ? (pool[(pool.indexOf(key) + variation) % pool.length] ?? key) : key;
  const applicant = citizenOf(kit, turned(samples.variation[story.language], story.applicant));
  const others = story.others.map(({ side, person }) => {
    const other = samples.others[turned(samples.variation.others, person)];
    if (!other) throw new Error(`nobody is called ${person}`);
    return { ...other, side };
  });
  const amounts = Object.fromEntries(
    Object.entries(story.amounts).map(([name, amount]) => [name, (amount * (VARIATION_PARTS + variation)) / VARIATION_PARTS]),
  );
  const total = Object.values(amounts).reduce((a, b) => a + b, 0);
  const claimValue = story.duty !== null && total > 0 ? total : null;
  const paidOn = courtDayOf(new Date(Date.parse(signedAt) - DAY_MS).toISOString());
  const payment =
    story.duty === null
      ? null
      : {
          amount: input.duty(story.duty, claimValue ?? 0, applicant.bin ? 'legal' : 'individual', paidOn),
          date: paidOn as string,
          number: `ОҚУ-${paidOn.replaceAll('-', '')}-${String(input.receipt).padStart(4, '0')}`,
        };
  const representative = story.representative === null ? null : citizenOf(kit, story.representative);
  return { story, applicant, others, representative, amounts, claimValue, payment, caseNumber: input.caseNumber, signedAt };
}

function citizenOf(kit: TrainingKit, key: string): TrainingCitizen {
  const citizen = kit.citizens.find((one) => one.key === key);
  if (!citizen) throw new Error(`the kit has no citizen ${key}`);
  return citizen;
}

function folderOf({ story, applicant, others, representative, claimValue, payment, caseNumber }: Cast): FilingFolder {
  const contacts = ({ address, phone, email }: TrainingCitizen) => ({ address, phone, email });
  return {
    court: people.court.code,
    kind: story.kind,
    language: story.language,
    category: story.category,
    ...(claimValue === null ? {} : { claimValue: claimValue.toFixed(2) }),
    parties: [
      applicant.bin
        ? {
            side: story.side,
            type: 'organisation',
            bin: applicant.bin,
            name: applicant.organisation ?? applicant.name,
            ...contacts(applicant),
          }
        : { side: story.side, type: 'individual', iin: applicant.iin, name: applicant.name, ...contacts(applicant) },
      ...others,
    ],
    ...(representative ? { representative: { iin: representative.iin, name: representative.name, ...contacts(representative) } } : {}),
    ...(payment
      ? {
          payment: {
            amount: payment.amount.toFixed(2),
            date: payment.date,
            number: payment.number,
            payerId: applicant.bin ?? applicant.iin,
            kbk: KBK,
          },
        }
      : {}),
    ...(caseNumber ? { case: caseNumber } : {}),
    documents: story.documents.map(({ role, file, title }) => ({ role, file, title, signatures: [`${file}.p7s`] })),
  };
}

async function filesOf(cast: Cast, kit: TrainingKit, fonts: Fonts): Promise<Map<string, Uint8Array>> {
  const { signedAt } = cast;
  const files = new Map<string, Uint8Array>();
  for (const [i, document] of cast.story.documents.entries()) {
    const bytes = await drawDocument(writePaper(cast, document), fonts, signedAt);
    const signature = await buildSignedData({
      signer: citizenSigner(kit, signerOf(cast, document, kit)),
      contentDigest: createHash('sha256').update(bytes).digest(),
      attachedContent: null,
      signingTime: signedAt,
    });
    const { changedAmounts } = cast.story;
    const changed = i === 0 && changedAmounts ? { ...cast, amounts: changedAmounts } : null;
    files.set(document.file, changed ? await drawDocument(writePaper(changed, document), fonts, signedAt) : bytes);
    files.set(`${document.file}.p7s`, signature);
  }
  return files;
}

/** A power of attorney is signed by its giver, everything else by whoever files. */
function signerOf(cast: Cast, document: StoryDocument, kit: TrainingKit): TrainingCitizen {
  const byApplicant = cast.story.signer === cast.story.applicant || ('signer' in document && document.signer === 'applicant');
  return byApplicant ? cast.applicant : citizenOf(kit, cast.story.signer);
}
