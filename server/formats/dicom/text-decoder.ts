const decoders = new Map<string, TextDecoder>();

function decoderFor(label: string, fatal: boolean): TextDecoder {
  const key = `${label} ${fatal}`;
  let decoder = decoders.get(key);
  if (decoder === undefined) {
    decoder = new TextDecoder(label, { fatal, ignoreBOM: true });
    decoders.set(key, decoder);
  }
  return decoder;
}

/** By a label of the Encoding Standard; what cannot be read becomes U+FFFD. */
export function decode(label: string, bytes: Uint8Array): string {
  return decoderFor(label, false).decode(bytes);
}

/** undefined: the bytes are not in this encoding. */
export function decodeStrictly(label: string, bytes: Uint8Array): string | undefined {
  try {
    return decoderFor(label, true).decode(bytes);
  } catch {
    // The only cause is what the caller asks about: bytes that the encoding does not have.
    return undefined;
  }
}
