import assert from 'node:assert/strict';
import { createFrame, pointsOn, viewerOf } from '../../../client/viewer/frame.ts';
import { createOpening } from '../../../client/viewer/opening.ts';
import type { ImagingViewport } from '../../../server/contract/imaging.ts';
import type { Quality } from '../../../server/contract/review.ts';
import { viewportAt } from '../../support/review-pictures.ts';

/** A viewer of one picture in a window whose width the test changes; fitted is in its middle. */
function createWindow() {
  let width = 800;
  const opening = createOpening<ImagingViewport, string>({
    idOf: ({ target }) => target.seriesInstanceUid,
    find: () => 'read',
    read: async () => 'read',
    unreadable: 'cannot be read',
    onChange: (origin) => frame.changed(origin),
  });
  const frame = createFrame<ImagingViewport, { width: number }>({
    opening,
    scene: () => ({ width }),
    fitView: (view, scene) => ({ ...view, center: { x: scene.width / 2, y: 0 } }),
    isFitted: (view, scene) => view.center.x === scene.width / 2,
    face: () => opening.view?.invert,
  });
  const told: number[] = [];
  frame.moves.on((view) => told.push(view.center.x));
  return {
    opening,
    frame,
    told,
    x: () => opening.view?.center.x,
    resize(to: number) {
      width = to;
      frame.refit();
    },
  };
}

describe('the frame of every viewer', () => {
  it('tells the person’s own moves, and none that changed nothing', () => {
    const { opening, frame, told } = createWindow();
    opening.setView(viewportAt(7), 'shown');
    frame.change((view) => ({ ...view, center: { x: 9, y: 0 } }));
    frame.change((view) => ({ ...view, center: { ...view.center } }));
    opening.setView(viewportAt(11), 'opened');
    assert.deepEqual(told, [9]);
  });

  it('keeps the whole picture in a window that changes its size, until the hand moves it', () => {
    const { opening, frame, resize, x } = createWindow();
    opening.setView(viewportAt(400), 'opened');
    resize(600);
    assert.equal(x(), 300);
    frame.change((view) => ({ ...view, center: { x: 310, y: 0 } }));
    resize(500);
    assert.equal(x(), 310);
    frame.fit();
    resize(400);
    assert.equal(x(), 200);
  });

  it('leaves what somebody else shows as they show it, even where it fits this window', () => {
    const { frame, resize, x } = createWindow();
    frame.show(viewportAt(400));
    resize(600);
    assert.equal(x(), 400);
  });

  it('has the toolbar made anew when its face is another, and says each quality once', () => {
    const { opening, frame } = createWindow();
    let faces = 0;
    const qualities: Quality['state'][] = [];
    frame.states.on(() => {
      faces += 1;
    });
    frame.qualities.on(({ state }) => qualities.push(state));
    for (const x of [1, 2, 3]) opening.setView(viewportAt(x), 'user');
    assert.equal(faces, 1);
    frame.change((view) => ({ ...view, invert: true }));
    assert.equal(faces, 2);
    const { target } = viewportAt(0);
    const quality = { target, loadedFrames: 0, totalFrames: 1 };
    for (const state of ['loading', 'loading', 'full', 'full'] as const) frame.tellQuality({ ...quality, state });
    assert.deepEqual(qualities, ['loading', 'full']);
    frame.tellQuality(undefined);
    assert.equal(frame.quality, undefined);
  });

  it('shows no viewport of another kind', () => {
    const { frame, opening } = createWindow();
    const viewer = viewerOf('ecg', frame, {
      ...pointsOn(() => undefined),
      mount: () => undefined,
      open: async () => undefined,
      clamp: (point) => point,
      nudge: () => ({ x: 1, y: 1 }),
      isSame: () => false,
      pictureId: () => '',
      measures: () => ({}),
      commands: () => [],
      gestures: () => ({}),
      exportPicture: () => Promise.reject(new Error('nothing is drawn')),
      dispose: () => undefined,
    });
    viewer.show(viewportAt(5));
    assert.equal(opening.view, undefined);
  });

  it('maps points by where the picture lies, in the screen’s own pixels', () => {
    const { toScreen, toImage } = pointsOn(() => ({
      transform: () => ({ a: 0, b: 4, c: -4, d: 0, e: 100, f: 20 }),
      pixelRatio: 2,
    }));
    assert.deepEqual(toScreen({ x: 3, y: 5 }), { x: 40, y: 16 });
    assert.deepEqual(toImage({ x: 40, y: 16 }), { x: 3, y: 5 });
    assert.equal(pointsOn(() => undefined).toScreen({ x: 0, y: 0 }), undefined);
  });
});
