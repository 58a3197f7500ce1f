import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import type { DemonstrationLive } from '../../server/contract/demonstration-live.ts';
import { toFailure } from '../api/failures.ts';
import { demonstrationQuery } from '../demonstrations/queries.ts';
import { failureText } from '../i18n/failure-text.ts';

/** Acts on what is live: the answer is shown at once, a refusal is told in passing and what holds is asked for. */
export function useLiveAct(demonstrationId: string): (act: () => Promise<DemonstrationLive>) => Promise<void> {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { queryKey } = demonstrationQuery(demonstrationId);
  return async (act) => {
    try {
      const live = await act();
      client.setQueryData(queryKey, (view: DemonstrationView | undefined) => view && { ...view, live });
    } catch (thrown) {
      void message.error(failureText(toFailure(thrown)));
      void client.invalidateQueries({ queryKey });
    }
  };
}
