import type { Storage } from '../../domain/storage.ts';
import type { Catalogue } from '../catalogue.ts';

/** How an account stands: whose it is, both clocks, the window's words about them. */
export const account: Catalogue['account'] = {
  unknown: 'Unklar, ob Sie angemeldet sind',
  signedIn: 'Angemeldet',
  signedInAs: (name) => `Angemeldet als ${name}`,
  signInAgain: 'Neu anmelden',
  signInAgainAs: (name) => `Neu anmelden als ${name}`,
  /** A dash, since an instant may have a comma in it: "bis morgen, 09:15 – wird automatisch erneuert". */
  access: {
    title: 'Token',
    renewing: 'Token wird erneuert',
    withoutEnd: 'Token ohne bekanntes Ende',
    until: (when) => `Token gültig bis ${when}`,
    expiredSince: (when) => `Token abgelaufen seit ${when}`,
    lost: 'Token nicht mehr auf diesem Computer',
    elsewhere: (id: string) => `Token offenbar unter „${id}“`,
    then: {
      signIn: ' – dann neu anmelden',
      byItself: ' – wird automatisch erneuert',
      tryNow: ' – nächster Versuch jetzt',
      try: (when) => ` – nächster Versuch ${when}`,
    },
    next: {
      byItself: (when) => `Erneuert sich gegen ${when}`,
      anyMoment: 'Wird gleich erneuert',
      tryNow: 'Nächster Versuch jetzt',
      try: (when) => `Nächster Versuch ${when}`,
    },
    over: 'Token abgelaufen',
    since: (when) => `Seit ${when}`,
    /** The ring has room for eight letters a line. */
    expired: 'abge\u00ADlaufen',
    gone: 'fehlt',
    hints: {
      entryLost: 'Andere Programme finden es nicht mehr in der Konfigura\u00ADtions\u00ADdatei.',
      worksUntilEnd: 'Bis zum Ablauf nutzbar',
      worksUntilEndUncertain:
        'Bis zum Ablauf funktioniert es weiter. Ob es sich erneuern lässt, ist ungewiss.',
      signInUncertain: 'Ob es sich erneuern lässt, ist ungewiss. Neu anmelden hilft auf jeden Fall.',
      signIn: 'Nach dem Anmelden erhalten Sie ein neues.',
      stillSignedIn: 'Sie bleiben angemeldet.',
      refreshIsEnough: 'Sie sind weiterhin angemeldet: Erneuern genügt.',
      cannotRenew: 'Es funktioniert bis zum Ablauf und lässt sich nicht erneuern.',
      renewingNeedsFile:
        'Es funktioniert bis zum Ablauf. Zum Erneuern braucht es die Konfigura\u00ADtions\u00ADdatei.',
      endsInAMoment: 'Es läuft gleich ab; Ihre Anmeldung bleibt bestehen.',
      whatItIsFor: 'Damit greifen Programme auf Claude zu.',
    },
  },

  login: {
    title: 'Anmel\u00ADdung',
    until: (day) => `Angemeldet bis ${day}`,
    untilShort: (day) => `Bis ${day}`,
    then: {
      nothing: 'Bis dahin ist nichts zu tun',
      before: 'Vorher neu anmelden',
      once: 'Danach neu anmelden',
    },
    ended: 'Anmeldung beendet',
    endedOn: (day) => `Anmeldung beendet am ${day}`,
    early: 'Anmeldung vorzeitig beendet',
    endedEarly: (day) => `Anmeldung vorzeitig beendet (statt am ${day})`,
    uncertain: 'Ob Sie noch angemeldet sind, ist ungewiss',
    gone: 'Die Anmeldung ging mit verloren',
    goesOnAs: (id: string) => `Sie geht offenbar als „${id}“ weiter`,
    goOn: 'Neu anmelden, dann geht es weiter',
    over: 'beendet',
    unknown: 'Wann sie endet, hat Claude nicht mitgeteilt',
  },

  standing: {
    valid: 'Angemeldet',
    expiring: 'Angemeldet, Token läuft bald ab',
    expired: 'Angemeldet, Token abgelaufen',
    notRenewed: 'Angemeldet, noch nicht erneuert',
    keychainLocked: 'Angemeldet, Schlüsselbund gesperrt',
    keychainAway: 'Angemeldet, Schlüsselbund fehlt',
    loginEndsSoon: 'Anmeldung endet bald',
    notInFile: 'Nicht in der Konfigura\u00ADtions\u00ADdatei',
    replacedInFile: 'In der Konfigura\u00ADtions\u00ADdatei ersetzt',
    over: 'Anmeldung beendet',
    expiredForGood: 'Token endgültig abgelaufen',
    overTokenWorks: 'Anmeldung beendet, Token gilt noch',
    uncertain: 'Anmeldung ungewiss',
    uncertainTokenWorks: 'Anmeldung ungewiss, Token gilt noch',
  },

  menu: {
    label: (name) => `Mehr zu ${name}`,
    storage: 'Speicherort …',
    showFile: 'Datei anzeigen …',
    signOut: 'Abmelden …',
    add: 'Konto hinzufügen',
  },

  several: 'Konten',
  unknownOwner: 'Ihr Claude-Konto',
  plan: (name) => `Tarif ${name}`,

  storage: {
    title: 'Speicherort der Tokens',
    keptIn: 'Speicherort:',
    ownCopy: 'Nur die eigene Kopie von Latchkey',
    nowhere: 'Nirgends, soweit Latchkey weiß',
    goesOnAs: (id: string) => `Offenbar in der Konfigura\u00ADtions\u00ADdatei unter „${id}“`,
    ownCopyMeanwhile: 'Eigene Kopie von Latchkey, bis die Konfigura\u00ADtions\u00ADdatei lesbar ist',
    unknown: 'Unbekannt, solange die Konfigura\u00ADtions\u00ADdatei nicht lesbar ist',
    memory: 'Nur im Arbeitsspeicher, bis sich etwas schreiben lässt',
    ownFolder: 'Eigener Ordner von Latchkey, bis die Konfigura\u00ADtions\u00ADdatei nutzbar ist',
    showFile: 'Datei anzeigen',
    secondCopy: 'Zweite Kopie im Schlüsselbund des Systems',
    noSecondCopy: 'Keine zweite Kopie im Schlüsselbund des Systems',
    accessOnly: (file: string) => `${file}; was zum Erneuern nötig ist, liegt im Schlüsselbund`,
    keychain: 'Schlüsselbund des Systems',
    /** On the card where it can be changed: each way, and for whom it is. */
    question: 'Wo diese Anmeldung liegt',
    ways: {
      'config-file': [
        'In der Konfigura\u00ADtions\u00ADdatei',
        'Vollständig. Für Programme, die selbst erneuern.',
      ],
      'access-only': [
        'In der Konfigura\u00ADtions\u00ADdatei nur das Token',
        'Was es erneuert, liegt im Schlüssel\u00ADbund: Kein anderes Programm kann es verbrauchen oder preisgeben. Nur Latchkey erneuert.',
      ],
      keychain: [
        'Nur im Schlüssel\u00ADbund',
        'In der Datei steht nichts. Programme erhalten das Token mit latchkey token oder latchkey exec.',
      ],
    } satisfies Record<Storage, readonly [name: string, forWhom: string]>,
    done: 'Fertig',
  },
};
