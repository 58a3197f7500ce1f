import assert from 'node:assert/strict';
import { centerKeeping, fitHeight, imageToCanvas, type Placement } from '../../../client/imaging/transform.ts';
import { draggedWindow, flipSideways, flipUpright, rotateBy } from '../../../client/imaging/view.ts';
import { apply, invert } from '../../../client/viewer/affine.ts';
import { createRandom } from '../../support/random.ts';
import { viewportAt } from '../../support/review-pictures.ts';

const near = (one: { x: number; y: number }, other: { x: number; y: number }, within: number, what: string): void => {
  assert.ok(Math.hypot(one.x - other.x, one.y - other.y) <= within, `${what}: ${JSON.stringify([one, other])}`);
};

function* placements(
  random: () => number,
): Generator<{ placement: Placement; size: { width: number; height: number }; aspect: number }> {
  for (const rotation of [0, 90, 180, 270])
    for (const flipHorizontal of [false, true])
      for (const flipVertical of [false, true])
        for (const [width, height] of [
          [800, 600],
          [333, 777],
          [1920, 1079],
        ] as const)
          yield {
            placement: {
              center: { x: random() * 512, y: random() * 512 },
              imagePixelsPerScreenHeight: 20 + random() * 2000,
              rotation,
              flipHorizontal,
              flipVertical,
            },
            size: { width, height },
            aspect: 0.5 + random(),
          };
}

describe('the way from image to screen', () => {
  it('comes back to the same point for every turn, mirroring and window size', () => {
    const random = createRandom(7).next;
    for (const { placement, size, aspect } of placements(random)) {
      const to = imageToCanvas(placement, size, aspect);
      for (let point = 0; point < 5; point++) {
        const image = { x: random() * 600 - 40, y: random() * 600 - 40 };
        near(apply(invert(to), apply(to, image)), image, 1e-6, JSON.stringify(placement));
      }
    }
  });

  it('has the centre in the middle of the window, to half a pixel', () => {
    for (const { placement, size, aspect } of placements(createRandom(8).next)) {
      const middle = apply(imageToCanvas(placement, size, aspect), placement.center);
      near(middle, { x: size.width / 2, y: size.height / 2 }, Math.SQRT1_2 + 1e-9, JSON.stringify(placement));
    }
  });

  it('shows the same height of the image in windows of any size', () => {
    for (const { placement, size, aspect } of placements(createRandom(9).next)) {
      const lying = placement.rotation % 180 !== 0;
      const back = invert(imageToCanvas(placement, size, aspect));
      const [top, bottom] = [apply(back, { x: 0, y: 0 }), apply(back, { x: 0, y: size.height })];
      const shown = lying ? Math.abs(bottom.x - top.x) * aspect : Math.abs(bottom.y - top.y);
      assert.ok(Math.abs(shown - placement.imagePixelsPerScreenHeight) < 1e-6);
    }
  });

  it('keeps the image point under the pointer when the zoom changes', () => {
    const random = createRandom(10).next;
    for (const { placement, size, aspect } of placements(random)) {
      const canvas = { x: random() * size.width, y: random() * size.height };
      const image = apply(invert(imageToCanvas(placement, size, aspect)), canvas);
      const zoomed = { ...placement, imagePixelsPerScreenHeight: placement.imagePixelsPerScreenHeight * 0.6 };
      const center = centerKeeping(zoomed, size, aspect, image, canvas);
      near(apply(imageToCanvas({ ...zoomed, center }, size, aspect), image), canvas, 1, JSON.stringify(placement));
    }
  });

  it('fits the whole image, lying or standing, square pixels or not', () => {
    for (const { placement, size, aspect } of placements(createRandom(11).next)) {
      const image = { width: 300, height: 200 };
      const fitted = {
        ...placement,
        center: { x: 150, y: 100 },
        imagePixelsPerScreenHeight: fitHeight(image, size, placement.rotation, aspect),
      };
      const to = imageToCanvas(fitted, size, aspect);
      const corners = [
        { x: 0, y: 0 },
        { x: 300, y: 200 },
      ].map((corner) => apply(to, corner));
      const [one, other] = corners as [{ x: number; y: number }, { x: number; y: number }];
      const [across, down] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
      assert.ok(across <= size.width + 1e-6 && down <= size.height + 1e-6, 'inside');
      assert.ok(across > size.width - 1e-6 || down > size.height - 1e-6, 'and no smaller than needed');
    }
  });

  it('mirrors what is on the screen, however it is turned', () => {
    const size = { width: 640, height: 480 };
    for (const { placement } of placements(createRandom(12).next)) {
      const view = { ...viewportAt(0), ...placement };
      const point = { x: 12, y: 345 };
      const before = apply(imageToCanvas(view, size, 1), point);
      const sideways = apply(imageToCanvas(flipSideways(view), size, 1), point);
      near(sideways, { x: size.width - before.x, y: before.y }, 1.5, 'left to right');
      const upright = apply(imageToCanvas(flipUpright(view), size, 1), point);
      near(upright, { x: before.x, y: size.height - before.y }, 1.5, 'top to bottom');
    }
  });

  it('is back where it was after four quarter turns', () => {
    const view = viewportAt(3);
    assert.deepEqual([90, 90, 90, 90].reduce(rotateBy, view), view);
    assert.equal(rotateBy(view, -90).rotation, 270);
  });
});

describe('dragging the window', () => {
  it('never makes it narrower than its function allows', () => {
    for (const width of [1, 80, 1500])
      for (const dx of [-5000, -10, 0, 10]) {
        const dragged = draggedWindow({ center: 40, width, function: 'LINEAR' }, dx, 3);
        assert.ok(dragged.width >= 1 && Number.isFinite(dragged.center));
      }
    const exact = draggedWindow({ center: 2, width: 0.5, function: 'LINEAR_EXACT' }, -100, 0);
    assert.ok(exact.width > 0 && exact.width < 0.5);
  });

  it('leaves it as it is when the mouse comes back', () => {
    const start = { center: -600, width: 1500, function: 'LINEAR' } as const;
    assert.deepEqual(draggedWindow(start, 0, 0), start);
  });
});
