import type { ServingTexts } from '../en/serving.ts';

const unknown = 'ein Programm';
/** Names are in small letters, as articles and pronouns are. */
const named = (program: string) => (program === unknown ? unknown : `„${program}“`);

/** Serving tokens to programs on this computer. */
export const serving: ServingTexts = {
  title: 'Programme auf diesem Computer',
  serve: 'Tokens für Pro\u00ADgramme auf diesem Computer bereit\u00ADstellen',
  serveHint:
    'Über einen Socket, den nur Sie öffnen können. Erneuern können die Programme ein Token damit nicht.',
  socket: 'Socket',
  copy: 'Kopieren',
  copied: 'Kopiert.',
  ask: 'Jedes Mal fragen',
  askHint: 'Ohne Antwort binnen 30 Sekunden bekommt ein Programm keines.',
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  paused: 'Angehalten: Kein Programm bekommt ein Token.',
  none: 'Seit dem Start von Latchkey hat kein Programm ein Token bekommen.',
  lastAt: (what, when) => `${what}, ${when}`,
  question: {
    title: (program) => `Darf ${named(program)} ein Token bekommen?`,
    titleFor: (program, account) => `Darf ${named(program)} ein Token von ${account} bekommen?`,
    explanation:
      'Das Programm könnte Claude in Ihrem Namen benutzen, bis das Token abläuft, höchstens einige Stunden.',
    ownName: 'Den Namen gibt sich das Programm selbst.',
    unknown,
    once: 'Einmal',
    hour: 'Eine Stunde lang',
    no: 'Nein',
  },
  notification: 'Zum Antworten klicken. Ohne Antwort bekommt es keines.',
  trayPause: 'Tokens nicht mehr bereitstellen',
  trayResume: 'Tokens wieder bereitstellen',
};
