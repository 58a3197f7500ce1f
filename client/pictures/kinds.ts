import type { PictureKind } from '../../server/contract/picture-kinds.ts';
import type { KindModule } from '../viewer/viewer.ts';

/** The kinds of picture that can be reviewed together; each is loaded when the first of its pictures is opened. */
export const kinds: Record<PictureKind, () => Promise<KindModule>> = {
  imaging: () => import('../imaging/kind.ts'),
  ecg: () => import('../ecg/kind.ts'),
  pathology: () => import('../slide/kind.ts'),
  documents: () => import('../documents/kind.ts'),
};
