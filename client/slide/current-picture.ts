import type { SlideView } from '../../server/contract/pathology.ts';
import type { PictureHome } from '../viewer/picture-home.ts';
import type { DrawerName } from './drawer-choice.ts';
import { drawerOfThisMachine, giveUpGpu } from './gpu-probe.ts';
import { type Pyramid, pyramidOf, slideAddress } from './pyramid.ts';
import { createSlidePicture, type SlidePicture } from './slide-picture.ts';

export interface CurrentPictureParts {
  mount: HTMLElement;
  home: PictureHome;
  /** Another slide has its picture. `address`: of the slide. */
  onOpen(slide: SlideView, address: string, drawer: DrawerName): void;
  /** A frame was drawn. */
  onDraw(): void;
  /** The graphics card gave up: the slide must be shown anew. */
  onLost(): void;
}

/** The picture of the slide that is shown, on the graphics card where that can be had. */
export class CurrentPicture {
  readonly #parts: CurrentPictureParts;
  #picture: SlidePicture | undefined;
  /** What the picture is of. */
  #address: string | undefined;
  #pyramid: Pyramid | undefined;

  constructor(parts: CurrentPictureParts) {
    this.#parts = parts;
  }

  get picture(): SlidePicture | undefined {
    return this.#picture;
  }

  get pyramid(): Pyramid | undefined {
    return this.#pyramid;
  }

  /** Another slide gets another picture; the same keeps its own. */
  setSlide(slide: SlideView | undefined): void {
    const next = slide && slideAddress(this.#parts.home, slide);
    if (next === this.#address) return;
    this.dispose();
    this.#address = next;
    this.#pyramid = slide && next ? pyramidOf(slide, next) : undefined;
    if (!slide || !next || !this.#pyramid) return;
    this.#picture = this.#open(this.#pyramid);
    this.#parts.onOpen(slide, next, this.#picture.drawer);
  }

  dispose(): void {
    this.#picture?.dispose();
    this.#picture = undefined;
  }

  #open(pyramid: Pyramid): SlidePicture {
    const { mount, onDraw } = this.#parts;
    const drawer = drawerOfThisMachine();
    try {
      return createSlidePicture({ element: mount, pyramid, drawer, onDraw, onLost: this.#withoutGpu });
    } catch (thrown) {
      if (drawer === 'canvas') throw thrown;
      giveUpGpu();
      return this.#open(pyramid);
    }
  }

  readonly #withoutGpu = (): void => {
    if (this.#picture?.drawer !== 'webgl') return;
    giveUpGpu();
    this.#address = undefined;
    this.#parts.onLost();
  };
}
