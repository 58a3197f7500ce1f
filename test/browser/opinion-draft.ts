import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { KeyImage } from '../../server/contract/index.ts';
import type { Client } from '../support/client.ts';
import { hashOf } from '../support/images.ts';

/** A picture on the server, as the viewer takes it. */
async function keyImage(client: Client, consultationId: string, red: number): Promise<KeyImage> {
  const background = { r: red, g: 60, b: 90 };
  const png = await sharp({ create: { width: 900, height: 700, channels: 3, background } })
    .png()
    .toBuffer();
  const imageSha256 = hashOf(png);
  const answer = await client.fetch(`/api/consultations/${consultationId}/key-images/${imageSha256}`, {
    method: 'PUT',
    headers: { 'content-type': 'image/png' },
    body: new Uint8Array(png),
  });
  assert.equal(answer.status, 201);
  const target = {
    kind: 'imaging' as const,
    studyInstanceUid: '1.2.3',
    seriesInstanceUid: '1.2.3.4',
    sopInstanceUid: '1.2.3.4.5',
    frame: 1,
  };
  return {
    keyImageId: randomUUID(),
    target,
    viewport: {
      target,
      center: { x: 256, y: 256 },
      imagePixelsPerScreenHeight: 512,
      rotation: 0,
      flipHorizontal: false,
      flipVertical: false,
      voi: null,
      invert: false,
    },
    annotations: [],
    measurements: ['长度 23.4 mm'],
    caption: '',
    imageSha256,
    widthPx: 900,
    heightPx: 700,
  };
}

/** Writes a whole opinion with so many key images. */
export async function draftOpinion(client: Client, consultationId: string, count: number): Promise<void> {
  const keyImages = await Promise.all(
    Array.from({ length: count }, (_, index) => keyImage(client, consultationId, 40 + index)),
  );
  await client.call('opinion:save', {
    params: { consultationId },
    body: {
      findings: '右肺下叶背段实性结节，边缘分叶。\n'.repeat(30),
      diagnosis: [{ code: 'C34.3', display: '肺下叶恶性肿瘤' }],
      recommendations: ['建议 CT 引导下穿刺活检。', '完善头颅 MRI。', '转胸外科。'].map((text) => ({
        recommendationId: randomUUID(),
        text,
      })),
      keyImages,
      version: 0,
    },
  });
}
