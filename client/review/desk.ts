import type { MaterialView, PictureKind, Target, Viewport } from '../../server/contract/picture-kinds.ts';
import type { PrintHeading } from '../patient/case-identity.ts';
import type { ShapeName } from '../shapes/shape-type.ts';
import { shapesFor } from '../shapes/shapes.ts';
import type { PictureHome } from '../viewer/picture-home.ts';
import { createSignal } from '../viewer/signal.ts';
import type { Command, Gestures, KindModule, Picture, Tool, Unsubscribe } from '../viewer/viewer.ts';
import { type KeyImageMark, type KeyImagePicture, keyImageMarks, takeKeyImage } from './key-image.ts';
import { LoadedKinds } from './loaded-kinds.ts';
import { createMarkTour, type MarkTour } from './mark-tour.ts';
import type { Overlay } from './overlay/overlay.ts';
import { Places } from './places.ts';
import type { ReviewSession } from './session.ts';
import { createTakenOff } from './taken-off.ts';

export interface DeskParts {
  /** The viewers' elements are put into it, one a kind. */
  host: HTMLElement;
  session: ReviewSession;
  kinds: Record<PictureKind, () => Promise<KindModule>>;
  /** Whose access the pictures are read under. */
  home: PictureHome;
  accountId: string;
  /** Text of a viewer's element for screen readers. */
  label: () => string;
  /** What a print says of the patient; left out: prints say what the file says. */
  printHeading?: (target: Target) => PrintHeading | undefined;
  /** Nobody is followed: the first picture need not wait to hear what the others look at. */
  solo?: boolean;
}

/** The snapshot says what the others look at; somebody who waits longer than this sees the first picture meanwhile. */
const SNAPSHOT_PATIENCE_MS = 400;

/** Brings viewers, overlay and session together: the reading desk without its toolbar. Knows no kind of picture. */
export class Desk {
  readonly #changes = createSignal<void>();
  readonly #draws = createSignal<void>();
  /** Something that is shown around the picture changed. */
  readonly onChange = this.#changes.on;
  /** The target may be another one now; as often as the picture is drawn. */
  readonly onDraw = this.#draws.on;
  /** All marks of the case, and the way to one of them. */
  readonly list: MarkTour['list'];
  readonly jumpTo: MarkTour['jumpTo'];
  readonly #session: ReviewSession;
  readonly #kinds: LoadedKinds;
  readonly #places: Places;
  readonly #tour: MarkTour;
  readonly #firstTimer: ReturnType<typeof setTimeout>;
  readonly #subscriptions: Unsubscribe[];
  #materials: MaterialView[] = [];
  readonly #takenOff = createTakenOff();
  /** What the others look at may come yet. */
  #waits: boolean;
  #opened = false;
  #disposed = false;
  #failure: unknown;
  #led = false;

