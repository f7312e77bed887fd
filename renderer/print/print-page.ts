import { openPdf } from '../features/documents/pdf/open-pdf.ts';

/** What a laser printer of an office draws, and what is still sharp where there are many pages. */
const DOTS_PER_INCH = 300;
const DOTS_OF_LONG = 150;
const LONG_FROM_PAGES = 25;
/** In points. */
const A4 = { width: 595.28, height: 841.89 };
const POINTS_PER_INCH = 72;

function addSheet(picture: HTMLImageElement): void {
  const sheet = document.createElement('div');
  sheet.className = 'sheet';
  sheet.append(picture);
  document.body.append(sheet);
}

async function pictureOf(canvas: HTMLCanvasElement): Promise<HTMLImageElement> {
  const bytes = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!bytes) throw new Error('no picture of the page');
  const picture = new Image();
  picture.src = URL.createObjectURL(bytes);
  await picture.decode();
  return picture;
}

/** Pages at their own size, lying ones turned upright, larger ones made to fit A4. */
async function drawPdf(bytes: Uint8Array): Promise<boolean> {
  const pdf = await openPdf(bytes);
  if (typeof pdf === 'string') return false;
  const dots = pdf.sizes.length >= LONG_FROM_PAGES ? DOTS_OF_LONG : DOTS_PER_INCH;
  for (let number = 1; number <= pdf.sizes.length; number++) {
    const page = await pdf.page(number);
    const asIs = page.getViewport({ scale: 1 });
    const rotation = (page.rotate + (asIs.width > asIs.height ? 90 : 0)) % 360;
    const upright = page.getViewport({ scale: 1, rotation });
    const fit = Math.min(1, A4.width / upright.width, A4.height / upright.height);
    const viewport = page.getViewport({ scale: (fit * dots) / POINTS_PER_INCH, rotation });
    const canvas = document.createElement('canvas');
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    await page.render({ canvas, viewport, intent: 'print', background: '#ffffff' }).promise;
    const picture = await pictureOf(canvas);
    picture.style.width = `${(upright.width * fit) / POINTS_PER_INCH}in`;
    addSheet(picture);
    page.cleanup();
    canvas.width = 0;
  }
  pdf.close();
  return true;
}

async function drawPicture(address: string): Promise<boolean> {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  addSheet(picture);
  return true;
}

/** Draws the document that the address names and says by the title that it is done: the name of the job then, a cross for what cannot be read. */
async function draw(): Promise<void> {
  const asked = new URLSearchParams(location.search);
  const address = asked.get('document') ?? '';
  let drawn = false;
  try {
    if (asked.get('type') === 'application/pdf') {
      const answer = await fetch(address);
      drawn = answer.ok && (await drawPdf(new Uint8Array(await answer.arrayBuffer())));
    } else drawn = await drawPicture(address);
  } catch {
    drawn = false;
  }
  document.title = drawn ? (asked.get('name') ?? 'Kense') : '✕';
}

void draw();
