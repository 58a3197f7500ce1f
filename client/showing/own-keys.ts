/** In the pane of shown pictures a key is the viewer's: a digit chooses a window there, and must not put another camera on air. */
export const isForPictures = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('.showing') !== null;
