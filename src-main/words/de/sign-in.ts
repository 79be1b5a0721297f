import type { Catalogue } from '../catalogue.ts';

/** A sign-in on its way: the window's stage. */
export const signIn: Catalogue['signIn'] = {
  steps: {
    pkce: { doing: 'Anmeldung wird vorbereitet', done: 'Vorbereitet' },
    'callback-server': { doing: 'Empfang der Antwort wird vorbereitet', done: 'Bereit für die Antwort' },
    browser: { doing: 'Browser wird geöffnet', done: 'Browser geöffnet' },
    approval: { doing: 'Warten auf Ihre Zustimmung', done: 'Sie haben zugestimmt' },
    exchange: { doing: 'Tokens werden abgeholt', done: 'Tokens erhalten' },
    save: { doing: 'Speichern auf diesem Computer', done: 'Auf diesem Computer gespeichert' },
    test: { doing: 'Tokens werden ausprobiert', done: 'Ausprobiert' },
    done: { doing: 'Wird abgeschlossen', done: 'Angemeldet' },
  },
  stepTerms: {
    pkce: { doing: 'PKCE-Challenge wird erzeugt', done: 'PKCE-Challenge erzeugt' },
    'callback-server': { doing: 'Lokaler Callback-Server startet', done: 'Callback-Server gestartet' },
    browser: { doing: 'Autorisierungs-URL wird geöffnet', done: 'Autorisierungs-URL geöffnet' },
    approval: { doing: 'Warten auf die Autorisierung', done: 'Autorisierungscode erhalten' },
    exchange: { doing: 'Code wird gegen Zugriffstoken getauscht', done: 'Zugriffstoken erhalten' },
    save: { doing: 'Tokens werden in die Konfiguration geschrieben', done: 'Tokens gespeichert' },
    test: { doing: 'Token wird getestet', done: 'Token getestet' },
    done: { doing: 'Authentifizierung abgeschlossen', done: 'Authentifizierung abgeschlossen' },
  },
  statuses: {
    pending: 'steht aus',
    active: 'läuft',
    done: 'erledigt',
    warning: 'erledigt, mit Hinweis',
    failed: 'fehlgeschlagen',
    skipped: 'nicht erreicht',
  },

  title: 'Einen Moment …',
  titleWaiting: 'Im Browser zustimmen',
  titleFinishing: 'Zugestimmt. Einen Moment …',
  way: { browser: 'Ihr Browser', file: 'Ihre Datei' },
  copyLink: 'Link kopieren',
  copied: 'Kopiert',
  linkCopied: 'Link kopiert',
  openBrowserAgain: 'Browser erneut öffnen',
  openBrowser: 'Öffnen erneut versuchen',
  pasteInstead: 'Stattdessen Code einfügen',
  comesBackTo: 'Kehrt zurück zu',
  askedToWait: (wait) => `Claude bittet um ${wait} Geduld; danach geht es von selbst weiter.`,

  paste: {
    label: 'Code aus dem Browser',
    hint: 'Stimmen Sie im Browser zu, kopieren Sie den angezeigten Code und fügen Sie ihn hier ein.',
    placeholder: 'Code oder ganze Adresse',
    paste: 'Einfügen',
    clipboardEmpty: 'In der Zwischenablage ist kein Text. Kopieren Sie zuerst den Code.',
    goOn: 'Weiter',
    problems: {
      'authorization-url':
        'Das ist die Adresse, unter der Sie zustimmen. Den Code gibt es erst, wenn Sie zugestimmt haben.',
      declined: 'Demnach wurde die Anfrage abgelehnt. Stimmen Sie im Browser zu, um einen Code zu erhalten.',
      'no-code': 'Darin ist kein Code. Kopieren Sie alles, was die Seite anzeigt.',
      'no-state': 'Das ist nur die erste Hälfte. Kopieren Sie den ganzen Code, mit dem # und allem danach.',
      'state-cut-short': 'Das Ende des Codes fehlt. Kopieren Sie den ganzen Code.',
      'not-understood':
        'Das sieht nicht nach dem Code aus. Kopieren Sie alles, was die Seite anzeigt, und nichts sonst.',
      'state-mismatch':
        'Dieser Code gehört zu einem anderen Anmeldeversuch. Öffnen Sie den Browser erneut und kopieren Sie den neuen.',
    },
  },

  succeeded: {
    setUntil: (day) => `Alles gut bis ${day}`,
    openAtStart: 'Latchkey beim Start des Computers öffnen',
    openAtStartHint: 'Sonst wird nach einem Neustart nichts erneuert, bis Sie es öffnen.',
    tray: 'Latchkey bleibt im Infobereich',
    trayHint: 'Ein Blick auf dieses Symbol zeigt, wie es steht. Dieses Fenster können Sie schließen.',
  },

  notSaved: {
    held: 'Sie sind angemeldet, aber nur im Arbeitsspeicher: Mit dem Beenden von Latchkey ist das verloren.',
    lost: 'Sie haben zugestimmt, aber die Anmeldung ließ sich nicht speichern.',
  },

  placed: {
    already:
      'Dieses Konto war hier schon angemeldet und hat nun eine neue Anmeldung. Für ein anderes wechseln Sie in Ihrem Browser bei claude.ai zuerst das Konto.',
    apart: (name) =>
      `Die Anmeldung von ${name} blieb, wie sie war. Um sich als ${name} anzumelden, wechseln Sie in Ihrem Browser bei claude.ai zuerst das Konto.`,
  },

  /** `facts.md` section 2, said once before the first sign-in with Anthropic itself. */
  terms: {
    title: 'Vor dem Anmelden',
    lead: 'Vier Dinge vorweg, nur dieses eine Mal.',
    whose: {
      heading: 'Wessen Anmeldung das ist',
      text: 'Sie läuft über die öffentliche Client-ID von Claude Code; Latchkey hat keine eigene.',
    },
    say: {
      heading: 'Was die Bedingungen sagen',
      text: 'Anthropic gestattet Drittentwicklern nicht, in ihren eigenen Anwendungen eine Anmeldung über Claude.ai anzubieten; solche Tokens sind für Claude Code bestimmt.',
      link: 'Bedingungen lesen',
    },
    risk: {
      heading: 'Wer das Risiko trägt',
      text: 'Sie als Inhaberin oder Inhaber des Kontos. Manche haben deswegen schon Funktionen verloren.',
    },
    supported: {
      heading: 'Was unterstützt wird',
      text: 'API\u2011Schlüssel von console.anthropic.com.',
      link: 'Stattdessen API\u2011Schlüssel verwenden',
    },
    notNow: 'Jetzt nicht',
    understood: 'Verstanden',
  },

  announcements: {
    terms: 'Vor dem ersten Anmelden: Bitte lesen Sie diese Zeilen.',
    step: (number, of, step) => `Schritt ${number} von ${of}: ${step}`,
    after: (notice, step) => `${notice}. ${step}`,
    askedToWait: 'Claude bittet um etwas Geduld; danach geht es von selbst weiter.',
    failed: (title) => `Anmelden fehlgeschlagen: ${title}`,
    cancelled: 'Anmeldung abgebrochen',
  },
};
