import assert from 'node:assert/strict';
import { findCamera } from '../../../client/theatre/camera-choice.ts';

const card = (deviceId: string, label = 'Capture Card (0001:0002)') => ({ deviceId, label });

describe('the camera of an input', () => {
  it('is the one that was chosen, by its id', () => {
    assert.deepEqual(findCamera([card('b'), card('a')], card('a'), []), { device: card('a'), isByName: false });
  });
  it('is found by its name where the browser has renewed the ids, and that is said', () => {
    assert.deepEqual(findCamera([card('z')], card('a'), []), { device: card('z'), isByName: true });
  });
  it('is never another one in its place: its masks were not drawn for that', () => {
    const room = card('r', 'Room Camera');
    assert.equal(findCamera([room], card('a'), []), undefined, 'another make');
    assert.equal(findCamera([card('y'), card('z')], card('a'), []), undefined, 'two of the same make');
    assert.equal(findCamera([card('b')], card('a'), [card('b')]), undefined, 'the one of another input');
    assert.equal(findCamera([card('z')], card('a'), [card('b')]), undefined, 'either of two that were chosen');
    assert.equal(findCamera([], card('a'), []), undefined, 'none is plugged in');
  });
  it('is tried by its id while the browser tells no names yet', () => {
    assert.deepEqual(findCamera([card('', '')], card('a'), []), { device: card('a'), isByName: false });
  });
});
