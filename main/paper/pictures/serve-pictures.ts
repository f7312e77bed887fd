import { fail, type Result } from '../../../shared/result.ts';
import { assemblePdf, surveyPdf } from './assemble-pdf.ts';
import { pictureCallSchema, type PictureCall } from './picture-messages.ts';
import type { PicturePort } from './picture-port.ts';
import { drawPicture, drawThumbnail, examinePicture, surveyPicture } from './read-pictures.ts';

const PDF = Buffer.from('%PDF-');
/** A file that needs more is not a page of paper; the process ends, and whoever asked hears of it. */
const MOST_MEMORY = 1536 * 1024 * 1024;
const WATCH_MS = 100;

function answer(call: PictureCall): Promise<Result<unknown>> {
  switch (call.call) {
    case 'survey':
      return PDF.equals(call.bytes.subarray(0, PDF.length)) ? surveyPdf(call.bytes) : surveyPicture(call.bytes);
    case 'examine':
      return examinePicture(call.bytes, call.page);
    case 'thumbnail':
      return drawThumbnail(call.bytes, call.page, call);
    case 'draw':
      return drawPicture(call.bytes, call.page, call);
    case 'assemble':
      return assemblePdf(call.title, call.language, call.parts);
  }
}

/** Answers one question after the other; `gone` follows the end of the port, and too much memory. */
export function servePictures(port: PicturePort, gone: () => void): void {
  const watch = setInterval(() => process.memoryUsage.rss() > MOST_MEMORY && gone(), WATCH_MS);
  watch.unref();
  port.on('message', (message) => {
    const call = pictureCallSchema.safeParse(message);
    if (!call.success) return;
    const { id } = call.data;
    void answer(call.data)
      .catch((): Result<unknown> => fail('picture-unreadable'))
      .then((result) => port.postMessage({ id, result }));
  });
  port.on('close', gone);
}
