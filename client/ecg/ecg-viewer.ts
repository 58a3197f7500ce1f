import i18next from 'i18next';
import { createFrame, type Frame, viewerOf } from '../viewer/frame.ts';
import type { KindParts, Paint, Viewer } from '../viewer/viewer.ts';
import { askForCard } from './calibrate-dialog.ts';
import { groupNames } from './captions.ts';
import { ecgCommands } from './commands.ts';
import { exportView } from './export.ts';
import { listenToGestures } from './gestures.ts';
import { ecgMeasures, marchPoints } from './measure.ts';
import { createMoves, type Moves } from './moves.ts';
import { isEcgTarget } from './pictures.ts';
import { clampPoint, fromShownPaper, stripOf, toShownPaper } from './place.ts';
import { printView } from './print-view.ts';
import { createReading, firstView, type Reading } from './reading.ts';
import type { Records } from './records.ts';
import { createScreen, type Screen } from './screen.ts';
import { fromCanvas, toCanvas } from './sheet-view.ts';
import { tracePoints } from './trace-points.ts';
import * as views from './view.ts';

/** What an arrow key moves a mark up by. */
const NUDGE_UV = 10;

/** What one window is made of. */
interface Window {
  reading: Reading;
  frame: Frame<views.View, views.Scene>;
  moves: Moves;
  screen: Screen | undefined;
  deviceOpen: boolean;
  printHeading: KindParts['printHeading'];
}

/** One window onto the ECGs of a case. */
export function createEcgViewer(records: Records, printHeading?: KindParts['printHeading']): Viewer {
  const reading = createReading(records, (origin) => {
    self.screen?.schedule();
    tellQuality(self);
    frame.changed(origin);
  });
  const frame = createFrame<views.View, views.Scene>({
    opening: reading.opening,
    scene() {
      const { sheet, group } = reading;
      const size = self.screen?.size;
      return sheet && group && size && { sheet, size, lastStartS: group.lastStartS };
    },
    fitView: views.fitView,
    isFitted: views.isFitted,
    face() {
      const { view, group } = reading;
      return [view?.target, view && views.settingOf(view), group?.durationS, self.deviceOpen, moves.isTrueSize];
    },
  });
  const moves = createMoves({ reading, frame, screen: () => self.screen });
  const self: Window = { reading, frame, moves, screen: undefined, deviceOpen: false, printHeading };
  let stopGestures: (() => void) | undefined;

  return viewerOf('ecg', frame, {
    ...aboutPictures(self),
    mount(element) {
      self.screen = mountScreen(self, element);
      stopGestures = listenToGestures({ element, ...moves, onPage: moves.page });
    },
    async open({ pictureId }, byUser) {
      await self.screen?.ready;
      const size = self.screen?.size ?? { width: 0, height: 0 };
      await reading.opening.open(pictureId, (ecg) => firstView(pictureId, ecg, size), byUser ? 'user' : 'opened');
    },
    commands: () => commandsOf(self),
    gestures() {
      const names = ['left', 'middle', 'right', 'wheel', 'shiftWheel', 'ctrlWheel', 'touch'] as const;
      return Object.fromEntries(names.map((name) => [name, i18next.t(`ecg:gesture.${name}`)]));
    },
    exportPicture: (paint) => exportShown(self, records, paint),
    dispose() {
      stopGestures?.();
      self.screen?.dispose();
    },
  });
}

function tellQuality({ reading, frame }: Window): void {
  const { view, group, opening } = reading;
  if (!view) return;
  const state = opening.failure ? 'failed' : group ? 'full' : 'loading';
  frame.tellQuality({ target: view.target, state, loadedFrames: group ? 1 : 0, totalFrames: 1 });
}

function mountScreen(self: Window, element: HTMLElement): Screen {
  const { reading, frame } = self;
  return createScreen({
    element,
    reading,
    quality: () => frame.quality,
    isDeviceOpen: () => self.deviceOpen,
    onDraw: frame.draws.emit,
    onResize: frame.refit,
    onRetry: reading.opening.retry,
    onCalibrate: () => void calibrate(self, false),
    onCloseDevice: () => setDeviceOpen(self, false),
  });
}

function setDeviceOpen(self: Window, open: boolean): void {
  self.deviceOpen = open;
  self.screen?.schedule();
  self.frame.tellState();
}

/** @param thenTrueSize the person wanted millimetres to be true, not to calibrate for its own sake. */
async function calibrate({ screen, moves, frame }: Window, thenTrueSize: boolean): Promise<void> {
  if (!screen) return;
  const known = await askForCard(screen.element);
  screen.measured();
  screen.element.focus({ preventScroll: true });
  if (known && thenTrueSize) moves.trueSize();
  frame.tellState();
}

function commandsOf(self: Window) {
  const { reading, moves, screen, printHeading } = self;
  const { view, ecg, group } = reading;
  // Also of a record that is on its way: the toolbar does not come and go with every one that is opened.
  if (!view) return [];
  return ecgCommands({
    ...moves,
    setting: views.settingOf(view),
    groups: ecg ? groupNames(ecg.record.groups) : [],
    group: view.target.group,
    hasPages: group !== undefined && group.lastStartS > 0,
    trueSize: () => (screen?.screenSize.calibrated ? moves.trueSize() : void calibrate(self, true)),
    isTrueSize: moves.isTrueSize && screen?.screenSize.calibrated === true,
    calibrate: () => void calibrate(self, false),
    print: () => void (ecg && printView(view, ecg, printHeading?.(view.target)).catch(reportError)),
    deviceOpen: self.deviceOpen,
    setDeviceOpen: (open) => setDeviceOpen(self, open),
  });
}

/** What the review asks of points, targets and shapes. */
function aboutPictures(self: Window) {
  const { reading } = self;
  return {
    toScreen(point) {
      const { sheet, group } = reading;
      const { screen } = self;
      const at = screen?.paper();
      if (!screen || !sheet || !group || !at) return undefined;
      const place = toShownPaper(sheet, point, group.leads.length, screen.pixelRatio / at.devicePxPerMm);
      return place && screen.fromCanvas(toCanvas(at, place));
    },
    toImage(point, held) {
      const { sheet, group } = reading;
      const { screen } = self;
      const at = screen?.paper();
      if (!screen || !sheet || !group || !at) return undefined;
      const leadCount = group.leads.length;
      const strip = held && stripOf(sheet, held, leadCount);
      return fromShownPaper(sheet, fromCanvas(at, screen.toCanvas(point)), leadCount, strip);
    },
    clamp(point) {
      const { group } = reading;
      return group ? clampPoint(point, group.leads.length, group.durationS) : point;
    },
    nudge() {
      const sampleMs = 1000 / (reading.group?.sampleRateHz ?? 1000);
      return { x: Math.max(sampleMs, 1), y: NUDGE_UV };
    },
    isSame: (a, b) => isEcgTarget(a) && isEcgTarget(b) && a.recordId === b.recordId && a.group === b.group,
    pictureId: (target) => (isEcgTarget(target) ? target.recordId : ''),
    measures: () => ecgMeasures(reading.group),
    marks: (shape) => marchPoints(shape, reading.group),
    inTheWay: () => (reading.group ? tracePoints(reading.group) : []),
    ground: 'light',
  } satisfies Partial<Viewer>;
}

async function exportShown({ reading, screen }: Window, records: Records, paint: Paint) {
  const { view } = reading;
  if (!view || !screen) throw new Error('nothing is shown');
  const ecg = await records.read(view.target.recordId);
  const [group, sheet] = [ecg.group(view.target.group), ecg.sheet(view)];
  if (!group || !sheet) throw new Error('nothing is shown');
  const { size, pixelRatio } = screen;
  const window = { width: size.width / pixelRatio, height: size.height / pixelRatio };
  return exportView({ view, ecg, group, sheet, window, pixelRatio, paint });
}
