import type { Catalogue } from '../catalogue.ts';
import { KEYCHAIN_IS_THERE, type AnswerOddity } from '../../domain/failure.ts';
import { isSpoken } from '../../domain/proxy.ts';
import { isForbidden, isFull, lookUp } from '../look-up.ts';
import { apiKey } from './api-key.ts';
import { network } from './network.ts';
import {
  answerOddities,
  configShapes,
  fileObstacles,
  keychainObstacles,
  networkObstacles,
  socketObstacles,
  storageObstacles,
} from './obstacles.ts';

/** Begins with its verb: stands after "bis dahin" or a clause. */
const keptAside = 'liegt das Token im eigenen Ordner von Latchkey';
const unwritten = (isKnown: boolean) =>
  isKnown ? 'schreibt Latchkey nichts hinein' : 'weiß Latchkey nicht, welche Anmeldungen darin stehen';

const copiedHere =
  'Latchkeys Ordner stammt von einem anderen Computer oder aus einer Sicherung: Vielleicht wird die Anmeldung anderswo benutzt oder wurde schon erneuert. Im Zweifel melden Sie sich neu an und stellen sie nicht wieder her.';

const viaWay = (way: string | null) => (way === null ? '' : `, ${way}`);

const goesOn = (what: string, as: string | undefined) =>
  as === undefined
    ? undefined
    : `${what} geht offenbar unter „${as}“ weiter; stellt man sie hier wieder her, enden womöglich beide. Für eine unter dieser ID melden Sie sich neu an.`;

