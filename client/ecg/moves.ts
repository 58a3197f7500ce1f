import type { Point } from '../../server/contract/picture.ts';
import type { PaperSetting } from './paper.ts';
import type { Reading } from './reading.ts';
import type { Screen } from './screen.ts';
import * as views from './view.ts';

/** What a notch of the wheel goes on by. */
const NOTCH_S = 1;

export interface MovesParts {
  reading: Reading;
  screen(): Screen | undefined;
}

/** What a person does to the view. All are told as the person's own; none does anything while nothing is shown. */
export interface Moves {
  fit(): void;
  /** The window has another size: a sheet that was fitted is fitted anew. Nobody's move. */
  refit(): void;
  /** Somebody else, or opening a record, put the view where it is. */
  placed(): void;
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

export function createMoves({ reading, screen }: MovesParts): Moves {
  /** The view is the whole sheet, and stays so when the window or the sheet changes its size. */
  let fitted = false;

  const scene = (): views.Scene | undefined => {
    const { sheet, group } = reading;
    const size = screen()?.size;
    return sheet && group && size && { sheet, size, lastStartS: group.lastStartS };
  };
  const change = (by: (view: views.View, scene: views.Scene) => views.View): void => {
    const now = scene();
    const { view } = reading;
    if (!view || !now) return;
    const next = by(view, now);
    // Nothing is told that changed nothing: a wheel at the record's end does not take the lead.
    if (JSON.stringify(next) !== JSON.stringify(view)) reading.setView(next, 'user');
  };
  /** As `change`, of what moves the sheet under the window. */
  const place = (by: (view: views.View, scene: views.Scene) => views.View): void => {
    change(by);
    const now = scene();
    fitted = now !== undefined && reading.view !== undefined && views.isFitted(reading.view, now);
  };
  const deviceScale = (): number | undefined => {
    const shown = screen();
    return shown && shown.screenSize.cssPxPerMm * shown.pixelRatio;
  };
  return {
    fit: () => place(views.fitView),
    refit() {
      const now = scene();
      if (fitted && now && reading.view) reading.setView(views.fitView(reading.view, now), 'opened');
    },
    placed() {
      const now = scene();
      fitted = now !== undefined && reading.view !== undefined && views.isFitted(reading.view, now);
    },
    trueSize() {
      const scale = deviceScale();
      if (scale !== undefined) place((view, now) => views.atScale(view, now, scale));
    },
    get isTrueSize() {
      const scale = deviceScale();
      const shown = screen()?.paper();
      return scale !== undefined && shown !== undefined && Math.abs(shown.devicePxPerMm / scale - 1) < 1e-6;
    },
    set(wanted) {
      change((view, now) => {
        const { ecg, group } = reading;
        const setting = { ...views.settingOf(view), ...wanted };
        const after = ecg?.sheet({ ...view, ...setting });
        if (!after || !group) return view;
        if (fitted) return views.fitView({ ...view, ...setting }, { ...now, sheet: after });
        return views.onPaper(view, setting, { before: now.sheet, after }, group.leads.length);
      });
    },
    setGroup(index) {
      const { ecg } = reading;
      change((view, { size }) => {
        if (index === view.target.group) return view;
        const first = views.firstSheet({ ...view.target, group: index }, views.settingOf(view));
        const [sheet, group] = [ecg?.sheet(first), ecg?.group(index)];
        if (!sheet || !group) return view;
        fitted = true;
        return views.fitView(first, { sheet, size, lastStartS: group.lastStartS });
      });
    },
    page: (pages) => change((view, now) => views.pageBy(view, now, pages)),
    scroll: (seconds) => change((view, now) => views.scrollBy(view, now, seconds)),
    goTo: (where) => change((view, { lastStartS }) => ({ ...view, startS: where === 'first' ? 0 : lastStartS })),
    look: (across, down) =>
      place((view, now) => views.panBy(view, now, -across * now.size.width, -down * now.size.height)),
    zoom: (factor) =>
      place((view, now) => views.zoomAt(view, now, factor, { x: now.size.width / 2, y: now.size.height / 2 })),
    onPan(dx, dy) {
      const ratio = screen()?.pixelRatio ?? 1;
      place((view, now) => views.panBy(view, now, dx * ratio, dy * ratio));
    },
    onZoom(factor, at) {
      const where = screen()?.toCanvas(at);
      if (where) place((view, now) => views.zoomAt(view, now, factor, where));
    },
    onScroll: (notches) => change((view, now) => views.scrollBy(view, now, notches * NOTCH_S)),
  };
}
