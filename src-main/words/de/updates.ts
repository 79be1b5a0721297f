import type { Catalogue } from '../catalogue.ts';

export const updates: Catalogue['updates'] = {
  packages: {
    checkout: 'aus den Quellen',
    npm: 'npm-Paket',
    deb: 'deb-Paket',
    rpm: 'rpm-Paket',
    'tar.gz': 'tar.gz-Archiv',
    AppImage: 'als AppImage',
    macOS: 'App für macOS',
    Homebrew: 'aus Homebrew',
    Windows: 'für Sie installiert',
    winget: 'aus winget',
    folder: 'portabler Ordner',
  },
  byOthers: 'Neuere Versionen kommen mit Ihren anderen Paketen.',
  byNobody: 'Diese Version sucht nicht nach neueren.',
  idle: 'Einmal am Tag wird nach neueren Versionen gesucht.',
  looking: 'Wird gesucht …',
  current: (when) => `Die neueste, Stand ${when}.`,
  available: (version) => `Version ${version} ist da.`,
  availableElsewhere: (version) => `Version ${version} gibt es dort, woher Sie diese haben.`,
  downloading: (version, percent) => `Version ${version}: ${percent} heruntergeladen.`,
  ready: (version) => `Version ${version} wird installiert, wenn Sie Latchkey beenden.`,
  look: 'Jetzt suchen',
  download: 'Herunterladen',
  skip: 'Diese Version auslassen',
  byItself: 'Neuere Versionen auto\u00ADmatisch herunter\u00ADladen',
  trayAvailable: (version) => `Latchkey ${version} ist da …`,
  trayReady: (version) => `Latchkey ${version} wird beim Beenden installiert`,
  troubles: {
    'feed-unreachable':
      'Nach neueren Versionen konnte nicht gesucht werden: keine Verbindung. Morgen sucht Latchkey wieder.',
    'feed-broken': 'Die Ankündigung neuerer Versionen ergibt keinen Sinn. Nichts wurde geändert.',
    'feed-redirected':
      'Die Ankündigung neuerer Versionen führte zu einem fremden Server. Nichts wurde geändert.',
    'feed-unsigned':
      'Die Ankündigung neuerer Versionen war nicht mit Latchkeys Schlüssel signiert. Nichts wurde geändert.',
    'feed-older': 'Angekündigt ist eine ältere Version als diese. Nichts wurde geändert.',
    'feed-other-product': 'Angekündigt ist ein anderes Programm. Nichts wurde geändert.',
    'file-wrong': 'Die neuere Version war nicht die angekündigte Datei und wurde verworfen.',
    'file-cut-short':
      'Die neuere Version kam nicht ganz an. Suchen Sie noch einmal, um sie neu herunterzuladen.',
    'no-room':
      'Für die neuere Version ist auf dem Datenträger kein Platz. Schaffen Sie welchen und suchen Sie noch einmal.',
    'not-put-in-place':
      'Die neuere Version konnte nicht installiert werden. Sie arbeiten mit dieser weiter; ein neuer Versuch beginnt mit der Suche.',
  },
};
