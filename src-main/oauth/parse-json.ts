/** `undefined` where it is no JSON. */
export function parseJson(body: string): unknown {
  try {
    // RFC 8259 section 8.1: a byte order mark may be ignored.
    return JSON.parse(body.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}
