import type { MaterialView, PictureKind, Target, Viewport } from '../../server/contract/picture-kinds.ts';
import type { Annotation, Quality } from '../../server/contract/review.ts';
import type { PrintHeading } from '../patient/case-identity.ts';
import type { ShapeName } from '../shapes/shape-type.ts';
import { shapesFor } from '../shapes/shapes.ts';
import { createSignal } from '../viewer/signal.ts';
import type { Command, Gestures, Kind, KindModule, Picture, Tool, Unsubscribe, Viewer } from '../viewer/viewer.ts';
import { createMarkTour, type MarkTour } from './mark-tour.ts';
import { Overlay } from './overlay/overlay.ts';
import type { ReviewSession } from './session.ts';

/** A picture for the report, as `KeyImage` of the contract wants it, before it has an id and a caption. */
export interface KeyImagePicture {
  blob: Blob;
  widthPx: number;
  heightPx: number;
  target: Target;
  viewport: Viewport;
  annotations: Annotation[];
  measurements: string[];
}

export interface DeskParts {
  /** The viewers' elements are put into it, one a kind. */
  host: HTMLElement;
  session: ReviewSession;
  kinds: Record<Target['kind'], () => Promise<KindModule>>;
  consultationId: string;
  accountId: string;
  /** Text of a viewer's element for screen readers. */
  label: () => string;
  /** What a print says of the patient; left out: prints say what the file says. */
  printHeading?: (target: Target) => PrintHeading | undefined;
  /** Nobody is followed: the first picture need not wait to hear what the others look at. */
  solo?: boolean;
}

/** Brings viewers, overlay and session together: the reading desk without its toolbar. Knows no kind of picture. */
export interface Desk {
  setMaterials(materials: MaterialView[]): void;
  readonly pictures: Picture[];
  /** The picture of the strip that is shown. */
  readonly pictureId: string | undefined;
  /** What exactly is shown: which slice of a series. */
  readonly target: Target | undefined;
  /** The target may be another one now; as often as the picture is drawn. */
  onDraw(listener: () => void): Unsubscribe;
  open(picture: Picture): void;
  drawThumbnail(picture: Picture, canvas: HTMLCanvasElement, signal: AbortSignal): Promise<void>;
  commands(): Command[];
  /** What can be drawn on the picture that is shown, and measured. */
  readonly tools: readonly ShapeName[];
  gestures(): Gestures;
  readonly tool: Tool | undefined;
  setTool(tool: Tool | undefined): void;
  readonly selected: string | undefined;
  readonly overlay: Overlay | undefined;
  /** The marks on the picture, in the order in which they are numbered, as a key image could bear them. */
  marks(): { annotation: Annotation; text: string }[];
  /** With these marks alone. */
  readonly list: MarkTour['list'];
  readonly jumpTo: MarkTour['jumpTo'];
  takeKeyImage(annotationIds: ReadonlySet<string>): Promise<KeyImagePicture>;
  focus(): void;
  /** Why no viewer came up (a part of the application did not arrive over the line); opening a picture tries again. */
  readonly failure: unknown;
  /** Something that is shown around the picture changed. */
  onChange(listener: () => void): Unsubscribe;
  dispose(): void;
}

/** The snapshot says what the others look at; somebody who waits longer than this sees the first picture meanwhile. */
const SNAPSHOT_PATIENCE_MS = 400;
/** As many as `KeyImage` of the contract lists; the picture itself shows all. */
const MAX_KEY_IMAGE_ANNOTATIONS = 200;

interface Place {
  kind: PictureKind;
  stage: HTMLElement;
  viewer: Viewer;
  overlay: Overlay;
  subscriptions: Unsubscribe[];
}

