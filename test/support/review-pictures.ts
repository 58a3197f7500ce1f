import type { ImagingTarget, ImagingViewport } from '../../server/contract/imaging.ts';
import type { Shape } from '../../server/contract/review.ts';

export const target: ImagingTarget = {
  kind: 'imaging',
  studyInstanceUid: '1.2.3',
  seriesInstanceUid: '1.2.3.4',
  sopInstanceUid: '1.2.3.4.5',
  frame: 1,
};

export function viewportAt(x: number): ImagingViewport {
  return {
    target,
    center: { x, y: 0 },
    imagePixelsPerScreenHeight: 512,
    rotation: 0,
    flipHorizontal: false,
    flipVertical: false,
    voi: null,
    invert: false,
  };
}

export function lengthOf(x: number): Shape {
  return { kind: 'length', start: { x: 0, y: 0 }, end: { x, y: 0 } };
}
