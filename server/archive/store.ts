import type { Match, SearchPage, StudyTotals } from './search.ts';
import type {
  Instance,
  Material,
  MaterialInstance,
  PictureFile,
  Resource,
  Scope,
  Series,
  Study,
  Upload,
} from './study.ts';

export interface StudyStore {
  /**
   * Registers one instance with its study and series, which the first instance describes.
   * @returns the instance that the archive holds under this UID: the given one, or one that was there before.
   */
  insertInstance(study: Study, series: Series, instance: Instance, metadata: Uint8Array): Promise<Instance>;
  findInstanceByHash(facilityId: string, sha256: string): Promise<Instance | undefined>;
  /** @returns the file that the archive holds under this hash: the given one, or one that was there before. */
  insertFile(file: PictureFile): Promise<PictureFile>;
  findFile(facilityId: string, sha256: string): Promise<PictureFile | undefined>;
  /** In order of series number, then instance number. Without a study: of whichever has the series or the instance. */
  listInstances(scope: Scope, resource: Partial<Resource>): Promise<Instance[]>;
  /** Stored DICOM JSON of instances, gzip-compressed, in the order given. */
  listMetadata(instances: Instance[]): Promise<Uint8Array[]>;
  getStudy(facilityId: string, studyInstanceUid: string): Promise<Study>;
  listSeries(facilityId: string, studyInstanceUid: string): Promise<Series[]>;

  /** Newest study first. */
  searchStudies(scope: Scope, matches: Match[], page: SearchPage): Promise<Study[]>;
  searchSeries(scope: Scope, matches: Match[], page: SearchPage): Promise<Series[]>;
  searchInstances(scope: Scope, matches: Match[], page: SearchPage): Promise<Instance[]>;
  totalStudy(scope: Scope, study: { facilityId: string; studyInstanceUid: string }): Promise<StudyTotals>;
  countInstances(scope: Scope, series: Series): Promise<number>;
}

export interface MaterialStore {
  /** @returns the material that the case has of this kind for this study or file: the given one, or one that was there before. */
  insert(material: Material): Promise<Material>;
  /** @returns the instance that the case has under this UID. */
  insertInstance(instance: MaterialInstance): Promise<MaterialInstance>;
  find(consultationId: string, materialId: string): Promise<Material | undefined>;
  /** In the order they were added. */
  list(consultationId: string): Promise<Material[]>;
  /** In order of instance number. */
  listInstances(materialId: string): Promise<Instance[]>;
  /** How many instances each of them has; a file has none: 0. */
  countInstances(materialIds: readonly string[]): Promise<Map<string, number>>;
  /** The material that is this file. */
  findFile(consultationId: string, fileSha256: string): Promise<Material | undefined>;
  /** Takes the study or file off the case; the archive keeps it. */
  delete(materialId: string): Promise<void>;
  /** Cases that have this study, newest attachment first. */
  listConsultations(studyInstanceUid: string): Promise<string[]>;
  /** Which of these cases have anything attached. */
  listConsultationsWithMaterial(consultationIds: string[]): Promise<string[]>;
}

export interface UploadStore {
  /** Starts an upload, or takes up the one of the same person, case and bytes, with its announcement renewed. */
  announce(upload: Upload): Promise<Upload>;
  find(uploadId: string): Promise<Upload | undefined>;
  setState(uploadId: string, state: Upload['state']): Promise<void>;
  /** Of one person, over all cases: how many are not complete, and how large they will be. */
  sumUnfinished(accountId: string): Promise<{ count: number; sizeBytes: number }>;
  listAnnouncedBefore(instant: string): Promise<Upload[]>;
  delete(uploadId: string): Promise<void>;
}
