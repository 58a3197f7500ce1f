import type { KeyImagePicture } from '../review/key-image.ts';

/** Into the opinion. Whoever writes it loads what it takes; most who look at pictures do not. */
export async function keepKeyImage(consultationId: string, picture: KeyImagePicture): Promise<void> {
  const { addKeyImage } = await import('./add-key-image.ts');
  await addKeyImage(consultationId, picture);
}

/** A sentence about a measurement, into the findings. */
export async function keepFinding(consultationId: string, sentence: string): Promise<void> {
  const { insertFinding } = await import('./insert-finding.ts');
  await insertFinding(consultationId, sentence);
}
