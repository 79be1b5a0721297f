import type { Catalogue } from '../catalogue.ts';

/** What else stands in the window. */
export const window: Catalogue['window'] = {
  welcome: {
    title: 'Nicht angemeldet',
    titleCancelled: 'Anmeldung abgebrochen',
    lead: 'Melden Sie sich einmal im Browser\u00A0an. Latchkey hält die Anmeldung am Leben und zeigt, wie lange sie noch gilt.',
    first: {
      title: 'Willkommen bei Latchkey',
      lead: 'Hält Ihre Claude-Anmeldung am Leben, für die Programme auf diesem Computer.',
      browser: {
        title: 'Im eigenen Browser anmelden',
        text: 'Ihr Passwort bleibt dort, Ihre Tokens in einer Datei auf diesem Computer.',
      },
      renewal: {
        title: 'Erneuert sich von selbst',
        text: 'Etwa vier Wochen lang; dann melden Sie sich noch einmal an.',
      },
      tray: {
        title: 'Wohnt hier, im Infobereich',
        text: 'Ein Blick auf dieses Symbol zeigt, wie es steht.',
      },
    },
    practice: 'Das ist das Übungskonto: Probieren Sie alles aus, echte Konten bleiben unberührt.',
    tryPractice: 'Übungskonto ausprobieren',
    practiceStarting: 'Die Übung öffnet sich daneben, mit eigenem Symbol.',
  },
  unknown: {
    looksAgain: 'Sobald sich die Datei ändert, sieht Latchkey von selbst wieder nach.',
  },
  crashed: {
    title: 'Dieses Fenster ist abgestürzt',
    lead: 'Betroffen ist nur dieses Fenster: Latchkey selbst läuft weiter.',
    openAgain: 'Neu öffnen',
  },
  cancel: 'Abbrechen',
  close: 'Schließen',
  done: 'Fertig',
  details: 'Details',
  keepOne: {
    question: (keep) =>
      `„${keep}“ behalten und die anderen aus der Konfigura\u00ADtions\u00ADdatei entfernen?`,
    button: 'Entfernen',
  },
  fileHealth: 'Zustand der Datei',
  moreFindings: (count) => (count === 1 ? 'Noch ein Hinweis' : `Noch ${count} Hinweise`),
  settings: 'Einstellungen',
  renewing: 'Wird erneuert\u00A0…',
  triedAgain: (what) => `Gerade erneut versucht. Das Hindernis besteht weiter: ${what}`,
  copyDiagnostics: 'Diagnose kopieren',
  diagnosticsCopied: 'Kopiert. Enthält nichts Geheimes.',
  reportProblem: 'Problem melden',
  reportCopied: 'Kopiert, ohne Geheimes: Fügen Sie es in Ihre Meldung ein.',
  chain: {
    computer: 'Dieser Computer',
    network: 'Netz',
    claude: 'Claude',
    brokenAt: (link) => `Hier hat es gestockt: ${link}`,
  },
  copyAccessToken: 'Zugriffstoken kopieren',
  accessTokenCopied: 'Kopiert. Die Zwischenablage wird in 1\u00A0Min. geleert.',
  signOut: {
    button: 'Abmelden',
    question: 'Auf diesem Computer abmelden?',
    text: {
      'config-file':
        'Latchkey entfernt die Tokens aus der Konfigura\u00ADtions\u00ADdatei und die eigenen Kopien aus dem Schlüsselbund und dem eigenen Ordner.',
      'access-only':
        'Latchkey entfernt das Token aus der Konfigura\u00ADtions\u00ADdatei und das, womit es erneuert wird, aus dem Schlüsselbund. Sonst liegt beides nirgends.',
      keychain: 'Latchkey entfernt die Tokens aus dem Schlüsselbund. Sonst liegen sie nirgends.',
    },
    courtesy:
      'Claude wird gebeten, die Anmeldung auch zu widerrufen, sofern nichts anderes sie benutzt. Latchkey wartet nicht auf die Antwort.',
    done: 'Auf diesem Computer abgemeldet',
    doneFor: (who) => `Auf diesem Computer abgemeldet: ${who}`,
    said: {
      asked: 'Claude wurde gebeten, die Anmeldung zu widerrufen, und hat noch nicht geantwortet.',
      revoked: 'Claude bestätigt, dass die Anmeldung widerrufen ist.',
      'no-answer': 'Claude hat auf die Bitte, die Anmeldung zu widerrufen, nicht geantwortet.',
      refused: (status) => `Claude hat es abgelehnt, die Anmeldung zu widerrufen (Status ${status}).`,
    },
    notAsked: {
      nothing: 'Claude wurde nicht um Widerruf gebeten: Dafür gab es kein Token.',
      over: 'Claude wurde nicht um Widerruf gebeten: Die Anmeldung war zu Ende, oder ihr Token ist vielleicht verbraucht.',
      shared:
        'Claude wurde nicht um Widerruf gebeten: Dieselbe Anmeldung liegt noch anderswo und geht dort weiter.',
      others:
        'Claude wurde nicht um Widerruf gebeten: Ein anderes Programm hat die Anmeldung geändert und benutzt sie vielleicht noch.',
      'not-the-issuer':
        'Claude wurde nicht um Widerruf gebeten: Ob der eingestellte Server die Anmeldung ausgestellt hat, ist ungewiss.',
      runtime: 'Claude wurde nicht um Widerruf gebeten: Diese Version spricht nur mit diesem Computer.',
    },
    revokeYourself: 'Bei Claude widerrufen',
  },
  technically: 'Technisch',
  yes: 'ja',
  no: 'nein',
  facts: {
    code: 'Code',
    runtime: 'Laufzeit\u00ADumgebung',
    variable: 'Variable',
    reason: 'Grund',
    port: 'Port',
    instead: 'Stattdessen',
    minutes: 'Minuten',
    error: 'Fehler',
    message: 'Meldung',
    requestId: 'Anfrage-ID',
    retryAfterSeconds: 'Wartezeit (Sek.)',
    host: 'Host',
    proxy: 'Proxy-Server',
    as: 'Genannt von',
    issuer: 'Aussteller',
    schemes: 'Verfahren',
    given: 'Passwort gesendet',
    status: 'Status',
    id: 'ID',
    path: 'Pfad',
    copy: 'Kopie',
    copied: 'Ordner ist Kopie',
    scope: 'Scope',
    line: 'Zeile',
    column: 'Spalte',
    at: 'Stelle',
    expected: 'Erwartet',
    mode: 'Rechte',
    exitCode: 'Exit-Code',
    others: 'Weitere',
    keep: 'Kann allein bleiben',
    goesOnAs: 'Geht weiter als',
    value: 'Wert',
    by: 'Durch',
    folder: 'Ordner',
    tracked: 'Versioniert',
    service: 'Dienst',
    own: 'Eigener Ordner',
    setAsideAs: 'Heißt jetzt',
    seconds: 'Sekunden',
  },
  testSetup: 'Test\u00ADumgebung',
  circumstances: {
    practice: {
      short: 'Übung',
      explanation: (configFile) =>
        `Angemeldet wird am Übungsserver auf diesem Computer, gespeichert in ${configFile}. Echte Konten bleiben unberührt.`,
    },
    otherEndpoints: {
      short: 'Andere Adressen',
      explanation: (hosts) => `Nicht die Adressen von Anthropic, sondern: ${hosts}.`,
    },
    standInRuntime: {
      short: 'Ersatz für Electron',
      explanation: (runtime) =>
        `Läuft mit ${runtime}. Für die Herkunft bürgt niemand; daher sind nur Verbindungen zu diesem Computer erlaubt.`,
    },
    sandboxOff: {
      short: 'Sandbox aus',
      explanation: 'Die Sandbox von Chromium ist aus: Als root und in Containern geht es nicht anders.',
    },
  },
};
