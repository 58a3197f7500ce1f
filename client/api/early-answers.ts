/** An answer that the page's first script has asked for, see client/preload-pages.ts. */
export interface EarlyAnswer {
  /** Read to its end, whether or not anybody comes for it: the browser counts an answer that nobody reads as still under way. */
  answer: Promise<{ response: Response; text: string }>;
  aborting: AbortController;
}

declare global {
  interface Window {
    /** By address. Once they are there, the first script asks for nothing any more. */
    earlyAnswers?: Record<string, EarlyAnswer>;
  }
}

/** A page that has not come for one by then has not opened as was guessed. */
const EARLY_MS = 10_000;

const answers: Record<string, EarlyAnswer> = globalThis.window?.earlyAnswers ?? {};
if (globalThis.window) {
  window.earlyAnswers = answers;
  setTimeout(dropEarlyAnswers, EARLY_MS);
}

/** Each is handed out once: whoever asks again wants to know how it is now. */
export function takeEarlyAnswer(address: string, until: AbortSignal): EarlyAnswer['answer'] | undefined {
  const early = answers[address];
  if (!early) return undefined;
  delete answers[address];
  until.addEventListener('abort', () => early.aborting.abort());
  return early.answer;
}

/** Somebody changes something, or a session has ended: what was answered before does not hold any more. */
export function dropEarlyAnswers(): void {
  for (const address of Object.keys(answers)) delete answers[address];
}
