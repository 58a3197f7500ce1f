import type { Sessions } from '../accounts/sessions.ts';
import type { RouteHandlers } from '../http/bind.ts';
import type { Work } from '../store/stores.ts';
import { endDemonstration } from './end.ts';

export interface DemoRouteParts {
  work: Work<'accounts' | 'audit' | 'oneTimeLinks'>;
  clock: () => Date;
  tellEnded: Sessions['tellEnded'];
}

export function demoRoutes({ work, clock, tellEnded }: DemoRouteParts): Pick<RouteHandlers, 'demo-network:end'> {
  return {
    async 'demo-network:end'({ caller, requestId }) {
      tellEnded(await endDemonstration(work, { caller, requestId, at: clock() }), 'disabled');
      return {};
    },
  };
}
