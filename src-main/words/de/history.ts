import type { Catalogue } from '../catalogue.ts';

/** What happened to an account lately. */
export const history: Catalogue['history'] = {
  title: 'Verlauf',
  lastDay: 'Letzte 24 Stunden',
  label: (account) => `Verlauf: ${account}`,
  showAll: (count) => `Alle ${count} anzeigen`,
  showLess: 'Weniger anzeigen',

  signedIn: 'Angemeldet',
  signedOut: 'Abgemeldet',
  refreshed: 'Erneuert',
  adopted: {
    title: 'Token eines anderen Programms übernommen',
    detail: 'Das Programm hatte ein neues in die Konfigura\u00ADtions\u00ADdatei geschrieben.',
  },
  notRenewed: 'Nicht erneuert',
  woke: {
    resume: 'Computer aufgewacht',
    'another-network': 'In einem anderen Netz',
    network: 'Netz wieder da',
    'clock-jump': 'Zeitsprung',
  },
  clockJumpDetail: 'Die Uhr wurde gestellt, oder der Computer hat geschlafen.',
  removed: 'Von anderem Programm aus der Konfigura\u00ADtions\u00ADdatei entfernt',
  replaced: {
    title: 'Von anderem Programm in der Konfigura\u00ADtions\u00ADdatei ersetzt',
    detail: 'Der fremde Eintrag ist älter, lässt sich nicht erneuern oder gehört zu einem anderen Client.',
  },
  handedOut: {
    once: (who) => `Token ausgegeben an ${who}`,
    often: (who, times) => `Token ausgegeben an ${who} (${times}×)`,
    unknown: 'ein Programm',
  },
  putBack: 'In der Konfigura\u00ADtions\u00ADdatei wiederher\u00ADgestellt',
  madePrivate: {
    title: 'Konfigurationsdatei nur noch für Sie lesbar',
    detail: (mode: string) => `Andere konnten sie lesen (Rechte\u00A0${mode}), und sie enthält jetzt Tokens.`,
  },
  notified: 'Benachrich\u00ADtigt',
  notifiedAbout: {
    'login-ends-in-3-days': 'Anmeldung endet innerhalb von drei Tagen',
    'login-ends-in-1-day': 'Anmeldung endet innerhalb eines Tages',
    'needs-sign-in': 'Bitte neu anmelden',
    'entry-lost': 'Anmeldung fehlt in der Konfigura\u00ADtions\u00ADdatei',
  },

  /** "Erneuert (12×)" */
  times: (what, count) => `${what} (${count}×)`,
  /** "Nicht erneuert: keine Verbindung"; what is a sentence, or begins with a noun, keeps its capital. */
  because: (what, cause) =>
    `${what}: ${cause.replace(/^(?:Keine?|Ungewiss|Unverständ)/, (word) => word.toLowerCase())}`,

  /** "morgen, 09:15" */
  eventAt: (title, when) => `${title}, ${when}`,

  announcements: {
    renewing: 'Token wird erneuert',
    renewed: 'Token erneuert',
    renewedUntil: (when) => `Token erneuert, gültig bis ${when}`,
    of: (who, what) => `${who}: ${what}`,
  },
};
