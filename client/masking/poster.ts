/** Across or down, whichever is longer: enough to know what is being done, little enough for a thin line. */
const LONGEST_PX = 640;
/** As many bytes as the server takes. */
const MOST_BYTES = 40_000;
const QUALITIES = [0.7, 0.5, 0.3, 0.15];

/**
 * One small picture (JPEG) of what is drawn, with the aspect that it has.
 * @param picture masked already
 * @returns null where nothing can be drawn, or no quality makes it small enough
 */
export async function encodePoster(
  picture: CanvasImageSource,
  { width, height }: { width: number; height: number },
): Promise<Blob | null> {
  const scale = Math.min(1, LONGEST_PX / Math.max(width, height));
  const paper = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = paper.getContext('2d', { alpha: false });
  if (!context) return null;
  context.drawImage(picture, 0, 0, paper.width, paper.height);
  for (const quality of QUALITIES) {
    const jpeg = await paper.convertToBlob({ type: 'image/jpeg', quality });
    if (jpeg.size <= MOST_BYTES) return jpeg;
  }
  return null;
}
