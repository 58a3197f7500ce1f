import { Failure } from '../../server/contract/failure.ts';
import type { OpenEcg, OpenGroup } from './open-ecg.ts';
import type { Sheet } from './paper.ts';
import type { Records } from './records.ts';
import type { View } from './view.ts';

/** Who put the view where it is. `opened`: nobody, it is how a record comes up. */
export type ViewOrigin = 'user' | 'shown' | 'opened';

/** The record that is looked at and how: where a view and what it shows come together. */
export interface Reading {
  readonly view: View | undefined;
  readonly origin: ViewOrigin;
  /** These are undefined while the record is still being read, and where there is nothing to see. */
  readonly ecg: OpenEcg | undefined;
  readonly group: OpenGroup | undefined;
  readonly sheet: Sheet | undefined;
  /** Why there is nothing to see. */
  readonly failure: Failure | undefined;
  setView(view: View, origin: ViewOrigin): void;
  /** Opens a record as it was left, or as `initial` says once it is there; until then `waiting` names it, and nothing is seen. */
  open(waiting: View, initial: (ecg: OpenEcg) => View, origin: ViewOrigin): Promise<void>;
  /** After a failure. */
  retry(): void;
}

export function createReading(records: Records, onChange: (origin: ViewOrigin) => void): Reading {
  const left = new Map<string, View>();
  let view: View | undefined;
  let origin: ViewOrigin = 'opened';
  let ecg: OpenEcg | undefined;
  let failure: Failure | undefined;
  let opening = 0;
  /** What failed last, to be tried again. */
  let again: (() => void) | undefined;

  const set = (next: View, by: ViewOrigin): void => {
    view = next;
    origin = by;
    ecg = records.find(next.target.recordId);
    const lacksGroup = ecg !== undefined && ecg.group(next.target.group) === undefined;
    failure = lacksGroup ? new Failure('not-found', 'the record has no such group') : undefined;
    onChange(by);
  };
  const read = async (recordId: string, then: (opened: OpenEcg) => void, by: ViewOrigin): Promise<void> => {
    const number = ++opening;
    try {
      const opened = records.find(recordId) ?? (await records.read(recordId));
      if (number === opening) then(opened);
    } catch (thrown) {
      if (number !== opening) return;
      failure =
        thrown instanceof Failure ? thrown : new Failure('internal', 'the record cannot be read', { cause: thrown });
      onChange(by);
    }
  };
  const self: Reading = {
    get view() {
      return view;
    },
    get origin() {
      return origin;
    },
    get ecg() {
      return ecg;
    },
    get group() {
      return view && ecg?.group(view.target.group);
    },
    get sheet() {
      return view && ecg?.sheet(view);
    },
    get failure() {
      return failure;
    },
    setView(next, by) {
      opening++;
      again = undefined;
      left.set(next.target.recordId, next);
      set(next, by);
      // Until then the view is kept, and it tells what will be there. Reading it is nobody's move.
      if (!ecg) void read(next.target.recordId, () => view && set(view, 'opened'), 'opened');
    },
    open(waiting, initial, by) {
      const { recordId } = waiting.target;
      // Never another record below the word that this one is on its way, or cannot be read.
      if (!records.find(recordId)) set(waiting, 'opened');
      again = () => void self.open(waiting, initial, by);
      const show = (opened: OpenEcg): void => {
        again = undefined;
        self.setView(left.get(recordId) ?? initial(opened), by);
      };
      return read(recordId, show, by);
    },
    retry() {
      failure = undefined;
      if (again) again();
      else if (view && !ecg) self.setView(view, origin === 'user' ? 'opened' : origin);
      onChange('opened');
    },
  };
  return self;
}
