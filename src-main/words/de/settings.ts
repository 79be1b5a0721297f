import type { Catalogue } from '../catalogue.ts';

/** What a person decides once. */
export const settings: Catalogue['settings'] = {
  title: 'Einstellungen',
  app: 'App',
  startAtLogin: 'Beim Start des Compu\u00ADters öffnen',
  command: {
    label: 'Der Befehl latchkey im Terminal',
    file: (path) =>
      `Liegt dann als ${path} bereit. Findet ein Terminal den Befehl nicht, nehmen Sie diesen Ordner in den Suchpfad auf.`,
    folder: (path) => `Nimmt ${path} in Ihren Suchpfad auf; gilt für Terminals, die Sie danach öffnen.`,
  },
  theme: 'Darstellung',
  themes: { system: 'System', light: 'Hell', dark: 'Dunkel' },
  language: 'Sprache',
  languageOfSystem: (name) => `System (${name})`,
  accounts: {
    title: 'Konten',
    add: 'Weiteres Konto hinzufügen',
    addHint: 'Hinzugefügt wird, wer in Ihrem Browser bei claude.ai angemeldet ist.',
  },
  notify: {
    title: 'Benachrichtigen',
    needsYou: 'Wenn etwas zu tun ist',
    loginEnds: '3 Tage und 1 Tag, bevor ich mich neu anmelden muss',
    signedIn: 'Nach dem Anmelden',
  },
  advanced: 'Erweitert',
  tokens: {
    keptIn: 'Konfigura\u00ADtions\u00ADdatei',
    keptInHint:
      'Dort suchen andere Programme nach Tokens. LATCHKEY_CONFIG_FILE kann eine andere Datei nennen.',
    showFile: 'Datei anzeigen',
    keychain: 'Zweite Kopie im Schlüssel\u00ADbund des Systems',
    keychainOff: 'Aus: Die zweite Kopie liegt in Latchkeys eigenem Ordner, nur für Sie lesbar.',
  },
  signIn: {
    port: 'Callback-Port',
    portHint: 'Hierhin kehrt der Browser zurück. Ist der Port belegt, wird der nächste freie verwendet.',
    portPrescribed: 'Von der Umgebung vorgegeben (LATCHKEY_CALLBACK_PORT).',
    portProblems: {
      'not-a-number': 'Ein Port ist eine Zahl von 1024 bis 65535.',
      'too-high': 'Das ist zu hoch: Ports enden bei 65535.',
      missing: 'Ein Port ist nötig: eine Zahl von 1024 bis 65535.',
      'too-low': 'Ports unter 1024 gehören dem System: Wählen Sie einen von 1024 bis 65535.',
    },
    tokenHost: 'Token-Server',
    tokenHostHint: 'Wird zuerst angefragt; kennt er die Adresse nicht (404), kommt fortan der andere zuerst.',
    tokenHostPractice: 'Beim Üben ohne Wirkung: Tokens kommen dann vom Übungsserver.',
  },
  proxy: {
    legend: 'Proxy',
    uses: { system: 'Laut System', none: 'Keiner', this: 'Dieser' },
    hints: {
      system: 'Ist HTTPS_PROXY oder eine verwandte Umgebungs\u00ADvariable gesetzt, so gilt diese.',
      none: 'Anfragen gehen direkt hinaus, was auch immer System und Umgebung sagen.',
      this: 'Für alles außer den Hosts, die NO_PROXY nennt.',
    },
    address: 'Adresse',
    addressHint:
      'Zum Beispiel http://proxy.example:3128; auch https:// und socks5://. Ein Benutzername steht vor einem @.',
    missing: 'Eine Adresse ist nötig.',
    password: (user) => `Passwort von ${user}`,
    passwordHint:
      'Liegt im Schlüssel\u00ADbund des Systems, nie in einer Datei, und wird nicht wieder angezeigt.',
    keep: 'Speichern',
    kept: 'Im Schlüsselbund gespeichert.',
    keptUntilQuit: 'Der Schlüsselbund ist nicht verfügbar: Das Passwort gilt, bis Latchkey beendet wird.',
  },
  about: {
    title: 'Über Latchkey',
    version: (version) => `Version ${version}`,
    licences: 'Lizenzen',
    contains: 'Latchkey steht unter der MIT-Lizenz und enthält:',
    beside: 'Electron und Chromium bringen ihre mit, in Dateien neben der App.',
  },
  saved: 'Gespeichert.',
  undone: 'Rückgängig gemacht.',
  undo: 'Rückgängig',
  back: 'Zurück',
};
