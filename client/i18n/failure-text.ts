import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import { createFormats } from './formats.ts';

/**
 * The sentence for a failure, in the chosen language: what happened and what to do. The reason's own sentence wins over that of the code.
 * For text that has to follow a switch of language, call it while rendering.
 */
export function failureText(failure: Failure): string {
  const wait = waitText(failure.retryAfterS);
  return failure.reason
    ? i18next.t(`failures:reason.${failure.reason}`, { wait })
    : i18next.t(`failures:code.${failure.code}`, { wait });
}

function waitText(retryAfterS: number | undefined): string {
  if (retryAfterS === undefined) return i18next.t('failures:aWhile');
  return createFormats(i18next.language === 'en' ? 'en' : 'zh-CN').wait(retryAfterS);
}
