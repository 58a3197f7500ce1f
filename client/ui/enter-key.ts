/** What React and the browser say about a pressed key. */
interface PressedKey {
  key: string;
  keyCode: number;
  isComposing?: boolean;
  nativeEvent?: { isComposing: boolean };
}

/**
 * Whether the key belongs to an input method, as the Enter that ends the choice of a Chinese word. Safari ends the
 * composition before that Enter, so `isComposing` is false; keyCode 229 tells it (UI Events, section 7.3.1).
 */
export function isOfInputMethod({ keyCode, isComposing, nativeEvent }: PressedKey): boolean {
  return keyCode === 229 || isComposing === true || nativeEvent?.isComposing === true;
}

/** Enter, and not one that ends a composition. */
export function isEnter(event: PressedKey): boolean {
  return event.key === 'Enter' && !isOfInputMethod(event);
}