  constructor(parts: DeskParts) {
    const { session, home, printHeading, solo = false } = parts;
    this.#session = session;
    this.#waits = !solo;
    this.#kinds = new LoadedKinds(parts.kinds, { home, ...(printHeading && { printHeading }) });
    this.#places = new Places({
      ...parts,
      load: (kind) => this.#kinds.load(kind),
      onChange: this.#changes.emit,
      onDraw: () => {
        this.#tour.note();
        this.#draws.emit();
      },
    });
    this.#tour = createMarkTour({
      session,
      shown: () => this.#places.shown,
      pictures: () => this.pictures,
      pictureId: (target) => this.#kinds.pictureId(target),
      open: (picture) => this.#open(picture, true),
    });
    this.list = this.#tour.list;
    this.jumpTo = this.#tour.jumpTo;
    this.#firstTimer = setTimeout(() => {
      this.#waits = false;
      this.#openFirst();
    }, SNAPSHOT_PATIENCE_MS);
    this.#subscriptions = [
      session.onFollow((viewport) => this.#follow(viewport)),
      session.onBoard(this.#tour.note),
      session.onState(() => this.#hear()),
    ];
  }

  /** @param mayStay whether a picture that is not among them any more may stay where it is looked at; left out: it may not */
  setMaterials(materials: MaterialView[], mayStay: (materialId: string) => boolean = () => false): void {
    this.#materials = materials;
    this.#takeOff(this.#takenOff(materials, mayStay));
    const wanted = new Set(materials.map(({ kind }) => kind));
    void Promise.allSettled([...wanted].map((kind) => this.#kinds.load(kind))).then(() => {
      this.#changes.emit();
      if (!this.#waits || this.#session.state.phase !== 'joining') this.#openFirst();
    });
  }

  /** Of these materials nothing stays in the window, seen or not. */
  #takeOff(gone: MaterialView[]): void {
    const ids = new Set(this.#kinds.pictures(gone).map(({ pictureId }) => pictureId));
    const closed = this.#places.close((target) => ids.has(this.#kinds.pictureId(target) ?? ''));
    for (const kind of closed) this.#kinds.unload(kind);
    if (closed.length === 0) return;
    this.#opened = this.#places.shown !== undefined;
    this.#changes.emit();
  }

  get pictures(): Picture[] {
    return this.#kinds.pictures(this.#materials);
  }

  /** The picture of the strip that is shown. */
  get pictureId(): string | undefined {
    const { target } = this;
    return target && this.#places.shown?.viewer.pictureId(target);
  }

  /** What exactly is shown: which slice of a series. */
  get target(): Target | undefined {
    return this.#places.shown?.viewer.viewport?.target;
  }

  open(picture: Picture): void {
    this.#open(picture, true).catch(this.#fail);
  }

  /** Shows a material's first picture, or one of its marks where that is named. */
  async goTo({ materialId, annotationId }: { materialId: string; annotationId?: string | undefined }): Promise<void> {
    const material = this.#materials.find((one) => one.materialId === materialId);
    if (!material) return;
    await this.#kinds.load(material.kind);
    const mark = this.list().find(({ annotation }) => annotation.annotationId === annotationId);
    const picture = this.pictures.find((one) => one.materialId === materialId);
    if (mark) await this.jumpTo(mark.annotation);
    else if (picture) await this.#open(picture, true);
  }

  async drawThumbnail(picture: Picture, canvas: HTMLCanvasElement, signal: AbortSignal): Promise<void> {
    const kind = this.#kindOf(picture);
    if (kind) await (await this.#kinds.load(kind)).drawThumbnail(picture, canvas, signal);
  }

  commands(): Command[] {
    return this.#places.shown?.viewer.commands() ?? [];
  }

  gestures(): Gestures {
    return this.#places.shown?.viewer.gestures() ?? {};
  }

  /** What can be drawn on the picture that is shown, and measured. */
  get tools(): readonly ShapeName[] {
    const { shown } = this.#places;
    return shown ? shapesFor(shown.kind, shown.viewer.measures()) : [];
  }

  get tool(): Tool | undefined {
    return this.overlay?.tool;
  }

  setTool(tool: Tool | undefined): void {
    this.overlay?.setTool(tool);
  }

  get selected(): string | undefined {
    return this.overlay?.selected;
  }

  get overlay(): Overlay | undefined {
    return this.#places.shown?.overlay;
  }

  /** The marks on the picture, in the order in which they are numbered, as a key image could bear them. */
  marks(): KeyImageMark[] {
    return keyImageMarks(this.overlay);
  }

  /** With these marks alone. */
  takeKeyImage(annotationIds: ReadonlySet<string>): Promise<KeyImagePicture> {
    return takeKeyImage(this.#places.shown, annotationIds);
  }

  focus(): void {
    this.#places.shown?.lightbox.focus({ preventScroll: true });
  }

  /** Why no viewer came up (a part of the application did not arrive over the line); opening a picture tries again. */
  get failure(): unknown {
    return this.#failure;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#firstTimer);
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#places.dispose();
    this.#kinds.dispose();
  }

  /** The presenter has moved. */
  #follow(viewport: Viewport): void {
    this.#opened = true;
    const { shown } = this.#places;
    const { kind } = viewport.target;
    // At once where the viewer is there: a follower must not lag by a turn of the event loop.
    if (shown?.kind === kind) shown.viewer.show(viewport);
    else this.#places.bringUp(kind).then((place) => place?.viewer.show(viewport), this.#fail);
  }

  /** The session is another one. */
  #hear(): void {
    // Whoever has handed over would otherwise be taken for looking around on their own.
    const { presenting, phase } = this.#session.state;
    if (this.#led && !presenting) this.#places.shown?.viewer.pause?.();
    this.#led = presenting;
    // After a snapshot with a viewport onFollow has come already.
    if (phase !== 'joining') queueMicrotask(() => this.#openFirst());
  }

  async #open(picture: Picture, byUser: boolean): Promise<void> {
    this.#opened = true;
    this.#failure = undefined;
    const kind = this.#kindOf(picture);
    const place = kind && (await this.#places.bringUp(kind));
    await place?.viewer.open(picture, byUser);
    this.#changes.emit();
  }

  #openFirst(): void {
    const first = this.#kinds.firstPicture(this.#materials);
    if (!this.#opened && !this.#disposed && first) this.#open(first, false).catch(this.#fail);
  }

  #kindOf({ materialId }: Picture): PictureKind | undefined {
    return this.#materials.find((material) => material.materialId === materialId)?.kind;
  }

  readonly #fail = (thrown: unknown): void => {
    this.#failure = thrown;
    this.#changes.emit();
  };
}
