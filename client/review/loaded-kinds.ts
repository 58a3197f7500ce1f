import type { MaterialView, PictureKind, Target } from '../../server/contract/picture-kinds.ts';
import type { Kind, KindModule, KindParts, Picture } from '../viewer/viewer.ts';

/** The kinds of picture that a desk needs: each is loaded once, when it is first asked for. */
export class LoadedKinds {
  readonly #modules: Record<PictureKind, () => Promise<KindModule>>;
  readonly #parts: KindParts;
  readonly #loading = new Map<PictureKind, Promise<Kind>>();
  readonly #loaded = new Map<PictureKind, Kind>();
  #disposed = false;

  constructor(modules: Record<PictureKind, () => Promise<KindModule>>, parts: KindParts) {
    this.#modules = modules;
    this.#parts = parts;
  }

  /** Rejects where its part of the application did not arrive. */
  load(kind: PictureKind): Promise<Kind> {
    const known = this.#loading.get(kind);
    if (known) return known;
    const loading = this.#modules[kind]().then((module) => {
      const created = module.createKind(this.#parts);
      if (this.#disposed) created.dispose();
      else this.#loaded.set(kind, created);
      return created;
    });
    this.#loading.set(kind, loading);
    // A chunk that did not come over a bad line is asked for again the next time.
    loading.catch(() => this.#loading.delete(kind));
    return loading;
  }

  /** Of those materials whose kind is there. */
  pictures(materials: MaterialView[]): Picture[] {
    return materials.flatMap((material) => this.#loaded.get(material.kind)?.pictures(material) ?? []);
  }

  /** The first of the strip; undefined: there is none, or what may come before it is still on its way. */
  firstPicture(materials: MaterialView[]): Picture | undefined {
    for (const material of materials) {
      const kind = this.#loaded.get(material.kind);
      if (!kind && this.#loading.has(material.kind)) return undefined;
      const [first] = kind?.pictures(material) ?? [];
      if (first) return first;
    }
    return undefined;
  }

  /** undefined: its kind is not there yet. */
  pictureId(target: Target): string | undefined {
    return this.#loaded.get(target.kind)?.pictureId(target);
  }

  /** What it holds of pictures goes with it; it is made anew when it is asked for again. */
  unload(kind: PictureKind): void {
    this.#loaded.get(kind)?.dispose();
    this.#loaded.delete(kind);
    this.#loading.delete(kind);
  }

  dispose(): void {
    this.#disposed = true;
    for (const kind of this.#loaded.values()) kind.dispose();
  }
}
