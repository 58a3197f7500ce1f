import i18next from 'i18next';
import type { Quality, Shape } from '../../server/contract/review.ts';
import { createSignal } from '../review/signal.ts';
import type { KindParts, Viewer } from '../review/viewer.ts';
import { askForCard } from './calibrate-dialog.ts';
import { groupNames } from './captions.ts';
import { ecgCommands } from './commands.ts';
import { exportView } from './export.ts';
import { listenToGestures } from './gestures.ts';
import { marchPoints, measureShape } from './measure.ts';
import { createMoves } from './moves.ts';
import { firstGroup, type OpenEcg } from './open-ecg.ts';
import { isEcgTarget } from './pictures.ts';
import { clampPoint, fromShownPaper, stripOf, toShownPaper } from './place.ts';
import { printView } from './print-view.ts';
import { createReading } from './reading.ts';
import type { Records } from './records.ts';
import { createScreen, type Screen } from './screen.ts';
import { fromCanvas, toCanvas } from './sheet-view.ts';
import { tracePoints } from './trace-points.ts';
import * as views from './view.ts';

const TOOLS: readonly Shape['kind'][] = ['caliper', 'qt', 'arrow'];
/** What an arrow key moves a mark up by. */
const NUDGE_UV = 10;

/** One window onto the ECGs of a case. */
export function createEcgViewer(records: Records, printHeading?: KindParts['printHeading']): Viewer {
  const moved = createSignal<views.View>();
  const states = createSignal<void>();
  const draws = createSignal<void>();
  const qualities = createSignal<Quality>();
  let screen: Screen | undefined;
  let stopGestures: (() => void) | undefined;
  let quality: Quality | undefined;
  let deviceOpen = false;
  /** What the toolbar shows, to tell when it has to be made anew. */
  let face = '';

  const reading = createReading(records, (origin) => {
    refresh();
    if (origin === 'user' && reading.view) moved.emit(reading.view);
    tellState();
  });
  const moves = createMoves({ reading, screen: () => screen });

  function refresh(): void {
    screen?.schedule();
    const { view, failure, group } = reading;
    if (!view) return;
    const state = failure ? 'failed' : group ? 'full' : 'loading';
    const next: Quality = { target: view.target, state, loadedFrames: group ? 1 : 0, totalFrames: 1 };
    if (JSON.stringify(next) === JSON.stringify(quality)) return;
    quality = next;
    qualities.emit(next);
  }
  function tellState(): void {
    const { view, group } = reading;
    const setting = view && views.settingOf(view);
    const next = JSON.stringify([view?.target, setting, group?.durationS, deviceOpen, moves.isTrueSize]);
    if (next === face) return;
    face = next;
    states.emit();
  }
  const setDeviceOpen = (open: boolean): void => {
    deviceOpen = open;
    screen?.schedule();
    tellState();
  };
  /** @param thenTrueSize the person wanted millimetres to be true, not to calibrate for its own sake. */
  const calibrate = async (thenTrueSize: boolean): Promise<void> => {
    if (!screen) return;
    const known = await askForCard(screen.element);
    screen.measured();
    screen.element.focus({ preventScroll: true });
    if (known && thenTrueSize) moves.trueSize();
    tellState();
  };
  const firstView = (recordId: string, ecg: OpenEcg): views.View => {
    const group = firstGroup(ecg.record);
    const view = views.firstSheet({ kind: 'ecg', recordId, group }, views.USUAL);
    const [sheet, opened] = [ecg.sheet(view), ecg.group(group)];
    const size = screen?.size ?? { width: 0, height: 0 };
    return sheet && opened ? views.fitView(view, { sheet, size, lastStartS: opened.lastStartS }) : view;
  };

  return {
    mount(element) {
      screen = createScreen({
        element,
        reading,
        quality: () => quality,
        isDeviceOpen: () => deviceOpen,
        onDraw: draws.emit,
        onResize: moves.refit,
        onRetry: reading.retry,
        onCalibrate: () => void calibrate(false),
        onCloseDevice: () => setDeviceOpen(false),
      });
      stopGestures = listenToGestures({ element, ...moves, onPage: moves.page });
    },
    show(view) {
      if (!isEcgViewport(view)) return;
      reading.setView(view, 'shown');
      moves.placed();
    },
    async open({ pictureId }, byUser) {
      await screen?.ready;
      const waiting = views.firstSheet({ kind: 'ecg', recordId: pictureId, group: 0 }, views.USUAL);
      await reading.open(waiting, (ecg) => firstView(pictureId, ecg), byUser ? 'user' : 'opened');
      moves.placed();
    },
    get viewport() {
      return reading.view;
    },
    onViewport: moved.on,
    onState: states.on,
    onDraw: draws.on,
    get quality() {
      return quality;
    },
    onQuality: qualities.on,
    toScreen(point) {
      const { sheet, group } = reading;
      const at = screen?.paper();
      if (!screen || !sheet || !group || !at) return undefined;
      const place = toShownPaper(sheet, point, group.leads.length, screen.pixelRatio / at.devicePxPerMm);
      return place && screen.fromCanvas(toCanvas(at, place));
    },
    toImage(point, held) {
      const { sheet, group } = reading;
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
    measure: (shape) => measureShape(shape, reading.group),
    marks: (shape) => marchPoints(shape, reading.group),
    inTheWay: () => (reading.group ? tracePoints(reading.group) : []),
    ground: 'light',
    tools: TOOLS,
    commands() {
      const { view, ecg, group } = reading;
      // Also of a record that is on its way: the toolbar does not come and go with every one that is opened.
      if (!view) return [];
      return ecgCommands({
        ...moves,
        setting: views.settingOf(view),
        groups: ecg ? groupNames(ecg.record.groups) : [],
        group: view.target.group,
        hasPages: group !== undefined && group.lastStartS > 0,
        trueSize: () => (screen?.screenSize.calibrated ? moves.trueSize() : void calibrate(true)),
        isTrueSize: moves.isTrueSize && screen?.screenSize.calibrated === true,
        calibrate: () => void calibrate(false),
        print: () => void (ecg && printView(view, ecg, printHeading?.(view.target)).catch(reportError)),
        deviceOpen,
        setDeviceOpen,
      });
    },
    gestures() {
      const names = ['left', 'middle', 'right', 'wheel', 'shiftWheel', 'ctrlWheel', 'touch'] as const;
      return Object.fromEntries(names.map((name) => [name, i18next.t(`ecg:gesture.${name}`)]));
    },
    async exportPicture(paint) {
      const { view } = reading;
      if (!view || !screen) throw new Error('nothing is shown');
      const ecg = await records.read(view.target.recordId);
      const [group, sheet] = [ecg.group(view.target.group), ecg.sheet(view)];
      if (!group || !sheet) throw new Error('nothing is shown');
      const { size, pixelRatio } = screen;
      const window = { width: size.width / pixelRatio, height: size.height / pixelRatio };
      return exportView({ view, ecg, group, sheet, window, pixelRatio, paint });
    },
    dispose() {
      stopGestures?.();
      screen?.dispose();
    },
  };
}

function isEcgViewport(viewport: Parameters<Viewer['show']>[0]): viewport is views.View {
  return isEcgTarget(viewport.target);
}
