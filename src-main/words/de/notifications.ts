import type { Catalogue } from '../catalogue.ts';

/** Notifications. */
export const notifications: Catalogue['notifications'] = {
  loginEnds: (name, day) =>
    name === null ? `Ihre Anmeldung endet am ${day}` : `Anmeldung für ${name} endet am ${day}`,
  loginEndsSoon: 'Ihre Anmeldung endet in den nächsten Tagen',
  loginEndsHelp: 'Zum Anmelden klicken, wann immer es Ihnen bis dahin passt.',
  signInAgain: (name) => (name === null ? 'Bitte neu anmelden' : `Neu anmelden: ${name}`),
  reachedItsEnd: 'Die Anmeldung ist abgelaufen',
  clickToSignIn: (why) => `${why}. Zum Anmelden klicken.`,
  entryChanged: 'Ihre Anmeldung wurde geändert',
  clickToSee: 'Klicken, um zu sehen, was hilft.',
  renewed: 'Token erneuert',
  renewedFor: (who) => `${who}.`,
  renewedForUntil: (who, when) => `${who}, Token gültig bis ${when}.`,
  goesOn: {
    title: 'Latchkey bleibt im Infobereich',
    body: 'Es kümmert sich dort um Ihre Anmeldung. Ein Klick auf das Symbol öffnet es wieder.',
    bodySignedOut: 'Ein Klick auf das Symbol genügt, sobald Sie sich anmelden möchten.',
    bodyApiKey:
      'Ein Klick auf das Symbol genügt, um den API-Schlüssel zu testen, zu kopieren oder zu ersetzen.',
  },
  show: 'Anzeigen',
};
