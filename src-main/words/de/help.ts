import type { Catalogue } from '../catalogue.ts';

/** What a button says that helps. */
export const help: Catalogue['help'] = {
  'sign-in': 'Mit Claude anmelden',
  'sign-in-again': 'Neu anmelden',
  'try-again': 'Erneut versuchen',
  'refresh-now': 'Jetzt erneuern',
  'put-back': 'Wiederher\u00ADstellen',
  'copy-link': 'Link kopieren',
  'save-again': 'Erneut speichern',
  'make-private': 'Zugriff beschränken',
  'write-right': 'Berichtigen',
  'take-over': 'Übernehmen',
  'about-api-keys': 'Mehr zu API\u2011Schlüsseln',
  'keep-one': 'Nur eine behalten …',
  'exclude-from-git': 'Von Git ausschließen',
  'show-file': 'Datei anzeigen',
  'open-console': 'Konsole öffnen',
  'open-claude-settings': 'Claude-Einstellungen öffnen',
  'paste-code': 'Stattdessen Code einfügen',
  'ask-keychain': 'Erneut versuchen',
};
