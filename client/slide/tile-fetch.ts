import { Failure } from '../../server/contract/failure.ts';
import { failureOf, send } from '../api/http.ts';
import { overOutages } from '../line/retry.ts';

/**
 * A picture of the slide, decoded beside the page's thread; while the line is away it is asked for again and again.
 * @throws Failure: what the server answered; `file-damaged` where the browser cannot decode it.
 */
export function fetchPicture(address: string, signal: AbortSignal): Promise<ImageBitmap> {
  return overOutages(async () => {
    const response = await send(address, { credentials: 'same-origin' }, signal);
    if (!response.ok) throw await failureOf(response);
    return decode(await bodyOf(response));
  }, signal);
}

/** A line that breaks in the middle of a picture is an outage like any other. */
async function bodyOf(response: Response): Promise<Blob> {
  try {
    return await response.blob();
  } catch (thrown) {
    throw new Failure('unavailable', 'the picture did not arrive', { cause: thrown });
  }
}

async function decode(blob: Blob): Promise<ImageBitmap> {
  try {
    const bitmap = await createImageBitmap(blob);
    return blob.type === 'image/png' ? await onGlass(bitmap) : bitmap;
  } catch (thrown) {
    throw new Failure('invalid-message', 'the picture cannot be decoded', { reason: 'file-damaged', cause: thrown });
  }
}

/** What was not scanned is transparent. It is shown as empty glass, white as the lamp, never as a coarser level shining through. */
function onGlass(bitmap: ImageBitmap): ImageBitmap {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return bitmap;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.transferToImageBitmap();
}
