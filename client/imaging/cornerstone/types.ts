/** What of cornerstone-core 2.6.1 is used, as it behaves; the package brings no types of its own. */
export interface CornerstoneCore {
  EVENTS: { PRE_RENDER: string; IMAGE_RENDERED: string; NEW_IMAGE: string; ELEMENT_ENABLED: string };
  /** Of the page as a whole; not a DOM EventTarget, but `triggerEvent` takes it. */
  events: unknown;
  triggerEvent(target: unknown, type: string, detail: unknown): boolean;
  addEnabledElement(enabled: EnabledElement): void;
  getEnabledElements(): EnabledElement[];
  /** Takes the canvas out of the element, too. */
  disable(element: HTMLElement): void;
  /** Merges the viewport into the present one; fields that are null, or left out, stay as they are. */
  displayImage(element: HTMLElement, image: Image, viewport: Viewport): void;
  setViewport(element: HTMLElement, viewport: Viewport): void;
  updateImage(element: HTMLElement, invalidated?: boolean): void;
  renderToCanvas(canvas: HTMLCanvasElement, image: Image, viewport: Viewport): void;
  renderGrayscaleImage(enabled: EnabledElement, invalidated: boolean): void;
  registerImageLoader(scheme: string, loader: ImageLoader): void;
  loadImage(imageId: string, options: unknown): Promise<Image>;
  imageCache: {
    imageCache: Record<string, CachedImage>;
    cachedImages: CachedImage[];
    setMaximumSizeBytes(bytes: number): void;
    getCacheInfo(): { maximumSizeInBytes: number; cacheSizeInBytes: number; numberOfImagesCached: number };
    putImageLoadObject(imageId: string, loading: ImageLoadObject): void;
    removeImageLoadObject(imageId: string): void;
  };
  internal: {
    /** From image to canvas pixels: a, b, c, d, e, f. */
    getTransform(enabled: Pick<EnabledElement, 'image' | 'viewport'> & { canvas: CanvasSize }): { m: number[] };
  };
}

export interface CanvasSize {
  width: number;
  height: number;
}

export interface Image {
  imageId: string;
  rows: number;
  columns: number;
  /** The same as rows and columns. */
  height: number;
  width: number;
  /** Only their ratio counts: the longer side of a pixel is drawn longer. */
  rowPixelSpacing: number;
  columnPixelSpacing: number;
  sizeInBytes: number;
  color: boolean;
  invert: boolean;
  slope: number;
  intercept: number;
  windowCenter: number | undefined;
  windowWidth: number | undefined;
  readonly minPixelValue: number;
  readonly maxPixelValue: number;
  getPixelData(): ArrayLike<number>;
  /** Draws instead of the package. */
  render?(enabled: EnabledElement, invalidated: boolean): void;
}

export interface Viewport {
  scale: number;
  /** In image pixels, along the canvas's axes. */
  translation: { x: number; y: number };
  /** Degrees, clockwise. */
  rotation: number;
  hflip: boolean;
  vflip: boolean;
  voi: { windowWidth: number | undefined; windowCenter: number | undefined };
  invert: boolean;
  pixelReplication: boolean;
  labelmap: boolean;
  modalityLUT: undefined;
  voiLUT: undefined;
  colormap: undefined;
  displayedArea: undefined;
}

export interface EnabledElement {
  element: HTMLElement;
  canvas: HTMLCanvasElement;
  image: Image | undefined;
  viewport: Viewport | undefined;
  invalid: boolean;
  needsRedraw: boolean;
  options: Record<string, never>;
  layers: never[];
  data: Record<string, unknown>;
  /** What a renderer keeps from one drawing to the next. */
  renderingTools: Record<string, unknown>;
  uuid: string;
}

export interface ImageLoadObject {
  promise: Promise<Image>;
}

export interface CachedImage {
  imageId: string;
  /** Set by a promise's callback after the image was put in. */
  image?: Image;
  loaded: boolean;
  /** The least goes first. */
  timeStamp: number;
  sizeInBytes: number;
}

export type ImageLoader = (imageId: string, options: unknown) => ImageLoadObject;
