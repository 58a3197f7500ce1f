import type { Annotation, Shape } from '../../../server/contract/review.ts';
import { typeOf } from '../../shapes/shapes.ts';
import type { Tool } from '../../viewer/viewer.ts';
import { createDrawing } from './drawing.ts';
import { shapeInMiddle } from './hand.ts';
import { cancel, changed, commit, type EditingParts, find, finish, type Hold, select, selectedShape } from './hold.ts';
import { listenToHold } from './hold-events.ts';

export interface Editing {
  readonly tool: Tool | undefined;
  setTool(tool: Tool | undefined): void;
  readonly selected: string | undefined;
  readonly draft: Shape | undefined;
  /** The shape under the hand, where the annotation is being moved. */
  edited(annotationId: string): Shape | undefined;
  /** The annotation that is selected, where it is on the picture that is shown. */
  selection(): Annotation | undefined;
  choose(annotationId: string): void;
  /** Nothing is chosen any more; the keys go to the picture again. */
  leave(): void;
  insert(): void;
  /** Whether what can be switched of the selected shape is on; undefined: none is selected that this person may change. */
  readonly toggled: boolean | undefined;
  toggle(): void;
  escape(): boolean;
  dispose(): void;
}

/** Drawing, choosing and moving annotations with mouse, touch and keys. */
export function createEditing(parts: EditingParts): Editing {
  const { viewer, lightbox } = parts;
  const hold: Hold = {
    ...parts,
    drawing: createDrawing(
      (shape) => finish(hold, shape, 'pointer'),
      (point) => viewer.toScreen(point) ?? point,
    ),
    tool: undefined,
    selected: undefined,
    byKeyboard: false,
    edit: undefined,
    keyTimer: undefined,
    textEntry: undefined,
  };
  const stopListening = listenToHold(hold);
  return {
    get tool() {
      return hold.tool;
    },
    setTool(next) {
      hold.tool = next;
      hold.drawing.cancel();
      changed(hold);
    },
    get selected() {
      return hold.selected;
    },
    get draft() {
      return hold.drawing.shape;
    },
    edited: (annotationId) => (hold.edit?.annotation.annotationId === annotationId ? hold.edit.shape : undefined),
    selection: () => find(hold, hold.selected),
    choose: (annotationId) => select(hold, annotationId, 'pointer'),
    leave() {
      hold.edit = undefined;
      select(hold, undefined, 'pointer');
      lightbox.focus({ preventScroll: true });
    },
    insert: () => insert(hold),
    get toggled() {
      const { shape } = selectedShape(hold) ?? {};
      return shape && typeOf(shape).toggle?.isOn(shape);
    },
    toggle: () => toggle(hold),
    escape: () => leave(hold),
    dispose() {
      hold.textEntry?.cancel();
      commit(hold);
      stopListening();
    },
  };
}

/** Ends what goes on until the person says so; else puts the tool's shape into the middle. */
function insert(hold: Hold): void {
  const { drawing, tool, lightbox, viewer } = hold;
  if (drawing.shape) {
    drawing.finish();
    hold.redraw();
  } else if (tool && tool !== 'select') finish(hold, shapeInMiddle(tool, lightbox, viewer), 'keyboard');
}

function toggle(hold: Hold): void {
  const { annotation, shape } = selectedShape(hold) ?? {};
  const turned = shape && typeOf(shape).toggle?.turned(shape);
  if (!annotation || !turned) return;
  hold.session.put(annotation.annotationId, annotation.target, turned);
  changed(hold);
}

/** @returns false where there was nothing to leave. */
function leave(hold: Hold): boolean {
  if (hold.textEntry) hold.textEntry.cancel();
  else if (hold.drawing.shape) cancel(hold);
  else if (hold.selected) {
    select(hold, undefined, 'pointer');
    hold.lightbox.focus({ preventScroll: true });
  } else if (hold.tool) {
    hold.tool = undefined;
    changed(hold);
  } else return false;
  return true;
}
