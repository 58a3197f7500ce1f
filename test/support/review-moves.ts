import type { ImagingTarget, ImagingViewport, Shape } from '../../server/contract/index.ts';

export const target: ImagingTarget = {
  kind: 'imaging',
  studyInstanceUid: '1.2.3',
  seriesInstanceUid: '1.2.3.4',
  sopInstanceUid: '1.2.3.4.5',
  frame: 1,
};

export function viewportAt(frame: number): ImagingViewport {
  return {
    target: { ...target, frame },
    center: { x: 256, y: 256 },
    imagePixelsPerScreenHeight: 512,
    rotation: 0,
    flipHorizontal: false,
    flipVertical: false,
    voi: { center: -600, width: 1500, function: 'LINEAR' },
    invert: false,
  };
}

export const lengthTo = (x: number): Shape => ({ kind: 'length', start: { x: 0, y: 0 }, end: { x, y: 0 } });
