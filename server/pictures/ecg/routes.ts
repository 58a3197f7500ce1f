import type { Express } from 'express';
import { z } from 'zod';
import { Id, PictureId } from '../../contract/index.ts';
import { ECG_MEDIA_TYPE } from '../../formats/ecg/wire.ts';
import { answer } from '../../http/bind.ts';
import { answerImmutable } from '../../http/immutable.ts';
import { signalOf } from '../../http/receiver.ts';
import { parseInput } from '../../runtime/parse.ts';
import type { PictureParts } from '../parts.ts';
import { getEcgRecord } from './access.ts';
import { ecgTasks } from './tasks.ts';

const Params = z.object({ consultationId: Id, recordId: PictureId });
/** Raised when a record would be read otherwise than before, so that nobody keeps the old reading. */
const READING_VERSION = '2';

/** The samples of an ECG, as `server/formats/ecg/wire.ts` writes them. */
export function mountEcgs(app: Express, { log, clock, studies, imaging, authenticate }: PictureParts): void {
  app.get('/api/consultations/:consultationId/ecgs/:recordId', (request, response) =>
    answer(log, 'ecg:read', response, async (requestId) => {
      const asked = { caller: await authenticate(request), requestId, at: clock() };
      const { consultationId, recordId } = parseInput(Params, request.params);
      const { basis, file } = await getEcgRecord(studies.stores, asked, consultationId, recordId);
      await studies.recordRead(asked, { basis, subjectKind: 'ecg', subjectId: recordId, consultationId });
      const { sha256, sizeBytes } = file;
      await answerImmutable(request, response, [sha256, 'ecg', READING_VERSION], async () => ({
        mediaType: ECG_MEDIA_TYPE,
        bytes: await imaging.run(
          ecgTasks,
          'ecg:record',
          { path: await studies.files.localPath(sha256), sizeBytes },
          { owner: asked.caller.accountId, signal: signalOf(response) },
        ),
      }));
    }),
  );
}