export const failures: Catalogue['failures'] = {
  'terms-not-acknowledged': () => ({
    title: 'Bitte zuerst die Bedingungen lesen',
    explanation:
      'Vor dem ersten Anmelden bestätigen Sie einmalig, dass Sie gelesen haben, was Anthropic zu solchen Anmeldungen sagt.',
  }),
  'runtime-not-vouched': ({ runtime }) => ({
    title: 'Anmelden geht mit diesem Ersatz für Electron nicht',
    explanation:
      'Für die Herkunft des Ersatzes bürgt niemand; daher verbindet sich Latchkey nur mit diesem Computer. Die vorgesehene Version ließ sich nicht herunterladen. Starten Sie Latchkey in einem Netz, das den Download zulässt.',
    technical: runtime,
  }),
  'environment-invalid': ({ variable, reason }) => ({
    title: `${variable} ist ungültig`,
    explanation: {
      'not-a-port': 'Nötig ist eine Portnummer von 1 bis 65535.',
      'reserved-name': 'Darin steht ein Name, den Windows für Geräte braucht, wie CON oder NUL.',
      'not-a-url': 'Der Wert ist keine URL.',
      'not-https': 'Adressen müssen mit https beginnen; http ist nur zu diesem Computer selbst erlaubt.',
      'has-credentials': 'Die Adresse enthält einen Benutzernamen oder ein Passwort.',
      'has-fragment': 'Die Adresse enthält ein Fragment (#).',
    }[reason],
  }),
  'port-busy': ({ port, instead }) => ({
    title: `Port ${port} ist belegt`,
    explanation: `Ein anderes Programm verwendet Port ${port}, daher läuft das Anmelden diesmal über Port ${instead}. Sie müssen nichts weiter tun.`,
  }),
  'no-callback-port': ({ port }) => ({
    title: 'Der Browser kann nicht zu Latchkey zurück',
    explanation:
      'Latchkey kann die Antwort des Browsers nicht empfangen; vielleicht blockiert sie eine Firewall oder ein Sicherheits\u00ADprogramm. Der Browser zeigt Ihnen stattdessen einen Code: Fügen Sie ihn hier ein.',
    technical: `Port ${port}`,
  }),
  'browser-not-opened': () => ({
    title: 'Der Browser hat sich nicht geöffnet',
    explanation: 'Kopieren Sie den Link und öffnen Sie ihn in einem beliebigen Browser auf diesem Computer.',
  }),
  'authorization-timeout': ({ minutes }, { lasting }) => ({
    title: 'Niemand hat rechtzeitig zugestimmt',
    explanation: `Innerhalb von ${lasting(60 * minutes)} kam keine Zustimmung an. Melden Sie sich neu an und stimmen Sie zu, solange die Uhr läuft.`,
    technical: 'authorization timeout',
  }),
  'access-denied': () => ({
    title: 'Im Browser abgelehnt',
    explanation: 'Es wurde nichts gespeichert. Um fortzufahren, melden Sie sich neu an und stimmen Sie zu.',
    technical: 'access_denied',
  }),
  'authorization-refused': ({ error }) => ({
    title: 'Claude lässt das Anmelden nicht zu',
    explanation: 'Es wurde nichts gespeichert. Ein späterer Versuch hilft vielleicht.',
    technical: error,
  }),
  'sign-in-cancelled': () => ({
    title: 'Anmeldung abgebrochen',
    explanation: 'Es wurde nichts gespeichert.',
  }),
  'grant-refused': (_failure, { during }) =>
    during !== 'sign-in'
      ? {
          title: 'Ihre Anmeldung gilt nicht mehr',
          explanation:
            'Claude nimmt sie nicht mehr an: Vielleicht wurde sie widerrufen, oder ein anderes Programm hat verbraucht, womit sie erneuert wird. Um fortzufahren, melden Sie sich neu an.',
          technical: 'invalid_grant',
        }
      : {
          title: 'Der Code wurde nicht angenommen',
          explanation:
            'Ein Code gilt nur kurz und nur einmal. Melden Sie sich neu an, um einen neuen zu erhalten.',
          technical: 'invalid_grant',
        },
  'request-malformed': ({ message, requestId }) => ({
    title: 'Claude hat die Anfrage abgewiesen',
    explanation: 'Das heißt nicht, dass Ihre Anmeldung abgelaufen ist. Vielleicht gibt es dort eine Störung.',
    technical: [message, ...(requestId === null ? [] : [requestId])].join(', '),
  }),
  'rate-limited': ({ retryAfterSeconds }, { during, lasting }) => ({
    title: 'Claude bittet um eine Pause',
    explanation:
      during === 'refresh'
        ? `Es waren zu viele Anfragen. Latchkey versucht es von selbst wieder${retryAfterSeconds === null ? '' : `, nach einer Pause von ${lasting(retryAfterSeconds)}`}.`
        : `Es waren zu viele Anfragen. Bitte in ${retryAfterSeconds === null ? 'einigen Minuten' : lasting(retryAfterSeconds)} erneut versuchen.`,
    technical: 'HTTP 429',
  }),
  'network-challenge': ({ host }) => ({
    title: 'Das Netz blockiert die Verbindung',
    explanation:
      'Statt Claude hat etwas im Netz geantwortet, mit einer Browserprüfung, oder Claude weist dieses Netz ab. An Ihrer Anmeldung liegt es nicht: Versuchen Sie es in einem anderen Netz oder ohne VPN.',
    technical: host,
  }),
  'token-endpoint-missing': ({ host }) => ({
    title: 'Claude ist umgezogen',
    explanation:
      'Die Adresse, von der Latchkey Tokens holt, gibt es nicht mehr. Eine neuere Version von Latchkey kennt vielleicht die richtige.',
    technical: `${host}: HTTP 404`,
  }),
  'service-down': ({ status }, { during }) => ({
    title: 'Keine Antwort von Claude',
    explanation: `Claude hat gerade eine Störung. An Ihrer Anmeldung liegt es nicht; ${during === 'refresh' ? 'Latchkey versucht es von selbst wieder.' : 'bitte später erneut versuchen.'}`,
    technical: `HTTP ${status}`,
  }),
  'network-down': ({ host, reason, proxy }, { during, way, says }) =>
    proxy === host
      ? {
          title: 'Der Proxy ist nicht erreichbar',
          explanation: `Keine Verbindung zu ${host}; ${says} ist dieser Proxy zu verwenden. ${during === 'refresh' ? 'Sobald er wieder da ist, macht Latchkey von selbst weiter.' : 'Prüfen Sie seine Adresse und das Netz und versuchen Sie es dann erneut.'}`,
          technical: networkObstacles[reason],
        }
      : {
          title: 'Keine Verbindung zu Claude',
          explanation: `Claude war von diesem Computer aus nicht erreichbar. ${during === 'refresh' ? 'Sobald das Netz wieder da ist, macht Latchkey von selbst weiter.' : 'Prüfen Sie das Netz und versuchen Sie es dann erneut.'}`,
          technical: `${host}: ${networkObstacles[reason]}${viaWay(way)}`,
        },
  'connection-untrusted': ({ host, reason, issuer, proxy }, { way }) => {
    const who =
      proxy === host ? `dem Proxy ${host} nicht` : 'der Gegenstelle nicht, die sich als Claude ausgibt';
    return {
      title: 'Die Verbindung ist nicht vertrauens\u00ADwürdig',
      explanation:
        issuer === undefined
          ? `Dieser Computer traut ${who}; deshalb wurde nichts gesendet. Die Ursache kann ein Proxy sein oder eine Uhr, die falsch geht.`
          : `Dieser Computer traut ${who}; deshalb wurde nichts gesendet. Das Zertifikat ist von „${issuer}“. Ist das Ihre Firma, so nehmen Sie ihr Zertifikat in den Zertifikatsspeicher des Systems auf und starten Latchkey neu; sonst hört jemand mit.`,
      technical: `${host}: ${reason}${viaWay(way)}${issuer === undefined ? '' : '; NODE_EXTRA_CA_CERTS'}`,
    };
  },
  'proxy-unusable': ({ reason }, { says }) => ({
    title: 'Die Adresse des Proxys ist unbrauchbar',
    explanation: `Der Weg führt ${says} über einen Proxy, dessen Adresse nicht zu verwenden ist; deshalb wurde nichts gesendet. ${network.flaws[reason]}`,
    technical: reason,
  }),
  'proxy-refused': ({ host, reason, proxy }, { says }) => ({
    title: 'Der Proxy lehnt ab',
    explanation: `${proxy} lässt Latchkey nicht zu Claude durch; ${says} ist dieser Proxy zu verwenden. Gesendet wurde nichts. Erlauben kann es, wer ihn betreibt.`,
    technical: `${host}: ${lookUp(network.oddities, reason)}`,
  }),
  'proxy-login': ({ proxy, schemes, given }, { says }) => ({
    title: !schemes.some(isSpoken)
      ? 'Latchkey kann sich bei diesem Proxy nicht anmelden'
      : given
        ? 'Der Proxy nimmt das Passwort nicht an'
        : 'Der Proxy verlangt ein Passwort',
    explanation: schemes.some(isSpoken)
      ? given
        ? `${proxy} hat Benutzername und Passwort abgelehnt. Dieser Proxy ist ${says} zu verwenden; berichtigen Sie die Angaben dort.`
        : `${proxy} fragt, wer Sie sind. Dieser Proxy ist ${says} zu verwenden: Ergänzen Sie Benutzername und Passwort in seiner Adresse oder in den Einstellungen.`
      : `${proxy} verlangt ein Verfahren, das Latchkey nicht beherrscht. Ein Hilfsprogramm auf diesem Computer, das es beherrscht, etwa Px oder Cntlm, kann stattdessen als Proxy eingetragen werden.`,
    ...(schemes.length > 0 && { technical: schemes.join(', ') }),
  }),
  'answer-lost': ({ host }, { during, way }) =>
    ({
      'sign-in': {
        title: 'Die Antwort von Claude ging verloren',
        explanation:
          'Auf die Anfrage kam keine vollständige Antwort. Der Code ist vielleicht schon verbraucht und wird nicht noch einmal gesendet: Melden Sie sich neu an.',
        technical: `${host}${viaWay(way)}`,
      },
      refresh: {
        title: 'Ungewiss, ob die Anmeldung noch gilt',
        explanation:
          'Auf die Anfrage nach einem neuen Token kam keine vollständige Antwort. Was Ihre Anmeldung erneuert, ist vielleicht schon verbraucht; Latchkey versucht es daher höchstens zweimal. Danach hilft vielleicht noch „Jetzt erneuern“, auf jeden Fall aber eine neue Anmeldung.',
        technical: `${host}${viaWay(way)}`,
      },
      other: {
        title: 'Die Antwort von Claude ging verloren',
        explanation: 'Auf die Anfrage kam keine vollständige Antwort.',
        technical: `${host}${viaWay(way)}`,
      },
    })[during],
  'answer-unexpected': ({ host, reason }) => ({
    ...(reason === ('not-the-issuer' satisfies AnswerOddity)
      ? {
          title: 'Die Anmeldung stammt von einem anderen Server',
          explanation:
            'Der eingestellte Token-Server hat sie nicht vergeben und wird daher nicht um eine Erneuerung gebeten. Stellen Sie den richtigen ein, oder melden Sie sich neu an.',
        }
      : {
          title: 'Unverständ\u00ADliche Antwort von Claude',
          explanation:
            'Mit dieser Antwort kann Latchkey nichts anfangen. Ein späterer Versuch hilft vielleicht.',
        }),
    technical: `${host}: ${lookUp(answerOddities, reason)}`,
  }),
  'not-signed-in': ({ id }) => ({
    title: 'Nicht angemeldet',
    explanation: `Es gibt keine Anmeldung mit der ID „${id}“.`,
  }),
  'not-refreshable': () => ({
    title: 'Diese Anmeldung lässt sich nicht erneuern',
    explanation:
      'In ihrem Eintrag in der Konfigura\u00ADtions\u00ADdatei fehlt, womit sie erneuert wird, oder er gehört zu einem anderen Programm. Die Anmeldung gilt, bis ihr Token abläuft.',
  }),
  'login-locked': () => ({
    title: 'Ein anderes Latchkey belegt die Anmeldung',
    explanation:
      'Ein anderes Latchkey ist schon zu lange dabei, die Anmeldung zu erneuern oder zu speichern. Beenden Sie es oder versuchen Sie es erneut.',
  }),
  'entry-removed': ({ path, copy, copied, goesOnAs }) => ({
    title: copied
      ? 'Anmeldung nicht in der Konfigura\u00ADtions\u00ADdatei'
      : 'Anmeldung aus der Konfigura\u00ADtions\u00ADdatei entfernt',
    explanation: copied
      ? `${path} enthält Ihre Anmeldung nicht. ${copiedHere}`
      : `Ein anderes Programm hat Ihre Anmeldung aus ${path} entfernt. ${goesOn('Sie', goesOnAs) ?? (copy ? 'Latchkey hat sie noch und lässt die Datei unberührt, bis Sie entscheiden.' : 'Latchkey hat keine Kopie davon.')}`,
  }),
  'entry-replaced': ({ path, copy, copied, goesOnAs }) => ({
    title: 'Anmeldung in der Konfigura\u00ADtions\u00ADdatei ersetzt',
    explanation: copied
      ? `In ${path} steht ein anderer Eintrag als der, den Latchkey kennt. ${copiedHere}`
      : `Ein anderes Programm hat einen älteren oder fremden Eintrag in ${path} geschrieben. ${goesOn('Ihre Anmeldung', goesOnAs) ?? (copy ? 'Latchkey hat Ihren noch und lässt die Datei unberührt, bis Sie entscheiden.' : 'Von Ihrem Eintrag hat Latchkey keine Kopie.')}`,
  }),
  'nowhere-to-store': ({ path, reason }) => ({
    title: 'Kein Platz für ein neues Token',
    explanation: `Claude wurde nicht gefragt, weil sich die Antwort nirgends aufbewahren ließe (${path}: ${lookUp(fileObstacles, reason)}). Ihre Anmeldung ist unberührt; ${isFull(reason) ? 'schaffen Sie dort Platz' : 'beheben Sie das'} und versuchen Sie es erneut.`,
  }),
  'login-shared': ({ others, keep }) => ({
    title: 'Eine Anmeldung unter mehreren IDs',
    explanation: `Sie steht in der Konfigura\u00ADtions\u00ADdatei auch unter ${others.map((id) => `„${id}“`).join(', ')}. Latchkey erneuert sie gemeinsam; ${keep === undefined ? 'Abmelden lässt die anderen bestehen' : `alle außer „${keep}“ sind entbehrlich`}.`,
  }),
  'id-shared': ({ id }) => ({
    title: 'Zwei Anmeldungen unter einer ID',
    explanation: `Mehrere Einträge der Konfigurationsdatei haben die ID „${id}“, aber verschiedene Anmeldungen. Latchkey hält die erste am Leben; geben Sie der anderen eine eigene ID.`,
  }),
  'login-copied': ({ path }) => ({
    title: 'Claude Code hat eine Kopie Ihrer Anmeldung',
    explanation: `Sie liegt in ${path}, und was sie erneuert, gilt nur einmal: Wer von beiden als Zweiter kommt, beendet sie für beide. Geben Sie Claude Code mit /login eine eigene, oder starten Sie es mit latchkey exec.`,
  }),
  'expiry-not-understood': ({ path, value }) => ({
    title: 'Andere Programme erneuern dieses Token nicht',
    explanation: `Sein Ablauf steht in ${path} in einer Form, die sie nicht verstehen. Latchkey kann das berichtigen.`,
    technical: `expires_at: ${value}`,
  }),
  'test-forbidden': ({ status, message }) => ({
    title: 'Der Token-Test wurde abgelehnt',
    explanation:
      'Das ist zu erwarten: Solche Tokens sind Claude Code vorbehalten. Das Token wurde gespeichert.',
    technical: `HTTP ${status}${message === '' ? '' : `: ${message}`}`,
  }),
  'test-claude-code-only': () => ({
    title: 'Nur für Claude Code',
    explanation:
      'Laut Claude ist dieses Token nur für Claude Code zugelassen. Das ist zu erwarten, und das Token wurde gespeichert. Für allgemeinen API\u2011Zugriff verwenden Sie einen API\u2011Schlüssel.',
  }),
  'test-scope-missing': ({ scope }) => ({
    title: 'Der Name des Kontos bleibt unbekannt',
    explanation: 'Das Token darf das Profil nicht lesen. Gespeichert wurde es trotzdem.',
    technical: `Scope ${scope}`,
  }),
  'test-organization-not-allowed': () => ({
    title: 'Für diese Organisation nicht erlaubt',
    explanation:
      'Der Tarif oder die Administration dieser Organisation lässt solche Anmeldungen nicht zu. Das Token wurde gespeichert, funktioniert aber vielleicht nicht.',
  }),
  'test-token-expired': () => ({
    title: 'Das neue Token ist schon abgelaufen',
    explanation: 'Für Claude ist das Token abgelaufen. Vielleicht geht die Uhr dieses Computers falsch.',
  }),
  'test-header-missing': () => ({
    title: 'Ein Fehler in Latchkey',
    explanation:
      'Claude fehlt etwas, das Latchkey hätte senden sollen. Das Token wurde gespeichert. Bitte melden Sie uns das.',
    technical: 'missing header',
  }),
  'config-unreadable': ({ path, reason }, { isKeptAside, isKnown }) => ({
    title: 'Die Konfigura\u00ADtions\u00ADdatei ist nicht lesbar',
    explanation: `${path}: ${lookUp(fileObstacles, reason)}. Die Datei blieb unberührt. ${isForbidden(reason) ? 'Prüfen Sie die Zugriffsrechte' : 'Beheben Sie das'}; bis dahin ${isKeptAside ? keptAside : unwritten(isKnown)}.`,
    crux: lookUp(fileObstacles, reason),
    ...(isForbidden(reason) && { technical: 'chmod 600' }),
  }),
  'config-not-yaml': ({ path, line, column }, { isKeptAside, isKnown }) => ({
    title: 'Fehler in der Konfigura\u00ADtions\u00ADdatei',
    explanation: `Der Fehler steht in ${path}, Zeile ${line}, Spalte ${column}. Die Datei blieb unberührt. Bis die Zeile korrigiert ist, ${isKeptAside ? keptAside : unwritten(isKnown)}.`,
    crux: `Zeile ${line}, Spalte ${column}`,
    technical: 'kein gültiges YAML',
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
    explanation: `In ${path} stehen Zugangsdaten, und wer diesen Computer mitbenutzt, kann sie lesen.`,
    technical: `Rechte ${mode}`,
  }),
  'config-made-private': ({ path, mode }) => ({
    title: 'Die Konfigura\u00ADtions\u00ADdatei gehört jetzt Ihnen allein',
    explanation: `Andere konnten ${path} lesen. Weil jetzt Zugangsdaten darin stehen, können sie es nicht mehr.`,
    technical: `Rechte ${mode} → 0600`,
  }),
  'older-block': ({ path }) => ({
    title: 'Eine Anmeldung, die niemand erneuert',
    explanation: `${path} enthält eine Anmeldung in einer älteren Form, die heutige Programme nicht lesen. Latchkey kann sie übernehmen.`,
    technical: 'providers.anthropic.oauth',
  }),
  'entries-unreadable': ({ path, at }) => ({
    title: 'Einträge, die niemand lesen kann',
    explanation: `Einige Einträge in ${path} sind unvollständig oder falsch aufgebaut. Andere Programme überspringen sie oder brechen ab; Latchkey ändert sie nicht.`,
    technical: at,
  }),
  'file-in-git': ({ path, folder, tracked }) => ({
    title: tracked
      ? 'Ihre Konfigura\u00ADtions\u00ADdatei ist in Git'
      : 'Git ignoriert Ihre Konfigura\u00ADtions\u00ADdatei nicht',
    explanation: tracked
      ? `Git versioniert ${path}: Jeder Commit nimmt Ihre Zugangsdaten mit. „git rm --cached“ nimmt die Datei aus dem nächsten und lässt die früheren, wie sie sind.`
      : `${path} liegt in einem Git-Arbeitsverzeichnis: ein Commit, und Ihre Zugangsdaten stehen in dessen Verlauf. Latchkey kann dafür sorgen, dass Git sie auf diesem Computer ignoriert, ohne .gitignore zu ändern.`,
    technical: folder,
  }),
  'file-synced': ({ path, service, own }) => ({
    title: own ? 'Der Ordner von Latchkey wird kopiert' : 'Ihre Konfigura\u00ADtions\u00ADdatei wird kopiert',
    explanation: own
      ? `${service} kopiert ${path} auf andere Computer. Ein Latchkey dort hält, was dieses über seine Anmeldungen weiß, für seines: Anmeldungen können verloren gehen. Nehmen Sie den Ordner vom Abgleich aus.`
      : `${service} kopiert den Ordner von ${path} mitsamt Ihren Zugangsdaten auf andere Computer und stellt womöglich einen alten Stand wieder her. Ein Ordner ohne Abgleich ist der bessere Platz.`,
    technical: service,
  }),
  'no-key': () => ({
    title: 'Kein API\u2011Schlüssel',
    explanation: 'In der Konfigurationsdatei steht keiner, und Latchkey hat keinen im Schlüsselbund.',
  }),
  'key-unusable': ({ reason }) => ({
    title: 'Das ist kein API\u2011Schlüssel',
    explanation: apiKey.flaws[reason],
  }),
  'key-placeholder': ({ value }) => ({
    title: 'Statt des Schlüssels steht dort ein Platzhalter',
    explanation: `${value} ist ein Platzhalter; Programme setzen dafür ihren eigenen Wert ein. Latchkey kennt ihn nicht und ändert nichts daran.`,
  }),
  'key-changed': () => ({
    title: 'Dort steht inzwischen ein anderer API\u2011Schlüssel',
    explanation: 'Er bleibt, wie er ist.',
  }),
  'key-in-both': () => ({
    title: 'Zwei API\u2011Schlüssel',
    explanation:
      'Der in der Konfigurationsdatei gilt, auch für Latchkey; vielleicht hat ein anderes Programm ihn eingetragen. Der andere bleibt im Schlüsselbund und gilt wieder, sobald der erste entfernt ist.',
  }),
  'key-locked': ({ reason }) => ({
    title: 'Der Schlüsselbund lässt sich nicht öffnen',
    explanation: `${keychainObstacles[reason]} Der API\u2011Schlüssel liegt nur dort.`,
  }),
  'key-missing': () => ({
    title: 'Der Schlüsselbund hat den API\u2011Schlüssel nicht mehr',
    explanation:
      'Er lag nur dort und fehlt jetzt. Fügen Sie ihn noch einmal ein; einen neuen gibt es in der Konsole.',
  }),
  'key-not-kept': ({ reason }) => ({
    title: 'Der Schlüsselbund hat den API\u2011Schlüssel nicht angenommen',
    explanation: `${keychainObstacles[reason]} Es hat sich nichts geändert.`,
  }),
  'key-refused': () => ({
    title: 'Claude nimmt den API\u2011Schlüssel nicht an',
    explanation:
      'Er wurde gelöscht oder abgeschaltet, oder ein Stück von ihm fehlt. Die Konsole zeigt es; dort legen Sie auch einen neuen an.',
    technical: 'HTTP 401',
  }),
  'key-forbidden': ({ message }) => ({
    title: 'Der API\u2011Schlüssel ist dafür nicht freigegeben',
    explanation:
      'Claude kennt den Schlüssel, aber sein Workspace oder seine Organisation lässt das nicht zu.',
    technical: ['HTTP 403', ...(message === '' ? [] : [message])].join(', '),
  }),
  'key-no-credit': () => ({
    title: 'Das Guthaben ist aufgebraucht',
    explanation:
      'Claude kennt den Schlüssel, aber das Guthaben ist aufgebraucht. Der Schlüssel gilt wieder, sobald Sie das Guthaben in der Konsole aufladen.',
  }),
  'data-not-writable': ({ path, reason }) => ({
    title: 'Der Ordner von Latchkey ist nicht beschreibbar',
    explanation: `${path}: ${lookUp(fileObstacles, reason)}. Bis das behoben ist, gelten Einstellungen und Verlauf nur bis zum Beenden.`,
  }),
  'data-set-aside': ({ path, setAsideAs }) => ({
    title: 'Eine Datei von Latchkey war unlesbar',
    explanation: `${path} ließ sich nicht lesen. Die Datei heißt jetzt ${setAsideAs}, und eine neue ist angelegt; Ihre Anmeldungen sind nicht betroffen.`,
  }),
  'keychain-unavailable': ({ reason }) => ({
    title: 'Der Schlüsselbund des Systems ist nicht verfügbar',
    explanation: `${keychainObstacles[reason]} Die zweite Kopie Ihrer Tokens liegt solange in Latchkeys eigenem Ordner.`,
  }),
  'secret-locked': ({ reason }) => ({
    title: KEYCHAIN_IS_THERE[reason]
      ? 'Der Schlüsselbund ist gesperrt'
      : 'Der Schlüsselbund ist nicht erreichbar',
    explanation: `${reason === 'locked' ? '' : `${keychainObstacles[reason]} `}Ohne den Schlüsselbund kann Latchkey diese Anmeldung nicht erneuern. Bis das Token abläuft, funktioniert alles weiter.${KEYCHAIN_IS_THERE[reason] ? ' Entsperren Sie den Schlüsselbund, etwa in der Passwortverwaltung des Systems.' : ''}`,
  }),
  'secret-missing': ({ id }) => ({
    title: 'Der Schlüsselbund hat diese Anmeldung nicht',
    explanation:
      'Was sie erneuert, lag nur dort. Sind Ihre Passwörter in einem anderen Schlüsselbund oder in einem Passwortmanager, der nicht geöffnet ist, öffnen Sie ihn und erneuern Sie. Sonst melden Sie sich bitte neu an.',
    technical: `id: ${id}`,
  }),
  'storage-not-movable': ({ id, reason }) => ({
    title: 'Es bleibt, wo es ist',
    explanation: storageObstacles[reason],
    technical: `id: ${id}`,
  }),
  'clock-off': ({ seconds }, { lasting }) => ({
    title: 'Die Uhr geht offenbar falsch',
    explanation: `Die Uhr dieses Computers weicht um ${lasting(Math.abs(seconds))} von der von Claude ab. Angezeigte Zeiten können um ebenso viel falsch sein. Prüfen Sie Datum und Uhrzeit dieses Computers.`,
  }),
  'autostart-unchanged': ({ reason }) => ({
    title: '„Beim Start des Computers öffnen“ ist unver\u00ADändert',
    explanation: `Das System hat die Änderung nicht angenommen (${lookUp(fileObstacles, reason)}).`,
  }),
  'command-not-placed': ({ path, reason }) => ({
    title: 'Der Befehl im Suchpfad ist unver\u00ADändert',
    explanation: `Bei ${path} wurde nichts geändert: ${lookUp(fileObstacles, reason)}.`,
  }),
  'practice-failed': () => ({
    title: 'Die Übung endete mit einem Fehler',
    explanation:
      'Sie konnte nicht weiterlaufen. Den Grund zeigt ein Start im Terminal: npm start -- --practice.',
  }),
  'agent-not-served': ({ path, reason }) => ({
    title: 'Tokens können nicht bereitgestellt werden',
    explanation: `${path}: ${socketObstacles[reason]}.`,
    technical: reason,
  }),
  'agent-elsewhere': ({ path, by }) => ({
    title: 'Tokens werden bereits bereitgestellt',
    explanation: `An ${path}, durch ${by}. Beide halten die Anmeldung am Leben.`,
  }),
  'agent-unreachable': ({ path, reason }) => ({
    title: 'Der Agent antwortet nicht',
    explanation: `LATCHKEY_AGENT ist ${path}: ${socketObstacles[reason]}.`,
    technical: reason,
  }),
  'agent-request': ({ reason }) => ({
    title: 'Der Agent nimmt diese Anfrage nicht an',
    explanation:
      'Er beantwortet GET /v1/token?account=ID&lasting=SEKUNDEN und GET /v1/status. Von mehreren Konten muss eines genannt werden.',
    technical: reason,
  }),
  'agent-refused': ({ reason }) => ({
    title: 'Es wurde kein Token ausgegeben',
    explanation:
      reason === 'denied'
        ? 'Wer angemeldet ist, hat es nicht erlaubt.'
        : 'Wer angemeldet ist, hat nicht binnen 30 Sekunden geantwortet.',
  }),
  internal: ({ message }) => ({
    title: 'Etwas ist schief\u00ADgegangen',
    explanation: 'Latchkey ist auf einen unbekannten Fehler gestoßen. Bitte melden Sie uns das.',
    technical: message,
  }),
};
