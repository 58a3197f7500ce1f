/** Under which address pictures are read: a case's, or that of a demonstration, whose copies name nobody. */
export type PictureHome = `consultations/${string}` | `demonstrations/${string}`;
