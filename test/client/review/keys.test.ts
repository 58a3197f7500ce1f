import assert from 'node:assert/strict';
import { CAMERA_KEY, MICROPHONE_KEY } from '../../../client/call/call-keys.ts';
import { documentCommands } from '../../../client/documents/commands.ts';
import { ecgCommands } from '../../../client/ecg/commands.ts';
import { imagingCommands } from '../../../client/imaging/commands.ts';
import * as keys from '../../../client/review/keys.ts';
import { isNudge } from '../../../client/review/overlay/nudging.ts';
import { shapes } from '../../../client/shapes/shapes.ts';
import { pathologyCommands } from '../../../client/slide/commands.ts';
import type { Command } from '../../../client/viewer/viewer.ts';

/** Parts whose functions are never called: only ids and keys matter here. */
const silent = <T>(values: Partial<NoInfer<T>>): T =>
  new Proxy(values as object, { get: (known, name) => Reflect.get(known, name) ?? (() => undefined) }) as T;

/** Where kinds of picture turn a command over to their own word for the same thing. */
const SAME: Record<string, string> = { resetRotation: 'reset', trueSize: 'actualSize' };

describe('the keys of the review', () => {
  const kinds: Record<string, Command[]> = {
    imaging: imagingCommands(silent({ overlaysShown: true, isCt: true, isGray: true, voi: null, mode: 'window' })),
    ecg: ecgCommands(
      silent({
        setting: { layout: '3x4+1', speedMmPerS: 25, gainMmPerMv: 10 } as never,
        groups: ['', ''],
        group: 0,
        hasPages: true,
      }),
    ),
    documents: documentCommands(silent({ page: 1, pageCount: 2 })),
    pathology: pathologyCommands(silent({ magnifications: [], associated: [] })),
  };

  it('have one meaning each, on a CT, an ECG and a slide, and in a call', () => {
    const meanings = new Map<string, Set<string>>();
    const add = (key: string, meaning: string): void => {
      meanings.set(key, (meanings.get(key) ?? new Set()).add(SAME[meaning] ?? meaning));
    };
    // The digits choose from the menus of what is shown; arrows, paging and the ends move in it.
    // Space goes on: a loop plays, a page turns.
    for (const commands of Object.values(kinds))
      for (const command of commands.flatMap((one) => [one, ...(one.menu ?? [])]))
        for (const key of command.keys) if (key.length === 1 && !/[\d ]/.test(key)) add(key, command.id);
    for (const [name, { key, toggle }] of Object.entries(shapes)) {
      add(key, `tool ${name}`);
      if (toggle) add(toggle.key, `toggle ${toggle.id}`);
    }
    for (const [name, key] of Object.entries({ ...keys, MICROPHONE_KEY, CAMERA_KEY }))
      if (typeof key === 'string') add(key, name);
    const doubled = [...meanings].filter(([, each]) => each.size > 1).map(([key, each]) => [key, ...each]);
    assert.deepEqual(doubled, []);
    assert.ok(meanings.size > 30);
  });

  it('undo with Ctrl+Z and redo with Ctrl+Y or Ctrl+Shift+Z, on a Mac with Command', () => {
    const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>>) =>
      keys.stepForKey({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
    assert.equal(press('z', { ctrlKey: true }), 'undo');
    assert.equal(press('z', { metaKey: true }), 'undo');
    assert.equal(press('y', { ctrlKey: true }), 'redo');
    assert.equal(press('Z', { ctrlKey: true, shiftKey: true }), 'redo');
    assert.equal(press('Z', { metaKey: true, shiftKey: true }), 'redo');
    for (const held of [{}, { altKey: true, ctrlKey: true }, { shiftKey: true }])
      assert.equal(press('z', held), undefined);
  });

  it('page with an arrow alone, unless the keyboard chose the mark', () => {
    const arrow = (held: { ctrlKey?: boolean; altKey?: boolean }, byKeyboard: boolean) =>
      isNudge({ key: 'ArrowDown', ctrlKey: false, metaKey: false, altKey: false, ...held }, byKeyboard);
    assert.deepEqual([arrow({}, false), arrow({}, true), arrow({ ctrlKey: true }, false)], [false, true, true]);
    assert.equal(arrow({ altKey: true }, true), false);
    assert.equal(isNudge({ key: 'PageDown', ctrlKey: true, metaKey: false, altKey: false }, true), false);
  });
});
