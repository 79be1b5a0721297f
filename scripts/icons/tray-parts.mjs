/**
 * The states' icons, put together of a plate and a badge (assets/icons/src/tray.svg).
 *
 * @typedef {object} StateParts
 * @property {string} plate a path's data
 * @property {string | null} badge the same; `null` for none
 * @property {'plate' | 'amber' | 'red'} tone of the badge
 */

/** @type {Readonly<Record<string, { readonly plate: string, readonly badge: string | null, readonly tone: StateParts['tone'] }>>} */
const PARTS = {
  'signed-out': { plate: '-empty', badge: null, tone: 'plate' },
  'signing-in': { plate: '-cut', badge: 'arc', tone: 'plate' },
  valid: { plate: '', badge: null, tone: 'plate' },
  expiring: { plate: '-cut', badge: 'dot', tone: 'amber' },
  'needs-you': { plate: '-cut', badge: 'call', tone: 'amber' },
  trouble: { plate: '-cut', badge: 'cross', tone: 'red' },
};

export const STATES = Object.keys(PARTS);

/**
 * @param {string} sheet the text of tray.svg
 * @param {string} state
 * @param {'plate' | 'practice'} kind
 * @returns {StateParts}
 */
export function partsOf(sheet, state, kind) {
  const parts = PARTS[state];
  if (parts === undefined) throw new Error(`There is no state ${state}`);
  const { plate, badge, tone } = parts;
  return {
    plate: pathOf(sheet, kind + plate),
    badge: badge === null ? null : pathOf(sheet, badge),
    tone,
  };
}

/** @param {string} sheet @param {string} id */
function pathOf(sheet, id) {
  const data = new RegExp(`<path id="${id}" d="([^"]+)"`).exec(sheet)?.[1];
  if (data === undefined) throw new Error(`tray.svg has no ${id}`);
  return data;
}

/**
 * What an icon is drawn in: `outline` goes around it and fills what is cut out, so that plate or outline stands out from
 * any panel; `null` for none, where the panel's tone is known.
 *
 * @typedef {object} Palette
 * @property {string} plate
 * @property {string} practice the plate of practice
 * @property {string} amber
 * @property {string} red
 * @property {string | null} outline
 */

/** @type {Readonly<Record<'anyPanel' | 'darkPanel' | 'lightPanel' | 'template', Palette>>} */
export const PALETTES = {
  anyPanel: { plate: '#ffffff', practice: '#bda6ff', amber: '#ffb224', red: '#ff6259', outline: '#0d1f1c' },
  darkPanel: { plate: '#ffffff', practice: '#bda6ff', amber: '#ffb224', red: '#ff6b5e', outline: null },
  lightPanel: { plate: '#17211f', practice: '#6a3fd0', amber: '#b36b00', red: '#c4281f', outline: null },
  template: { plate: 'black', practice: 'black', amber: 'black', red: 'black', outline: null },
};

/**
 * An icon as an SVG.
 *
 * @param {string} sheet the text of tray.svg
 * @param {string} state
 * @param {'plate' | 'practice'} kind
 * @param {Palette} palette
 */
export function trayIcon(sheet, state, kind, palette) {
  const { plate, badge, tone } = partsOf(sheet, state, kind);
  const { outline } = palette;
  const path = (/** @type {string} */ data, /** @type {string} */ fill) =>
    `<path d="${data}" fill="${fill}" />`;
  const around = (/** @type {string} */ data) =>
    `<path d="${data}" fill="${outline}" stroke="${outline}" stroke-width="2" stroke-linejoin="round" />`;
  // The plate as it is without anything cut out of it: what is cut out takes the outline's colour.
  const whole = pathOf(sheet, kind).split('Z')[0] + 'Z';
  const under = outline === null ? [] : [around(whole), ...(badge === null ? [] : [around(badge)])];
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill-rule="evenodd">',
    ...under,
    path(plate, palette[kind]),
    ...(badge === null ? [] : [path(badge, tone === 'plate' ? palette[kind] : palette[tone])]),
    '</svg>',
  ].join('');
}
