import { Failure } from '../../server/contract/failure.ts';
import { createOpening, type Opening, type ViewOrigin } from '../viewer/opening.ts';
import { firstGroup, type OpenEcg, type OpenGroup } from './open-ecg.ts';
import type { Sheet } from './paper.ts';
import type { Records } from './records.ts';
import { firstSheet, fitView, type Size, USUAL, type View } from './view.ts';

/** The record that is looked at and how: where a view and what it shows come together. */
export interface Reading {
  readonly opening: Opening<View, OpenEcg>;
  readonly view: View | undefined;
  /** These are undefined while the record is still being read, and where there is nothing to see. */
  readonly ecg: OpenEcg | undefined;
  readonly group: OpenGroup | undefined;
  readonly sheet: Sheet | undefined;
}

export function createReading(records: Records, onChange: (origin: ViewOrigin) => void): Reading {
  const opening = createOpening<View, OpenEcg>({
    idOf: ({ target }) => target.recordId,
    find: records.find,
    read: records.read,
    problem: ({ target }, ecg) =>
      ecg.group(target.group) ? undefined : new Failure('not-found', 'the record has no such group'),
    // Never another record below the word that this one is on its way, or cannot be read.
    waiting: (recordId) => firstSheet({ kind: 'ecg', recordId, group: 0 }, USUAL),
    unreadable: 'the record cannot be read',
    onChange,
  });
  return {
    opening,
    get view() {
      return opening.view;
    },
    get ecg() {
      return opening.read;
    },
    get group() {
      return opening.view && opening.read?.group(opening.view.target.group);
    },
    get sheet() {
      return opening.view && opening.read?.sheet(opening.view);
    },
  };
}

/** The first sheet of the group that comes up first, fitted into a window of this size. */
export function firstView(recordId: string, ecg: OpenEcg, size: Size): View {
  const group = firstGroup(ecg.record);
  const view = firstSheet({ kind: 'ecg', recordId, group }, USUAL);
  const [sheet, opened] = [ecg.sheet(view), ecg.group(group)];
  return sheet && opened ? fitView(view, { sheet, size, lastStartS: opened.lastStartS }) : view;
}
