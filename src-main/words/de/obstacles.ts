import type {
  AnswerOddity,
  ConfigShape,
  FileObstacle,
  KeychainObstacle,
  NetworkObstacle,
  SocketObstacle,
  StorageObstacle,
} from '../../domain/failure.ts';

/** Why a file operation failed: fits after "path: " and in brackets, hence no sentences. */
export const fileObstacles: Record<FileObstacle, string> = {
  EACCES: 'keine Berechtigung',
  EPERM: 'vom System nicht erlaubt',
  EISDIR: 'ein Ordner statt einer Datei',
  ENOTDIR: 'ein Teil des Pfads ist kein Ordner',
  EEXIST: 'ein Teil des Pfads ist kein Ordner',
  taken: 'ein anderes Programm liegt schon dort',
  ELOOP: 'Verknüpfungen führen im Kreis',
  ERR_SQLITE_ERROR: 'Sperrdatei beschädigt; löschen Sie die versteckte Datei, die auf .lock endet',
  ENOENT: 'Ordner nicht vorhanden',
  EROFS: 'Datenträger schreibgeschützt',
  ENOSPC: 'Datenträger voll',
  EDQUOT: 'Speicherkontingent aufgebraucht',
  EMFILE: 'zu viele offene Dateien',
  ENFILE: 'zu viele offene Dateien',
  ENAMETOOLONG: 'Name zu lang',
  EBUSY: 'von einem anderen Programm belegt',
  EIO: 'Fehler des Datenträgers',
  'not-regular': 'keine gewöhnliche Datei',
  'too-large': 'größer als 256 KiB',
  'not-utf8': 'kein UTF-8-Text',
  'replaced-outside':
    'außerhalb dieses Containers durch eine andere Datei ersetzt (statt ihrer ist ihr Ordner einzubinden)',
  'may-be-newer':
    'inzwischen von einem anderen Programm geschrieben, vielleicht mit einer neueren Anmeldung, weshalb nichts erneuert wird',
  'held-too-long': 'von einem anderen Latchkey zu lange belegt',
  unforeseen: 'unerwarteter Fehler',
};

/** What is odd about an answer: stands in brackets. */
export const answerOddities: Record<AnswerOddity, string> = {
  redirect: 'eine Weiterleitung',
  'too-large': 'zu groß',
  'not-json': 'kein JSON',
  'no-access-token': 'JSON ohne brauchbares Zugriffstoken',
  'not-a-profile': 'kein Profil',
  'not-understood': 'nicht verstanden',
  'not-the-issuer': 'ein anderer Server hat diese Anmeldung vergeben',
};

/** Why there is no keychain, and what helps: a sentence or two, the first of which names it. */
export const keychainObstacles: Record<KeychainObstacle, string> = {
  'not-installed':
    'Der Teil von Latchkey, der mit dem Schlüsselbund spricht, fehlt oder lässt sich nicht laden. Installieren Sie unter Linux libsecret (bei Debian und Ubuntu libsecret-1-0) und starten Sie Latchkey neu; sonst installieren Sie Latchkey neu.',
  'no-service':
    'In dieser Sitzung läuft kein Secret Service mit Schlüsselbund. Installieren Sie gnome-keyring, KWallet oder KeePassXC, und melden Sie sich neu am Desktop an.',
  locked:
    'Der Schlüsselbund ist gesperrt. Entsperren Sie den Anmelde-Schlüsselbund, etwa in der Passwortverwaltung des Systems.',
  'no-answer':
    'Der Schlüsselbund hat nicht rechtzeitig geantwortet. Vielleicht wartet er darauf, dass Sie ihn entsperren.',
  refused: 'Der Schlüsselbund hat die Anfrage abgelehnt.',
};

/** What the config file should look like: a sentence after "path: ". `at` is a key's path. */
export const configShapes: Record<ConfigShape, (at: string) => string> = {
  map: (at) => `„${at}“ muss ein Abschnitt mit eigenen Einträgen sein`,
  list: (at) => `„${at}“ muss eine Liste sein`,
  text: (at) => `„${at}“ muss Text sein`,
  untagged: (at) => `„${at}“ darf kein Tag haben`,
  'not-shared': (at) => `„${at}“ muss ausgeschrieben sein, statt auf einen Alias zu verweisen`,
  'list-on-lines': (at) => `„${at}“ muss eine Liste sein, die in einer eigenen Zeile beginnt`,
  plainer: (at) => `„${at}“ muss einfacher geschrieben sein`,
  'line-ends': () => 'Die Zeilenenden müssen durchgehend LF oder CRLF sein',
  shallow: () => 'Abschnitte und Listen sind zu tief verschachtelt',
  'one-document': () => 'Die Datei darf nur ein Dokument enthalten (kein „---“ dazwischen)',
  'top-level-map': () => 'Die Datei muss aus Abschnitten bestehen, darunter „providers“',
};

/** Why no connection was made: stands in brackets. */
export const networkObstacles: Record<NetworkObstacle, string> = {
  ECONNREFUSED: 'Verbindung abgelehnt',
  ENOTFOUND: 'Name nicht gefunden',
  EAI_AGAIN: 'Name nicht gefunden',
  EHOSTUNREACH: 'Host nicht erreichbar',
  ENETUNREACH: 'Netz nicht erreichbar',
  ENETDOWN: 'kein Netz',
  EADDRNOTAVAIL: 'kein Netz',
  ECONNRESET: 'Verbindung abgebrochen',
  EPIPE: 'Verbindung abgebrochen',
  ETIMEDOUT: 'keine Verbindung innerhalb der Frist',
  UND_ERR_CONNECT_TIMEOUT: 'keine Verbindung innerhalb der Frist',
  PROXY_FINDS_NO_NAME: 'der Proxy findet den Namen nicht',
  PROXY_CANNOT_REACH: 'der Proxy erreicht ihn nicht',
  PROXY_WAITED_IN_VAIN: 'der Proxy wartete vergeblich',
};

/** Why nobody listens at a socket, or answers: fits after "path: ". */
export const socketObstacles: Record<SocketObstacle, string> = {
  ENOENT: 'dort ist nichts',
  ECONNREFUSED: 'dort lauscht niemand',
  EACCES: 'keine Berechtigung',
  EROFS: 'Datenträger schreibgeschützt',
  'path-too-long': 'der Pfad ist dem System zu lang',
  'folder-not-private': 'der Ordner gehört nicht Ihnen allein (0700)',
  'not-a-socket': 'dort liegt etwas anderes',
  'not-an-agent': 'wer dort antwortet, ist kein Agent',
  'no-answer': 'es kam nicht rechtzeitig eine Antwort',
  unforeseen: 'unerwarteter Fehler',
};

/** Why an account's secrets have to stay where they are. */
export const storageObstacles: Readonly<Record<StorageObstacle, string>> = {
  shared: 'Ein anderes Konto hat dieselbe Anmeldung. Melden Sie zuerst eines davon ab.',
  'not-in-place': 'Sie steht nicht an ihrem Platz in der Konfigurationsdatei. Beheben Sie zuerst das.',
  'not-ours': 'Ein anderes Programm erneuert sie: Was es dazu braucht, muss bleiben, wo es nachsieht.',
};
