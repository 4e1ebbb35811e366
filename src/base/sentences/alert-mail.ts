/** What stands around the sentences in an e-mail about an alert, in every language. */
import type { Language } from '../languages.js';

interface MailWords {
  readonly test: string;
  readonly testText: string;
  readonly began: string;
  readonly ended: string;
  readonly rule: string;
  readonly advice: string;
  readonly link: string;
  readonly why: string;
  readonly colon: string;
  /** Of the subject, by why it is sent. */
  readonly beginnings: Readonly<Record<'STARTED' | 'REMINDER' | 'RESOLVED' | 'TEST', string>>;
  readonly severities: Readonly<Record<string, string | undefined>>;
}

export const mailWords: Readonly<Record<Language, MailWords>> = {
  en: {
    test: 'Test message',
    testText: 'This message shows that alerts of the hub arrive here. Nothing is the matter.',
    began: 'Since',
    ended: 'Over since',
    rule: 'Rule',
    advice: 'What to do',
    link: 'Look at it',
    why: 'You get this because your address is a channel for alerts of Koppel.',
    colon: ': ',
    beginnings: { STARTED: '', REMINDER: 'Still', RESOLVED: 'Over', TEST: '' },
    severities: { INFO: 'information', WARNING: 'warning', ERROR: 'error', CRITICAL: 'critical' },
  },
  nl: {
    test: 'Testbericht',
    testText: 'Dit bericht toont dat meldingen van de hub hier aankomen. Er is niets aan de hand.',
    began: 'Sinds',
    ended: 'Voorbij sinds',
    rule: 'Regel',
    advice: 'Wat te doen',
    link: 'Bekijken',
    why: 'U krijgt dit omdat uw adres een kanaal is voor meldingen van Koppel.',
    colon: ': ',
    beginnings: { STARTED: '', REMINDER: 'Nog steeds', RESOLVED: 'Voorbij', TEST: '' },
    severities: { INFO: 'informatie', WARNING: 'waarschuwing', ERROR: 'fout', CRITICAL: 'kritiek' },
  },
  fr: {
    test: 'Message de test',
    testText: 'Ce message montre que les alertes du hub arrivent ici. Tout va bien.',
    began: 'Depuis',
    ended: 'Terminé depuis',
    rule: 'Règle',
    advice: 'Que faire',
    link: 'Voir',
    why: 'Vous recevez ceci parce que votre adresse est un canal des alertes de Koppel.',
    colon: '\u00a0: ',
    beginnings: { STARTED: '', REMINDER: 'Toujours', RESOLVED: 'Terminé', TEST: '' },
    severities: { INFO: 'information', WARNING: 'avertissement', ERROR: 'erreur', CRITICAL: 'critique' },
  },
};
