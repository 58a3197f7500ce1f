import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { Logger } from '../runtime/log.ts';
import type { Work } from '../store/stores.ts';
import { answerConsultation } from './answer.ts';
import { prepareFinishedCt, prepareWaitingCt } from './cases/ct.ts';
import { prepareFinishedEcg, prepareWaitingEcg } from './cases/ecg.ts';
import { prepareFinishedSlide, prepareWaitingSlide } from './cases/slide.ts';
import type { DemoCase } from './demo-case.ts';
import { planDemonstrations } from './demonstrations.ts';
import { openPlay } from './play.ts';
import { requestConsultation } from './request.ts';
import { seedDemo } from './seed.ts';
import { addSignedCopies } from './signed-copies.ts';
import { createStoryClock, daysBefore } from './story-time.ts';

export interface DemoParts {
  work: Work & Pick<Database, 'seal'>;
  config: Pick<Config, 'dataDir' | 'caseAccessMs'>;
  log: Logger;
}

/** The network exists a day before the first case. */
const NETWORK_DAYS = 6;

/**
 * Gives an empty database the demo network with a finished and a waiting case of every kind of picture, and two demonstrations. The cases go through the
 * use cases, in the days before `now`: chain, access log and signatures are as real as those of any other case.
 *
 * Network and cases are one transaction, so that a start that was cut off leaves the database empty and the next one begins
 * anew; what it may leave in the file store is nobody's until the same bytes come again.
 * @returns whether the database was empty.
 */
export async function seedDemoWithCases({ work, config, log }: DemoParts, now: Date): Promise<boolean> {
  const begin = daysBefore(now, NETWORK_DAYS, '08:00');
  return seedDemo(work, begin, async () => {
    const cases = await prepareCases(now);
    return async (stores) => {
      const clock = createStoryClock(begin, now);
      const play = await openPlay({ ...config, stores, seal: work.seal, log, clock });
      let taught: string | undefined;
      try {
        await addSignedCopies(stores, play.parts.studies.files);
        for (const one of cases) {
          const consultationId = await requestConsultation(play, one);
          if (one.answer) await answerConsultation(play, consultationId, one.answer);
          if (one.application.consent?.scopes?.includes('teach')) taught = consultationId;
        }
        if (taught !== undefined) await planDemonstrations(play, taught, now);
      } finally {
        await play.close();
      }
    };
  });
}

/** In the order in which they happened. */
async function prepareCases(now: Date): Promise<DemoCase[]> {
  const cases = await Promise.all(
    [
      prepareFinishedSlide,
      prepareFinishedEcg,
      prepareFinishedCt,
      prepareWaitingSlide,
      prepareWaitingCt,
      prepareWaitingEcg,
    ].map((prepare) => prepare(now)),
  );
  return cases.sort((one, other) => one.beginsAt.getTime() - other.beginsAt.getTime());
}
