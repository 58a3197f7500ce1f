import type { Kind, KindParts } from '../viewer/viewer.ts';
import { drawSheet } from './draw-sheet.ts';
import { createEcgViewer } from './ecg-viewer.ts';
import { firstGroup } from './open-ecg.ts';
import { picturesOf } from './pictures.ts';
import { createRecords } from './records.ts';
import * as views from './view.ts';
import './calibration.css';
import './ecg.css';

/** Electrocardiograms: records of samples, drawn on paper. */
export function createKind({ home, printHeading }: KindParts): Kind {
  const records = createRecords(home);
  return {
    pictures: picturesOf,
    pictureId: (target) => (target.kind === 'ecg' ? target.recordId : ''),
    createViewer: () => createEcgViewer(records, printHeading),
    async drawThumbnail({ pictureId }, canvas, signal) {
      const ecg = await records.read(pictureId);
      const index = firstGroup(ecg.record);
      const view = views.firstSheet({ kind: 'ecg', recordId: pictureId, group: index }, views.USUAL);
      const [sheet, group] = [ecg.sheet(view), ecg.group(index)];
      const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
      if (signal.aborted || !sheet || !group || !context) return;
      const size = { width: canvas.width, height: canvas.height };
      const fitted = views.fitView(view, { sheet, size, lastStartS: group.lastStartS });
      drawSheet(context, sheet, group.traces, views.paperViewOf(fitted, size));
    },
    dispose: records.close,
  };
}
