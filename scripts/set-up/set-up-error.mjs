/** Why set-up cannot go on, in words for the person at the keyboard, with what helps. Shown without a stack. */
export class SetUpError extends Error {
  /** @param {string} message one or more lines @param {ErrorOptions} [options] */
  constructor(message, options) {
    super(message, options);
    this.name = 'SetUpError';
  }
}
