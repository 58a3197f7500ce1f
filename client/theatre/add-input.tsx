import { useId, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { AddPhone } from './add-phone.tsx';
import { CAMERA_SOURCES, type CameraSource } from './picture-request.ts';
import { MOST_INPUTS, type TheatreInputs, type TheatreInputsState } from './theatre-inputs.ts';

/** A camera or capture card that is plugged in, or a screen, becomes an input with a name. */
export function AddInput({
  inputs,
  state,
  phonesOf,
  onAdded,
}: {
  inputs: TheatreInputs;
  state: TheatreInputsState;
  /** The demonstration that telephones may be let into. */
  phonesOf: string | undefined;
  onAdded: (inputId: string) => void;
}) {
  const t = useTexts();
  const id = useId();
  const [deviceId, setDeviceId] = useState('');
  const device = state.free.find((one) => one.deviceId === deviceId) ?? state.free[0];
  const missing = CAMERA_SOURCES.find((source) => state.inputs.every((input) => input.source !== source));
  const [chosen, setChosen] = useState<CameraSource>();
  const source = chosen ?? missing ?? 'device';
  const isFull = state.inputs.length >= MOST_INPUTS;
  const nameOf = (what: CameraSource | 'screen' | 'phone') => {
    const name = what === 'phone' ? t('theatre:phone.name') : t(`theatre:source.${what}`);
    const taken = new Set(state.inputs.map((input) => input.name.trim()));
    let number = 1;
    while (taken.has(number === 1 ? name : `${name} ${number}`)) number += 1;
    return number === 1 ? name : `${name} ${number}`;
  };
  return (
    <section className="theatre-section" aria-labelledby={id}>
      <h2 id={id}>{t('theatre:add.title')}</h2>
      {device ? (
        <>
          <label className="theatre-label">
            {t('theatre:add.device')}
            <select
              className="call-select"
              value={device.deviceId}
              onChange={(event) => setDeviceId(event.target.value)}
            >
              {state.free.map((one) => (
                <option key={one.deviceId} value={one.deviceId}>
                  {one.label}
                </option>
              ))}
            </select>
          </label>
          <label className="theatre-label">
            {t('theatre:add.shows')}
            <select
              className="call-select"
              value={source}
              onChange={(event) => setChosen(CAMERA_SOURCES.find((one) => one === event.target.value))}
            >
              {CAMERA_SOURCES.map((one) => (
                <option key={one} value={one}>
                  {t(`theatre:source.${one}`)}
                </option>
              ))}
            </select>
          </label>
        </>
      ) : (
        <p className="theatre-hint">{t('theatre:add.noDevice')}</p>
      )}
      <div className="theatre-row">
        <button
          type="button"
          className="button"
          disabled={!device || isFull}
          onClick={() => {
            if (!device) return;
            onAdded(inputs.addCamera(device, source, nameOf(source)));
            setChosen(undefined);
          }}
        >
          {t('theatre:add.camera')}
        </button>
        <button
          type="button"
          className="button"
          disabled={isFull || state.inputs.some((input) => input.source === 'screen')}
          onClick={() => onAdded(inputs.addScreen(nameOf('screen')))}
        >
          {t('theatre:add.screen')}
        </button>
      </div>
      {phonesOf !== undefined && (
        <AddPhone
          demonstrationId={phonesOf}
          inputs={inputs}
          state={state}
          name={nameOf('phone')}
          isFull={isFull}
          onAdded={onAdded}
        />
      )}
    </section>
  );
}
