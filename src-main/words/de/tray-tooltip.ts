import type { Catalogue } from '../catalogue.ts';

export const trayTooltip: Catalogue['trayTooltip'] = {
  practice: (headline) => `Übung: ${headline}`,
  signedOut: 'Nicht angemeldet',
  signedOutBecause: (title) => `Nicht angemeldet – ${title}`,
  unknownBecause: (title) => `Anmeldung unklar – ${title}`,
  signingIn: 'Sie werden angemeldet',
  signingInTerms: 'Anmelden: Bitte die Bedingungen lesen',
  signingInStep: (step) => `Anmelden: ${step}`,

  /** "Angemeldet als ada@example.org, Token noch 3 Std. 12 Min., Anmeldung noch 24 Tage" */
  headline: (who, clocks) => `${who}, ${clocks}`,
  headlineBut: (headline, title) => `${headline} – ${title}`,
  clocks: {
    tokenWithoutEnd: 'Token ohne bekanntes Ende',
    token: (left) => `Token noch ${left}`,
    tokenExpired: 'Token abgelaufen',
    login: (left) => `Anmeldung noch ${left}`,
    loginEnded: 'Anmeldung beendet',
    both: (token, login) => `${token}, ${login}`,
  },
};
