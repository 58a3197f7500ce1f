import type { Express } from 'express';
import type { Asked } from '../access/asked.ts';
import type { ConsultationView } from '../contract/index.ts';
import { slideRoutes } from '../pathology/case/routes.ts';
import { pictureKinds } from '../pictures/kinds.ts';
import { removeMaterial } from '../studies/materials.ts';
import type { Studies } from '../studies/studies.ts';
import type { RouteHandlers } from './bind.ts';
import type { DicomWebParts } from './dicomweb-request.ts';
import { mountDicomWeb } from './dicomweb-routes.ts';
import { mountUploads } from './upload-bytes-routes.ts';

export interface StudyRouteParts {
  studies: Studies;
  clock: () => Date;
  /** The case as the caller sees it now. */
  readConsultation(asked: Asked, consultationId: string): Promise<ConsultationView>;
}

/** The JSON routes of uploads, materials and what they show. */
export function studyRoutes({
  studies,
  clock,
  readConsultation,
}: StudyRouteParts): Pick<RouteHandlers, 'upload:announce' | 'material:remove' | 'slide:read'> {
  return {
    ...slideRoutes({ studies, clock }),
    'upload:announce': ({ caller, params, body, requestId }) =>
      studies.uploads.announce({ caller, requestId, at: clock() }, params.consultationId, body),

    async 'material:remove'({ caller, params, requestId }) {
      const asked = { caller, requestId, at: clock() };
      const { consultationId, materialId } = params;
      await studies.work.write((stores) => removeMaterial(stores, asked, consultationId, materialId));
      studies.materialsChanged(consultationId);
      return readConsultation(asked, consultationId);
    },
  };
}

/** The binary routes: chunks of uploads, DICOMweb, and those of each kind of picture. */
export function mountStudies(app: Express, parts: DicomWebParts): void {
  mountUploads(app, parts);
  mountDicomWeb(app, parts);
  for (const { mount } of Object.values(pictureKinds)) mount?.(app, parts);
}
