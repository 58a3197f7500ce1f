import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { demonstrationQuery } from './queries.ts';

/** Begins and ends the recording of a live demonstration, and says why nothing is being recorded although it should. */
export function RecordingSwitch({ view }: { view: Pick<DemonstrationView, 'demonstrationId' | 'actions' | 'live'> }) {
  const t = useTexts();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const { demonstrationId, actions, live } = view;
  const fault = live?.recordingFault ?? null;
  const isOn = live?.isRecorded === true;
  const press = async (act: 'start-recording' | 'stop-recording') => {
    setBusy(true);
    try {
      await call(`demonstration:${act}`, { params: { demonstrationId } });
    } catch (thrown) {
      void message.error(failureText(toFailure(thrown)));
    }
    await client.invalidateQueries({ queryKey: demonstrationQuery(demonstrationId).queryKey });
    setBusy(false);
  };
  return (
    <>
      {fault && (
        <p className="failure-notice" role="alert">
          {t(`demonstrations:recording.fault.${fault}`)}
        </p>
      )}
      {!isOn && actions.includes('start-recording') && (
        <button type="button" className="button" disabled={isBusy} onClick={() => void press('start-recording')}>
          {t(fault ? 'demonstrations:recording.again' : 'demonstrations:recording.start')}
        </button>
      )}
      {(isOn || fault) && actions.includes('stop-recording') && (
        <button type="button" className="button" disabled={isBusy} onClick={() => void press('stop-recording')}>
          {t('demonstrations:recording.stop')}
        </button>
      )}
    </>
  );
}
