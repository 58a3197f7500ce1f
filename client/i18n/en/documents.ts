import type { Texts } from '../texts.ts';
import type { documents as zh } from '../zh-CN/documents.ts';

export const documents: Texts<typeof zh> = {
  command: {
    pan: 'Pan: drag the page; the wheel scrolls',
    previous: 'Previous page',
    next: 'Next page',
    first: 'First page',
    last: 'Last page',
    fit: 'Fit page',
    fitWidth: 'Fit width',
    actualSize: 'Actual size (100%)',
    rotateLeft: 'Rotate left by 90°',
    rotateRight: 'Rotate right by 90°',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    up: 'Move up',
    down: 'Move down',
    left: 'Move left',
    right: 'Move right',
  },
  word: { pan: 'Pan' },
  gesture: {
    pan: 'Moves the page',
    dragZoom: 'Zooms: drag up or down',
    read: 'Scrolls, and turns the page at its end',
    zoom: 'Zooms where the cursor is',
    sideways: 'Moves sideways',
    touch: 'Moves and zooms',
  },
  corner: {
    page: 'Page {{page}} of {{count}}',
    pixels: '{{width}} × {{height}} pixels',
    rotation: 'Rotated by {{degrees}}°',
    zoom: '{{percent}}%',
  },
  quality: {
    loading: 'Loading',
    preview: 'Sharpening…',
    full: 'Full quality',
    failed: 'Unable to display',
  },
  calibration: 'Photograph without scale, pixels only',
  report: {
    complete: 'Complete',
    partial: 'Incomplete',
    verified: 'Verified by a person',
    unverified: 'Not verified by a person',
  },
};
