/** The shape of an area's texts without their wording: what a translation has to satisfy, so that a missing one does not compile. */
export type Texts<T> = { [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };
