/** What the core asks of the process that reads pictures; bytes travel with the question, nothing is left there. */
import { z } from 'zod';
import type { PageWarning } from '../../../shared/contract/index.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const turn = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]);
/** How a page is set upright: quarter turns clockwise, after `straighten` degrees clockwise. */
const upright = { turn, straighten: z.number().min(-45).max(45) };
const page = z.number().int().nonnegative().max(9_999);

const assemblyPartSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('jpeg'),
    bytes,
    width: z.number().int().positive(),
    height: z.number().int().positive(),
    dpi: z.number().positive(),
  }),
  z.strictObject({ kind: z.literal('pdf'), bytes, page, turn }),
]);
export type AssemblyPart = z.infer<typeof assemblyPartSchema>;

export const drawingSchema = z.strictObject({
  quality: z.number().int().min(20).max(100),
  /** Never more than this; a page that has fewer keeps what it has. */
  dpi: z.number().positive().max(1200),
  grey: z.boolean(),
});
export type Drawing = z.infer<typeof drawingSchema>;

export const pictureCallSchema = z.discriminatedUnion('call', [
  z.strictObject({ id: z.number(), call: z.literal('survey'), bytes }),
  z.strictObject({ id: z.number(), call: z.literal('examine'), bytes, page }),
  z.strictObject({ id: z.number(), call: z.literal('thumbnail'), bytes, page, ...upright }),
  z.strictObject({
    id: z.number(),
    call: z.literal('draw'),
    bytes,
    page,
    ...upright,
    sourceDpi: z.number().positive(),
    drawing: drawingSchema,
  }),
  z.strictObject({
    id: z.number(),
    call: z.literal('assemble'),
    title: z.string().max(1000),
    language: z.enum(['kk', 'ru']),
    parts: z.array(assemblyPartSchema).min(1).max(2000),
  }),
]);
export type PictureCall = z.infer<typeof pictureCallSchema>;
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
export type PictureQuestion = WithoutId<PictureCall>;

/** The pages of a file; `pdf` ones are carried over as they are. `dpi` is as the file says it, or as it would be on A4. */
export type SurveyedFile = {
  readonly kind: 'picture' | 'pdf';
  readonly pages: readonly { readonly width: number; readonly height: number; readonly dpi: number }[];
};
/** `skew`: by how many degrees clockwise the page has to be turned to stand straight. */
export type ExaminedPage = { readonly skew: number; readonly blank: boolean; readonly warnings: readonly PageWarning[] };
export type DrawnPage = { readonly bytes: Uint8Array; readonly width: number; readonly height: number; readonly dpi: number };
export type PictureAnswers = {
  survey: SurveyedFile;
  examine: ExaminedPage;
  thumbnail: Uint8Array;
  draw: DrawnPage;
  assemble: Uint8Array;
};
