import assert from 'node:assert/strict';
import type {
  ImagingMaterial,
  ImagingTarget,
  ImagingViewport,
  MaterialView,
  Target,
  Viewport,
} from '../../server/contract/index.ts';

/** What a case, a picture or a view has to be where only images are expected. @throws AssertionError on another kind, or none. */
export function imagingOf(material: MaterialView | undefined): ImagingMaterial {
  assert.ok(material, 'a material');
  assert.ok(material.kind === 'imaging', `images, not ${material.kind}`);
  return material;
}

export function imagingTarget(target: Target): ImagingTarget {
  assert.ok(target.kind === 'imaging', `an image, not ${target.kind}`);
  return target;
}

export function imagingViewport(viewport: Viewport): ImagingViewport {
  assert.ok('voi' in viewport, `a view of an image, not of ${viewport.target.kind}`);
  return viewport;
}

/** Which frame is shown; undefined: nothing. @throws AssertionError on another kind. */
export function frameOf(viewport: Viewport | null | undefined): number | undefined {
  return viewport ? imagingTarget(viewport.target).frame : undefined;
}
