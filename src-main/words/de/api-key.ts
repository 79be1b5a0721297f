import type { Catalogue } from '../catalogue.ts';

export const apiKey: Catalogue['apiKey'] = {
  title: 'API\u2011Schlüssel',
  instead: 'Stattdessen API\u2011Schlüssel verwenden',
  use: 'API\u2011Schlüssel verwenden',
  standing: (shown) => `API\u2011Schlüssel ${shown}`,
  unshown: '(Form unbekannt)',
  since: (day) => `Seit ${day}`,
  test: {
    never: 'Noch nicht getestet',
    running: 'Wird getestet …',
    fine: (when) => `Getestet ${when}: Claude nimmt ihn an`,
    failed: (when, what) => `Getestet ${when}: ${what}`,
  },
  actions: {
    test: 'Testen',
    replace: 'Ersetzen',
    remove: 'Entfernen',
    copy: 'Kopieren',
    undo: 'Rückgängig',
  },
  copied: 'Kopiert. Nach einer Minute verschwindet er aus der Zwischenablage.',
  removed: {
    'config-file': 'Aus der Konfigurationsdatei entfernt.',
    keychain: 'Aus dem Schlüsselbund entfernt.',
  },
  storage: {
    keychain: 'Im Schlüsselbund des Systems und in keiner Datei',
    question: 'Wo der API\u2011Schlüssel liegt',
    ways: {
      'config-file': [
        'In der Konfigura\u00ADtions\u00ADdatei',
        'Als api_key, für Programme, die ihn dort lesen. mcp-code-api nimmt seinen Schlüssel nur von dort.',
      ],
      keychain: [
        'Nur im Schlüssel\u00ADbund',
        'Programme, die die Datei lesen, etwa mcp-code-api, finden ihn nicht mehr. Sie erhalten ihn mit latchkey exec --as key.',
      ],
    },
    besideSame: 'Er liegt auch im Schlüsselbund des Systems.',
    beside: (shown) => `Im Schlüsselbund des Systems liegt ein anderer: ${shown}`,
    removeBeside: 'Dort entfernen',
  },
  listed: (count) =>
    `Schlüssel unter api_keys: ${count}. Andere Programme verwenden sie; Latchkey lässt sie in Ruhe.`,
  flaws: {
    empty: 'Hier steht noch nichts.',
    'access-token':
      'Das ist das Zugriffstoken einer Anmeldung (sk-\u2060ant-\u2060oat…), kein API\u2011Schlüssel: Es läuft nach einigen Stunden ab. Um angemeldet zu bleiben, melden Sie sich mit Claude an.',
    'refresh-token':
      'Das ist das Token, das eine Anmeldung erneuert (sk-\u2060ant-\u2060ort…), kein API\u2011Schlüssel. Behalten Sie es für sich, und melden Sie sich mit Claude an.',
    'admin-key':
      'Das ist ein Admin-Schlüssel (sk-\u2060ant-\u2060admin…): Er verwaltet eine Organisation, und Claude antwortet ihm nicht.',
    'cut-short': 'Ein Stück davon fehlt. Kopieren Sie den ganzen Schlüssel: Er beginnt mit sk-ant-.',
    'not-a-key': 'API\u2011Schlüssel beginnen mit sk-ant- und enthalten keine Leerzeichen.',
  },
  form: {
    title: 'API\u2011Schlüssel verwenden',
    titleReplace: 'API\u2011Schlüssel ersetzen',
    lead: 'Der unterstützte Weg: Ein API\u2011Schlüssel läuft nicht ab und wird nach Verbrauch abgerechnet.',
    label: 'API\u2011Schlüssel',
    hint: {
      'config-file': 'Er kommt in die Konfigurationsdatei, die dann nur Sie lesen können.',
      keychain: 'Er kommt in den Schlüsselbund des Systems, wie der vorige.',
    },
    stays: 'Was angemeldet ist, bleibt angemeldet.',
    placeholderText: 'sk-ant-…',
    console: 'Schlüssel in der Konsole anlegen',
    save: 'Speichern',
    placeholder: (text) => `In der Datei steht der Platzhalter ${text}. Soll Ihr Schlüssel ihn ersetzen?`,
    replace: 'Ersetzen',
  },
  who: {
    title: 'Wer was verwendet',
    programs: {
      'ai-provider-kit': 'ai-provider-kit',
      'mcp-code-api': 'mcp-code-api',
      'one-key': 'Programme, die einen Schlüssel wollen',
      latchkey: 'latchkey token, exec',
      'as-key': 'latchkey exec --as key',
    },
    takes: {
      nothing: 'Nichts',
      key: 'Den API\u2011Schlüssel',
      listed: 'Die Schlüssel unter api_keys',
      placeholder: (text) => `Wofür ${text} steht`,
      login: 'Die Anmeldung',
      loginOnly: 'Die Anmeldung; nie den Schlüssel, auch nicht, wenn sie scheitert',
      logins: (count) => `Alle ${count} Anmeldungen reihum`,
      loginsOnly: (count) => `Alle ${count} Anmeldungen reihum; nie den Schlüssel`,
      oneLogin: 'Eine Anmeldung: default oder die genannte',
      firstToken: 'Das Zugriffstoken der ersten Anmeldung als Schlüssel',
    },
  },
};
