import type { Asked } from '../access/asked.ts';
import type { ConsultationView } from '../contract/index.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { removeMaterial } from './materials.ts';
import type { Studies } from './studies.ts';

export interface MaterialRouteParts {
  studies: Studies;
  clock: () => Date;
  /** The case as the caller sees it now. */
  readConsultation(asked: Asked, consultationId: string): Promise<ConsultationView>;
}

/** The JSON routes of uploads and materials. */
export function materialRoutes({
  studies,
  clock,
  readConsultation,
}: MaterialRouteParts): Pick<RouteHandlers, 'upload:announce' | 'material:remove'> {
  return {
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
