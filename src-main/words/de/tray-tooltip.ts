import type { Catalogue } from '../catalogue.ts';

export const trayTooltip: Catalogue['trayTooltip'] = {
  practice: 'Übung: kein echtes Konto',
  signedOut: 'Nicht angemeldet',
  signingIn: 'Sie werden angemeldet',
  signingInTerms: 'Anmelden: Bitte die Bedingungen lesen',
  signingInStep: (step) => `Anmelden: ${step}`,
  until: (day) => `Bis ${day}`,
  several: (count) => `Mit ${count} Konten angemeldet`,
};
