import type { Point } from '../../server/contract/picture.ts';
import type { Frame } from '../viewer/frame.ts';
import type { PaperSetting } from './paper.ts';
import type { Reading } from './reading.ts';
import type { Screen } from './screen.ts';
import * as views from './view.ts';

/** What a notch of the wheel goes on by. */
const NOTCH_S = 1;

export interface MovesParts {
  reading: Reading;
  frame: Frame<views.View, views.Scene>;
  screen(): Screen | undefined;
}

/** What a person does to the view. All are told as the person's own; none does anything while nothing is shown. */
export interface Moves {
  fit(): void;
  trueSize(): void;
  readonly isTrueSize: boolean;
  set(change: Partial<PaperSetting>): void;
  setGroup(index: number): void;
  page(pages: 1 | -1): void;
  scroll(seconds: number): void;
  goTo(place: 'first' | 'last'): void;
  look(across: number, down: number): void;
  zoom(factor: number): void;
  onPan(dx: number, dy: number): void;
  onZoom(factor: number, at: Point): void;
  onScroll(notches: number): void;
}

export function createMoves({ reading, frame, screen }: MovesParts): Moves {
  const { change } = frame;
  const deviceScale = (): number | undefined => {
    const shown = screen();
    return shown && shown.screenSize.cssPxPerMm * shown.pixelRatio;
  };
  const set = (wanted: Partial<PaperSetting>): void =>
    change((view, now) => {
      const { ecg, group } = reading;
      const setting = { ...views.settingOf(view), ...wanted };
      const after = ecg?.sheet({ ...view, ...setting });
      if (!after || !group) return view;
      if (views.isFitted(view, now)) return views.fitView({ ...view, ...setting }, { ...now, sheet: after });
      return views.onPaper(view, setting, { before: now.sheet, after }, group.leads.length);
    });
  const setGroup = (index: number): void =>
    change((view, { size }) => {
      const { ecg } = reading;
      if (index === view.target.group) return view;
      const first = views.firstSheet({ ...view.target, group: index }, views.settingOf(view));
      const [sheet, group] = [ecg?.sheet(first), ecg?.group(index)];
      return sheet && group ? views.fitView(first, { sheet, size, lastStartS: group.lastStartS }) : view;
    });
  return {
    fit: frame.fit,
    trueSize() {
      const scale = deviceScale();
      if (scale !== undefined) change((view, now) => views.atScale(view, now, scale));
    },
    get isTrueSize() {
      const scale = deviceScale();
      const shown = screen()?.paper();
      return scale !== undefined && shown !== undefined && Math.abs(shown.devicePxPerMm / scale - 1) < 1e-6;
    },
    set,
    setGroup,
    page: (pages) => change((view, now) => views.pageBy(view, now, pages)),
    scroll: (seconds) => change((view, now) => views.scrollBy(view, now, seconds)),
    goTo: (where) => change((view, { lastStartS }) => ({ ...view, startS: where === 'first' ? 0 : lastStartS })),
    look: (across, down) =>
      change((view, now) => views.panBy(view, now, -across * now.size.width, -down * now.size.height)),
    zoom: (factor) =>
      change((view, now) => views.zoomAt(view, now, factor, { x: now.size.width / 2, y: now.size.height / 2 })),
    onPan(dx, dy) {
      const ratio = screen()?.pixelRatio ?? 1;
      change((view, now) => views.panBy(view, now, dx * ratio, dy * ratio));
    },
    onZoom(factor, at) {
      const where = screen()?.toCanvas(at);
      if (where) change((view, now) => views.zoomAt(view, now, factor, where));
    },
    onScroll: (notches) => change((view, now) => views.scrollBy(view, now, notches * NOTCH_S)),
  };
}