export function createDesk(parts: DeskParts): Desk {
  const { host, session, printHeading } = parts;
  const changes = createSignal<void>();
  const draws = createSignal<void>();
  const kinds = new Map<Target['kind'], Promise<Kind>>();
  const loaded = new Map<Target['kind'], Kind>();
  const places = new Map<Target['kind'], Place>();
  let materials: MaterialView[] = [];
  let shown: Place | undefined;
  let asked = 0;
  let opened = false;
  let disposed = false;
  let failure: unknown;
  let led = false;

  const kindOf = (kind: Target['kind']): Promise<Kind> => {
    const known = kinds.get(kind);
    if (known) return known;
    const loading = parts.kinds[kind]().then((module) => {
      const created = module.createKind({
        consultationId: parts.consultationId,
        ...(printHeading && { printHeading }),
      });
      if (disposed) created.dispose();
      else loaded.set(kind, created);
      return created;
    });
    kinds.set(kind, loading);
    // A chunk that did not come over a bad line is asked for again the next time.
    loading.catch(() => kinds.delete(kind));
    return loading;
  };
  /** The viewer of the kind, in front. */
  const bringUp = async (kind: Target['kind']): Promise<Place | undefined> => {
    const number = ++asked;
    const place = places.get(kind) ?? createPlace(await kindOf(kind), kind);
    if (disposed || !place || number !== asked) return undefined;
    if (shown !== place) {
      for (const other of places.values()) other.stage.hidden = other !== place;
      shown = place;
      const { quality } = place.viewer;
      if (quality) session.report(quality);
      changes.emit();
    }
    return place;
  };
  const createPlace = (kind: Kind, name: Target['kind']): Place | undefined => {
    const existing = places.get(name);
    if (existing || disposed) return existing;
    const stage = document.createElement('div');
    stage.className = 'review-stage';
    stage.tabIndex = 0;
    stage.dataset['testid'] = 'review-stage';
    stage.dataset['kind'] = name;
    stage.setAttribute('role', 'application');
    stage.setAttribute('aria-label', parts.label());
    host.append(stage);
    const viewer = kind.createViewer();
    viewer.mount(stage);
    const overlay = new Overlay({ stage, viewer, session, accountId: parts.accountId });
    const place: Place = { kind: name, stage, viewer, overlay, subscriptions: [] };
    const ifShown =
      <T>(then: (value: T) => void) =>
      (value: T): void => {
        if (shown === place) then(value);
      };
    place.subscriptions.push(
      viewer.onViewport(ifShown<Viewport>(session.look)),
      viewer.onQuality(ifShown<Quality>(session.report)),
      viewer.onState(ifShown<void>(changes.emit)),
      overlay.onState(ifShown<void>(changes.emit)),
      viewer.onDraw(
        ifShown<void>(() => {
          tour.note();
          draws.emit();
        }),
      ),
    );
    places.set(name, place);
    return place;
  };
  const fail = (thrown: unknown): void => {
    failure = thrown;
    changes.emit();
  };
  const show = (viewport: Viewport): void => {
    opened = true;
    const { kind } = viewport.target;
    // At once where the viewer is there: a follower must not lag by a turn of the event loop.
    if (shown && places.get(kind) === shown) shown.viewer.show(viewport);
    else bringUp(kind).then((place) => place?.viewer.show(viewport), fail);
  };
  const openPicture = async (picture: Picture, byUser: boolean): Promise<void> => {
    opened = true;
    failure = undefined;
    const kind = materials.find((material) => material.materialId === picture.materialId)?.kind;
    const place = kind && (await bringUp(kind));
    await place?.viewer.open(picture, byUser);
    changes.emit();
  };
  const pictures = (): Picture[] =>
    materials.flatMap((material) => loaded.get(material.kind)?.pictures(material) ?? []);
  const openFirst = (): void => {
    const [first] = pictures();
    if (!opened && !disposed && first) openPicture(first, false).catch(fail);
  };
  const marks = (): { annotation: Annotation; text: string }[] => {
    const overlay = shown?.overlay;
    if (!overlay || overlay.hidden) return [];
    return overlay
      .annotations()
      .slice(0, MAX_KEY_IMAGE_ANNOTATIONS)
      .map((annotation) => ({ annotation, text: overlay.textOf(annotation) }));
  };
  const tour = createMarkTour({
    session,
    shown: () => shown,
    pictures,
    pictureId: (target) => loaded.get(target.kind)?.pictureId(target),
    open: (picture) => openPicture(picture, true),
  });
  const firstTimer = setTimeout(openFirst, SNAPSHOT_PATIENCE_MS);
  const subscriptions = [
    session.onFollow(show),
    session.onBoard(tour.note),
    session.onState(() => {
      // Whoever has handed over would otherwise be taken for looking around on their own.
      const { presenting } = session.state;
      if (led && !presenting) shown?.viewer.pause?.();
      led = presenting;
      // After a snapshot with a viewport onFollow has come already.
      if (session.state.phase !== 'joining') queueMicrotask(openFirst);
    }),
  ];

  return {
    setMaterials(next) {
      materials = next;
      const wanted = new Set(next.map(({ kind }) => kind));
      void Promise.allSettled([...wanted].map(kindOf)).then(() => {
        changes.emit();
        if (parts.solo || session.state.phase !== 'joining') openFirst();
      });
    },
    get pictures() {
      return pictures();
    },
    get pictureId() {
      const target = shown?.viewer.viewport?.target;
      return target && shown?.viewer.pictureId(target);
    },
    get target() {
      return shown?.viewer.viewport?.target;
    },
    onDraw: draws.on,
    open: (picture) => void openPicture(picture, true).catch(fail),
    async drawThumbnail(picture, canvas, signal) {
      const material = materials.find(({ materialId }) => materialId === picture.materialId);
      if (material) await (await kindOf(material.kind)).drawThumbnail(picture, canvas, signal);
    },
    commands: () => shown?.viewer.commands() ?? [],
    gestures: () => shown?.viewer.gestures() ?? {},
    get tools() {
      return shown ? shapesFor(shown.kind, shown.viewer.measures()) : [];
    },
    get tool() {
      return shown?.overlay.tool;
    },
    setTool: (tool) => shown?.overlay.setTool(tool),
    get selected() {
      return shown?.overlay.selected;
    },
    get overlay() {
      return shown?.overlay;
    },
    marks,
    list: tour.list,
    jumpTo: tour.jumpTo,
    async takeKeyImage(annotationIds) {
      const viewport = shown?.viewer.viewport;
      if (!shown || !viewport) throw new Error('nothing is shown');
      const { viewer, overlay } = shown;
      const kept = marks().filter(({ annotation }) => annotationIds.has(annotation.annotationId));
      const annotations = kept.map(({ annotation }) => annotation);
      const picture = await viewer.exportPicture(overlay.paintOf(annotations));
      const { target } = viewport;
      return { ...picture, target, viewport, annotations, measurements: kept.map(({ text }) => text) };
    },
    focus: () => shown?.stage.focus({ preventScroll: true }),
    get failure() {
      return failure;
    },
    onChange: changes.on,
    dispose() {
      disposed = true;
      clearTimeout(firstTimer);
      for (const unsubscribe of subscriptions) unsubscribe();
      for (const place of places.values()) {
        for (const unsubscribe of place.subscriptions) unsubscribe();
        place.overlay.dispose();
        place.viewer.dispose();
        place.stage.remove();
      }
      for (const kind of loaded.values()) kind.dispose();
    },
  };
}
