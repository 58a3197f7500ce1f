import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { DataSource } from 'typeorm';
import type { OpinionDraft } from '../../../server/contract/index.ts';
import type { RunningServer } from '../../support/start-server.ts';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const recommendations = [
  { recommendationId: randomUUID(), text: '三个月后复查薄层 CT。' },
  { recommendationId: randomUUID(), text: '必要时穿刺活检。' },
];
export const opinion: OpinionDraft = {
  findings: '右肺下叶见一实性结节，直径约 8 mm，边缘光滑。',
  diagnosis: [{ code: 'R91', display: '肺结节' }],
  recommendations,
  keyImages: [],
};
/** What the requester answers to the recommendations. */
export const adoptions = [
  { recommendationId: recommendations[0]?.recommendationId ?? '', decision: 'adopted', reason: '' },
  { recommendationId: recommendations[1]?.recommendationId ?? '', decision: 'not-adopted', reason: '患者暂不同意' },
] as const;

/** A key image of a CT whose picture has this hash. */
export const keyImage = (imageSha256: string) => {
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
      voi: { center: -600, width: 1500, function: 'LINEAR' as const },
      invert: false,
    },
    annotations: [],
    measurements: ['8.1 mm'],
    caption: '右肺下叶结节',
    imageSha256,
    widthPx: 64,
    heightPx: 64,
  };
};

/** A PNG that differs from that of every other seed. */
export const picture = (seed: number) =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: { r: seed, g: 20, b: 30 } } })
    .png()
    .toBuffer();

/** Changes stored bytes behind the application's back. */
export async function tamper(server: RunningServer, reportId: string, from: string, to: string): Promise<void> {
  const source = await new DataSource({
    type: 'better-sqlite3',
    database: join(server.dataDir, 'huizhen.sqlite'),
  }).initialize();
  try {
    await source.query('UPDATE report SET canonical = replace(canonical, ?, ?) WHERE reportId = ?', [
      from,
      to,
      reportId,
    ]);
  } finally {
    await source.destroy();
  }
}
