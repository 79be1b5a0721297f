import type { Catalogue } from '../catalogue.ts';
import { isForbidden, isSpoken, lookUp } from '../look-up.ts';
import { network } from './network.ts';
import {
  answerOddities,
  configShapes,
  fileObstacles,
  keychainObstacles,
  networkObstacles,
} from './obstacles.ts';

/** Begins with its verb: stands after "bis dahin" or a clause. */
const keptAside = 'liegen die Zugangsdaten im eigenen Ordner von Latchkey';

const viaWay = (way: string | null) => (way === null ? '' : `, ${way}`);
const inWay = (way: string | null) => (way === null ? '' : ` (${way})`);

export const failures: Catalogue['failures'] = {
  'terms-not-acknowledged': () => ({
    title: 'Bitte zuerst die Bedingungen lesen',
    explanation:
      'Vor dem ersten Anmelden bestätigen Sie einmalig, dass Sie gelesen haben, was Anthropic zu solchen Anmeldungen sagt.',
  }),
  'runtime-not-vouched': ({ runtime }) => ({
    title: 'Nicht mit diesem Electron',
    explanation: `Latchkey läuft hier mit einem Ersatz für Electron (${runtime}), für dessen Herkunft niemand bürgen kann, denn die vorgesehene Version ließ sich nicht herunterladen. Daher sind nur Verbindungen zu diesem Rechner erlaubt. Üben ist möglich; für eine echte Anmeldung starten Sie Latchkey in einem Netz, das den Download-Server von Electron erreicht.`,
  }),
  'environment-invalid': ({ variable, reason }) => ({
    title: `${variable} ist ungültig`,
    explanation: {
      'not-a-port': 'Nötig ist eine Portnummer von 1 bis 65535.',
      'not-a-url': 'Der Wert ist keine URL.',
      'not-https': 'Adressen müssen mit https beginnen; http ist nur zu diesem Rechner selbst erlaubt.',
      'has-credentials': 'Die Adresse enthält einen Benutzernamen oder ein Passwort.',
      'has-fragment': 'Die Adresse enthält ein Fragment (#).',
    }[reason],
  }),
  'port-busy': ({ port, instead }) => ({
    title: `Port ${port} ist belegt`,
    explanation: `Ein anderes Programm verwendet Port ${port}, daher läuft das Anmelden diesmal über Port ${instead}. Sie müssen nichts weiter tun.`,
  }),
  'no-callback-port': ({ port }) => ({
    title: 'Kein Port verfügbar',
    explanation: `Weder Port ${port} noch ein anderer ließ sich auf diesem Rechner öffnen; der Browser könnte nicht zu Latchkey zurückkehren. Vielleicht verhindert das eine Firewall oder ein Sicherheitsprogramm.`,
  }),
  'browser-not-opened': () => ({
    title: 'Der Browser hat sich nicht geöffnet',
    explanation: 'Kopieren Sie den Link und öffnen Sie ihn in einem beliebigen Browser auf diesem Rechner.',
  }),
  'authorization-timeout': ({ minutes }, { lasting }) => ({
    title: 'Zustimmung kam nicht rechtzeitig',
    explanation: `Innerhalb von ${lasting(60 * minutes)} kam keine Zustimmung an. Melden Sie sich neu an und stimmen Sie zu, solange die Uhr läuft.`,
  }),
  'access-denied': () => ({
    title: 'Zugriff abgelehnt',
    explanation:
      'Die Anfrage wurde im Browser abgelehnt (access_denied). Um fortzufahren, melden Sie sich neu an und stimmen Sie zu.',
  }),
  'authorization-refused': ({ error }) => ({
    title: 'Der Dienst lässt das Anmelden nicht zu',
    explanation: `Der Dienst antwortete mit „${error}“. Es wurde nichts gespeichert; ein späterer Versuch hilft vielleicht.`,
  }),
  'sign-in-cancelled': () => ({
    title: 'Anmeldung abgebrochen',
    explanation: 'Es wurde nichts gespeichert.',
  }),
  'grant-refused': (_failure, { during }) =>
    during !== 'sign-in'
      ? {
          title: 'Der Dienst nimmt die Anmeldung nicht mehr an',
          explanation:
            'Das Refresh-Token gilt nicht mehr (invalid_grant): Die Anmeldung ist ausgelaufen, wurde widerrufen, oder ein anderes Programm hat das Token verbraucht. Um fortzufahren, melden Sie sich neu an.',
        }
      : {
          title: 'Der Code wurde abgelehnt',
          explanation:
            'Der Dienst hat den Autorisierungscode nicht angenommen (invalid_grant). Ein Code gilt nur kurz und nur einmal; melden Sie sich neu an, um einen frischen zu erhalten.',
        },
  'request-malformed': ({ message, requestId }) => ({
    title: 'Der Dienst hat die Anfrage abgewiesen',
    explanation: `Der Dienst meldete „${message}“${requestId === null ? '' : ` (Anfrage ${requestId})`}. Das heißt nicht, dass Ihre Anmeldung beendet ist; vielleicht hat der Dienst eine Störung.`,
  }),
  'rate-limited': ({ retryAfterSeconds }, { lasting }) => ({
    title: 'Zu viele Anfragen',
    explanation:
      retryAfterSeconds === null
        ? 'Der Dienst bittet um eine Pause (429). Warten Sie einige Minuten bis zum nächsten Versuch.'
        : `Der Dienst bittet, mit dem nächsten Versuch ${lasting(retryAfterSeconds)} zu warten (429).`,
  }),
  'network-challenge': ({ host }) => ({
    title: 'Ein Netzwerk\u00ADfilter blockiert die Verbindung',
    explanation: `Von ${host} kam eine Browserprüfung statt einer Antwort des Dienstes. Das liegt am Netz, nicht an Ihrer Anmeldung: Versuchen Sie es in einem anderen Netz oder ohne VPN.`,
  }),
  'token-endpoint-missing': ({ host }) => ({
    title: 'Die Token-Adresse gibt es nicht mehr',
    explanation: `${host} kennt die Adresse für Tokens nicht mehr (404). Eine neuere Version von Latchkey kennt vielleicht die richtige.`,
  }),
  'service-down': ({ status }, { during }) => ({
    title: 'Der Dienst hat eine Störung',
    explanation: `Der Dienst antwortete mit ${status}. An Ihrer Anmeldung liegt es nicht; ${during === 'refresh' ? 'Latchkey versucht es von selbst wieder.' : 'versuchen Sie es später noch einmal.'}`,
  }),
  'network-down': ({ host, reason, proxy }, { during, way, says }) =>
    proxy === host
      ? {
          title: 'Der Proxy ist nicht erreichbar',
          explanation: `Keine Verbindung zu ${host} (${networkObstacles[reason]}); über diesen Proxy führt ${says} der Weg. ${during === 'refresh' ? 'Sobald er wieder da ist, macht Latchkey von selbst weiter.' : 'Prüfen Sie seine Adresse und das Netz und versuchen Sie es dann noch einmal.'}`,
        }
      : {
          title: 'Keine Verbindung',
          explanation: `${host} war nicht erreichbar (${networkObstacles[reason]})${viaWay(way)}. ${during === 'refresh' ? 'Sobald das Netz wieder da ist, macht Latchkey von selbst weiter.' : 'Prüfen Sie das Netz und versuchen Sie es dann noch einmal.'}`,
        },
  'connection-untrusted': ({ host, reason, issuer }, { way }) => ({
    title: 'Die Verbindung ist nicht vertrauens\u00ADwürdig',
    explanation:
      issuer === undefined
        ? `${host} zeigte ein Zertifikat, dem dieser Rechner nicht vertraut (${reason})${viaWay(way)}; deshalb wurde nichts gesendet. Die Ursache kann ein Proxy sein oder eine Uhr, die falsch geht.`
        : `${host} zeigte ein Zertifikat von „${issuer}“, dem dieser Rechner nicht vertraut (${reason})${viaWay(way)}; deshalb wurde nichts gesendet. Ist das Ihre Firma, so gehört ihr Zertifikat in den Zertifikatsspeicher des Systems oder in die Datei, die NODE_EXTRA_CA_CERTS nennt; sonst hört jemand mit.`,
  }),
  'proxy-unusable': ({ reason }, { says }) => ({
    title: 'Die Adresse des Proxys ist unbrauchbar',
    explanation: `Der Weg führt ${says} über einen Proxy, dessen Adresse nicht zu verwenden ist; deshalb wurde nichts gesendet. ${network.flaws[reason]}`,
  }),
  'proxy-refused': ({ host, reason, proxy }, { says }) => ({
    title: 'Der Proxy lehnt ab',
    explanation: `${proxy} lässt Latchkey nicht zu ${host} durch (${lookUp(network.oddities, reason)}); über diesen Proxy führt ${says} der Weg. Gesendet wurde nichts. Erlauben kann es, wer ihn betreibt.`,
  }),
  'proxy-login': ({ proxy, schemes, given }, { says }) => ({
    title: given ? 'Der Proxy nimmt das Passwort nicht an' : 'Der Proxy verlangt eine Anmeldung',
    explanation: schemes.some(isSpoken)
      ? given
        ? `${proxy} hat Benutzername und Passwort abgelehnt (${schemes.join(', ')}). Über diesen Proxy führt ${says} der Weg; berichtigen Sie die Angaben dort.`
        : `${proxy} fragt, wer Sie sind (${schemes.join(', ')}). Über diesen Proxy führt ${says} der Weg: Ergänzen Sie Benutzername und Passwort in seiner Adresse oder in den Einstellungen.`
      : `${proxy} verlangt eine Anmeldung, die Latchkey nicht beherrscht (${schemes.join(', ') || 'ohne Angabe'}). Ein Hilfsprogramm auf diesem Rechner, das sie beherrscht, etwa Px oder Cntlm, kann stattdessen als Proxy eingetragen werden.`,
  }),
  'answer-lost': ({ host }, { during, way }) =>
    ({
      'sign-in': {
        title: 'Die Antwort ging verloren',
        explanation: `Auf die Anfrage kam von ${host} keine vollständige Antwort${inWay(way)}. Der Code ist vielleicht schon verbraucht und wird nicht noch einmal gesendet: Melden Sie sich neu an.`,
      },
      refresh: {
        title: 'Ungewiss, ob die Anmeldung noch gilt',
        explanation: `Auf die Anfrage nach einem neuen Token kam von ${host} keine vollständige Antwort${inWay(way)}. Das Refresh-Token ist vielleicht schon verbraucht; Latchkey versucht es daher höchstens zweimal und überlässt es dann Ihnen.`,
      },
      other: {
        title: 'Die Antwort ging verloren',
        explanation: `Auf die Anfrage kam von ${host} keine vollständige Antwort${inWay(way)}.`,
      },
    })[during],
  'answer-unexpected': ({ host, reason }) => ({
    title: 'Unverständ\u00ADliche Antwort',
    explanation: `Mit der Antwort von ${host} kann Latchkey nichts anfangen (${lookUp(answerOddities, reason)}).`,
  }),
  'not-signed-in': ({ id }) => ({
    title: 'Nicht angemeldet',
    explanation: `Es gibt keine Anmeldung mit der ID „${id}“.`,
  }),
  'not-refreshable': () => ({
    title: 'Diese Anmeldung lässt sich nicht erneuern',
    explanation:
      'Der Eintrag in der Konfigura\u00ADtions\u00ADdatei hat kein Refresh-Token oder gehört zu einem anderen Client. Die Anmeldung gilt, bis ihr Token abläuft.',
  }),
  'login-locked': () => ({
    title: 'Ein anderes Latchkey belegt die Anmeldung',
    explanation:
      'Ein anderes Latchkey ist schon zu lange dabei, die Anmeldung zu erneuern oder zu speichern. Beenden Sie es oder versuchen Sie es noch einmal.',
  }),
  'entry-removed': ({ path, copy }) => ({
    title: 'Anmeldung aus der Konfigura\u00ADtions\u00ADdatei entfernt',
    explanation: `Ein anderes Programm hat Ihre Anmeldung aus ${path} entfernt. ${copy ? 'Latchkey hat sie noch und lässt die Datei unberührt, bis Sie entscheiden.' : 'Latchkey hat keine Kopie davon.'}`,
  }),
  'entry-replaced': ({ path, copy }) => ({
    title: 'Anmeldung in der Konfigura\u00ADtions\u00ADdatei ersetzt',
    explanation: `Ein anderes Programm hat einen älteren oder fremden Eintrag in ${path} geschrieben. ${copy ? 'Latchkey hat Ihren noch und lässt die Datei unberührt, bis Sie entscheiden.' : 'Von Ihrem Eintrag hat Latchkey keine Kopie.'}`,
  }),
  'nowhere-to-store': ({ path, reason }) => ({
    title: 'Kein Platz für ein neues Token',
    explanation: `Der Dienst wurde nicht gefragt, weil seine Antwort nirgends aufbewahrt werden könnte: ${path}: ${lookUp(fileObstacles, reason)}. Ihre Anmeldung ist unberührt; schaffen Sie dort Platz und versuchen Sie es noch einmal.`,
  }),
  'login-shared': ({ others }) => ({
    title: 'Eine Anmeldung unter mehreren IDs',
    explanation: `Dieselbe Anmeldung steht in der Konfigurationsdatei auch unter ${others.map((id) => `„${id}“`).join(', ')}. Latchkey erneuert sie gemeinsam; melden Sie eine ab, bleiben die anderen bestehen.`,
  }),
  'id-shared': ({ id }) => ({
    title: 'Zwei Anmeldungen unter einer ID',
    explanation: `Mehrere Einträge der Konfigurationsdatei haben die ID „${id}“, aber verschiedene Anmeldungen. Latchkey hält die erste am Leben; geben Sie der anderen eine eigene ID.`,
  }),
  'expiry-not-understood': ({ path, value }) => ({
    title: 'Andere Programme erneuern dieses Token nicht',
    explanation: `Sein expires_at in ${path} lautet „${value}“, und das verstehen sie nicht als Zeitpunkt. Latchkey kann es richtig schreiben.`,
  }),
  'test-forbidden': ({ status, message }) => ({
    title: 'Der Token-Test wurde abgelehnt',
    explanation: `Der Dienst antwortete mit ${status}${message === '' ? '' : `: „${message}“`}. Das ist zu erwarten: Solche Tokens sind Claude Code vorbehalten. Das Token wurde gespeichert.`,
  }),
  'test-claude-code-only': () => ({
    title: 'Nur für Claude Code',
    explanation:
      'Laut dem Dienst sind diese Zugangsdaten nur für Claude Code zugelassen. Das ist zu erwarten, und das Token wurde gespeichert. Für allgemeinen API-Zugriff verwenden Sie einen API-Schlüssel.',
  }),
  'test-scope-missing': ({ scope }) => ({
    title: 'Das Token darf das Profil nicht lesen',
    explanation: `Dem Token fehlt der Scope ${scope}; der Name des Kontos bleibt daher unbekannt. Das Token wurde gespeichert.`,
  }),
  'test-organization-not-allowed': () => ({
    title: 'Für diese Organisation nicht erlaubt',
    explanation:
      'Der Tarif oder die Administration dieser Organisation lässt solche Anmeldungen nicht zu. Das Token wurde gespeichert, funktioniert aber vielleicht nicht.',
  }),
  'test-token-expired': () => ({
    title: 'Das neue Token ist schon abgelaufen',
    explanation: 'Für den Dienst ist das Token abgelaufen. Vielleicht geht die Uhr dieses Rechners falsch.',
  }),
  'test-header-missing': () => ({
    title: 'Unser Fehler',
    explanation:
      'Dem Dienst fehlt ein Header, den Latchkey hätte senden sollen. Das Token wurde gespeichert. Bitte melden Sie uns das.',
  }),
  'config-unreadable': ({ path, reason }, { isKeptAside }) => ({
    title: 'Die Konfigura\u00ADtions\u00ADdatei ist nicht lesbar',
    explanation: `${path}: ${lookUp(fileObstacles, reason)}. Die Datei blieb unberührt. ${isForbidden(reason) ? 'Prüfen Sie die Zugriffsrechte (mit chmod 600 gehört die Datei Ihnen allein)' : 'Beheben Sie das'}; bis dahin ${isKeptAside ? keptAside : 'weiß niemand, welche Anmeldungen darin stehen'}.`,
    crux: lookUp(fileObstacles, reason),
  }),
  'config-not-yaml': ({ path, line, column }, { isKeptAside }) => ({
    title: 'Die Konfigura\u00ADtions\u00ADdatei ist kein gültiges YAML',
    explanation: `Der Fehler steht in ${path}, Zeile ${line}, Spalte ${column}. Die Datei blieb unberührt. Bis die Zeile korrigiert ist, ${isKeptAside ? keptAside : 'weiß niemand, welche Anmeldungen darin stehen'}.`,
    crux: `Zeile ${line}, Spalte ${column}`,
  }),
  'config-shape': ({ path, at, expected }, { isKeptAside }) => ({
    title: 'Unerwarteter Aufbau der Konfigura\u00ADtions\u00ADdatei',
    explanation: `${path}: ${configShapes[expected](at)}. Die Datei blieb unberührt. ${isKeptAside ? `Bis sie korrigiert ist, ${keptAside}.` : 'Bitte korrigieren Sie sie.'}`,
    crux: configShapes[expected](at),
  }),
  'config-not-writable': ({ path, reason }, { isKeptAside }) => ({
    title: 'Die Konfigura\u00ADtions\u00ADdatei ist nicht beschreibbar',
    explanation: `${path}: ${lookUp(fileObstacles, reason)}.${isKeptAside ? ` Bis das behoben ist, ${keptAside}.` : ''}`,
    crux: lookUp(fileObstacles, reason),
  }),
  'config-locked': ({ path }, { isKeptAside }) => ({
    title: 'Die Konfigura\u00ADtions\u00ADdatei ist belegt',
    explanation: `Ein anderes Latchkey hat ${path} zu lange belegt.${isKeptAside ? ` Bis die Datei frei ist, ${keptAside}.` : ''}`,
  }),
  'config-readable-by-others': ({ path, mode }) => ({
    title: 'Andere können Ihre Konfigura\u00ADtions\u00ADdatei lesen',
    explanation: `${path} enthält Tokens und hat die Rechte ${mode}: Wer diesen Rechner mitbenutzt, kann sie lesen.`,
  }),
  'config-made-private': ({ path, mode }) => ({
    title: 'Die Konfigura\u00ADtions\u00ADdatei gehört jetzt Ihnen allein',
    explanation: `${path} hatte die Rechte ${mode}, andere konnten sie also lesen. Weil jetzt Tokens darin stehen, hat sie die Rechte 0600.`,
  }),
  'older-block': ({ path }) => ({
    title: 'Eine Anmeldung, die niemand erneuert',
    explanation: `${path} enthält eine Anmeldung in einem älteren Block (providers.anthropic.oauth), den heutige Programme nicht lesen. Latchkey kann sie übernehmen.`,
  }),
  'data-not-writable': ({ path, reason }) => ({
    title: 'Der Ordner von Latchkey ist nicht beschreibbar',
    explanation: `${path}: ${lookUp(fileObstacles, reason)}. Bis das behoben ist, gelten Einstellungen und Verlauf nur bis zum Beenden.`,
  }),
  'data-set-aside': ({ path, setAsideAs }) => ({
    title: 'Eine Datei von Latchkey war unlesbar',
    explanation: `${path} ließ sich nicht lesen. Die Datei heißt jetzt ${setAsideAs}, und eine neue ist angelegt; Zugangsdaten sind nicht betroffen.`,
  }),
  'keychain-unavailable': ({ reason }) => ({
    title: 'Der Schlüsselbund des Systems ist nicht verfügbar',
    explanation: `${keychainObstacles[reason]} Latchkey funktioniert auch so und versucht es später wieder; im Schlüsselbund liegt nur eine zweite Kopie Ihrer Zugangsdaten.`,
  }),
  'clock-off': ({ seconds }, { lasting }) => ({
    title: 'Die Uhr geht offenbar falsch',
    explanation: `Die Uhr dieses Rechners weicht um ${lasting(Math.abs(seconds))} von der des Dienstes ab. Angezeigte Zeiten können um ebenso viel falsch sein.`,
  }),
  'autostart-unchanged': ({ reason }) => ({
    title: 'Autostart nicht geändert',
    explanation: `Das System hat die Änderung nicht angenommen (${lookUp(fileObstacles, reason)}).`,
  }),
  'practice-failed': () => ({
    title: 'Die Übung endete mit einem Fehler',
    explanation:
      'Sie konnte nicht weiterlaufen. Den Grund zeigt ein Start im Terminal: npm start -- --practice.',
  }),
  internal: ({ message }) => ({
    title: 'Etwas Unerwartetes ist passiert',
    explanation: `Latchkey ist auf einen unbekannten Fehler gestoßen (${message}). Bitte melden Sie uns das.`,
  }),
};
