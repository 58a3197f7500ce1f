import type { Express } from 'express';
import { homeAddress, openHome } from '../../archive/picture-home.ts';
import { PictureId } from '../../contract/index.ts';
import { withoutPatient } from '../../formats/ecg/encode-wire.ts';
import { ECG_MEDIA_TYPE } from '../../formats/ecg/wire.ts';
import { signalOf } from '../../http/abort-signal.ts';
import { answer } from '../../http/bind.ts';
import { answerImmutable } from '../../http/immutable.ts';
import { parseInput } from '../../runtime/parse.ts';
import { HomeParams, homePaths, type PictureParts } from '../parts.ts';
import { getEcgRecord } from './access.ts';
import { ecgTasks } from './tasks.ts';

const Params = HomeParams.extend({ recordId: PictureId });
/** Raised when a record would be read otherwise than before, so that nobody keeps the old reading. */
const READING_VERSION = '3';

/** The samples of an ECG, as `server/formats/ecg/wire.ts` writes them. */
export function mountEcgs(app: Express, { log, clock, studies, imaging, findShown, authenticate }: PictureParts): void {
  app.get(homePaths('ecgs/:recordId'), (request, response) =>
    answer(log, 'ecg:read', response, async (requestId) => {
      const asked = { caller: await authenticate(request), requestId, at: clock() };
      const { recordId, ...address } = parseInput(Params, request.params);
      const home = await openHome(studies.stores, findShown, asked, homeAddress(address));
      const { basis, consultationId, isNameless } = home;
      const { sha256, sizeBytes } = await getEcgRecord(studies.stores, home, recordId);
      await studies.recordRead(asked, { basis, subjectKind: 'ecg', subjectId: recordId, consultationId });
      const form = isNameless ? 'nameless-ecg' : 'ecg';
      await answerImmutable(request, response, [sha256, form, READING_VERSION], async () => {
        const bytes = await imaging.run(
          ecgTasks,
          'ecg:record',
          { path: await studies.files.localPath(sha256), sizeBytes },
          { owner: asked.caller.accountId, signal: signalOf(response) },
        );
        return { mediaType: ECG_MEDIA_TYPE, bytes: isNameless ? withoutPatient(bytes) : bytes };
      });
    }),
  );
}
