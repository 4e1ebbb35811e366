/** Every sentence of the hub in three languages: nothing lacking, nothing left unfilled, and the same values in each. */
import { describe, expect, it } from '@jest/globals';
import { shortestOfThreeMs } from '../../../test/support/patience.js';
import { errorCodes, type ErrorCode } from '../error-codes.js';
import type { ErrorDefinition } from '../error-definition.js';
import { KoppelError } from '../errors.js';
import { errorsIn } from './errors-in-languages.js';
import { eventSentence } from './event-sentence.js';
import { phrases, said, saidError, valuesIn, valuesOf } from './say.js';
import { filled, namesIn, type Values } from './template.js';

const counts = new Set('limit cost remaining restoreRate count times ms seconds most records'.split(' '));
const samples = (template: string): Values =>
  Object.fromEntries(namesIn(template).map((name) => [name, counts.has(name) ? 1_234 : `X${name}`]));

/** Of which the message is nothing but the library's own words. */
const withoutWords = new Set<string>(['GRAPHQL_INVALID']);
const all = Object.entries<ErrorDefinition>(errorCodes) as [ErrorCode, ErrorDefinition][];
const plainSpaces = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('the catalogue of error codes', () => {
  it.each(all)('says %s in Dutch and French, with the values of the English sentences', (code, { message, hint }) => {
    for (const language of ['nl', 'fr'] as const) {
      const [ownMessage, ownHint] = errorsIn[language][code];
      expect(namesIn(ownMessage)).toEqual(namesIn(message));
      expect(namesIn(ownHint)).toEqual(namesIn(hint));
      const values = samples(message + hint);
      const shown = saidError(language, code, values);
      expect(`${shown.message} ${shown.hint}`).not.toMatch(/\{\w+[|}]|\?\?/);
      expect(shown.hint).not.toBe(saidError('en', code, values).hint);
      if (!withoutWords.has(code)) expect(shown.message).not.toBe(saidError('en', code, values).message);
    }
  });

  it.each(all)('knows %s again in the sentence that was written down, and its values', (code, { message, hint }) => {
    const values = samples(message + hint);
    const error = new KoppelError(code, values);
    for (const language of ['nl', 'fr'] as const) {
      const shown = saidError(language, code, values);
      if (!withoutWords.has(code)) expect(said(language, error.message)).toBe(shown.message);
      expect(said(language, error.hint)).toBe(shown.hint);
    }
    expect(valuesOf(code, error.message)).toEqual(samples(message));
  });

  it('says message and hint of a job that failed, which are kept as one text', () => {
    const error = new KoppelError('SYSTEM_UNREACHABLE', { system: 'Softmaat', what: 'no answer within a second' });
    expect(said('nl', `${error.message} ${error.hint}`)).toBe(
      'Softmaat is niet bereikbaar: geen antwoord binnen een seconde. De hub blijft het proberen; controleer adres en netwerk als het aanhoudt.',
    );
  });
});

describe('phrases', () => {
  it.each(Object.entries(phrases))('has the same values in each language: %s', (english, [nl, fr]) => {
    expect(namesIn(nl)).toEqual(namesIn(english));
    expect(namesIn(fr)).toEqual(namesIn(english));
  });

  it.each(Object.entries(phrases))('is known again when it was filled: %s', (english, [nl, fr]) => {
    const values = samples(english);
    const text = filled('en', english, values);
    expect(said('nl', text)).toBe(filled('nl', nl, values));
    expect(plainSpaces(said('fr', text))).toBe(plainSpaces(filled('fr', fr, values)));
    expect(valuesIn(text)).toEqual(values);
  });

  it('are said inside of other sentences, several of them too, and with the place that they are about', () => {
    const what =
      'lines.0.quantity: lines.0.quantity should be a decimal number, but is "two"; sku is required, but empty';
    const { message } = new KoppelError('MAPPING_FAILED', { what });
    expect(said('nl', message)).toBe(
      'Het record kon niet omgezet worden: lines.0.quantity: lines.0.quantity moet een decimaal getal zijn, maar is "two"; sku is verplicht, maar leeg.',
    );
    expect(plainSpaces(said('fr', message))).toContain('sku est obligatoire, mais vide');
  });

  it('leaves what others have said as it is', () => {
    for (const text of ['Zomaar een notitie.', 'The article is blocked by head office', 'Ünïcode: ok', '{what}', '']) {
      expect(said('nl', text)).toBe(text);
      expect(said('fr', text)).toBe(text);
    }
    const refused = new KoppelError('RECORD_REFUSED', { system: 'MplusKASSA', what: 'Relation 12 is blocked' });
    expect(said('nl', refused.message)).toBe('MplusKASSA heeft het record geweigerd: Relation 12 is blocked.');
  });

  it('says of branches, and of what is not known to be there, also what stands inside', () => {
    const refused = (what: string): string => new KoppelError('RECORD_REFUSED', { system: 'MplusKASSA', what }).message;
    const unexpected = (operation: string, what: string): string =>
      new KoppelError('UNEXPECTED_RESPONSE', { system: 'MplusKASSA', operation, what }).message;
    const sentences: readonly (readonly [sentence: string, nl: string, fr: string])[] = [
      [
        'It is not known whether the last write took effect; the target is asked later.',
        'Het is niet bekend of de laatste schrijfopdracht gelukt is; het wordt later aan het doelsysteem gevraagd.',
        'On ne sait pas si la dernière écriture a pris effet ; la cible sera interrogée plus tard.',
      ],
      [
        refused('"1a" is not the number of a branch: digits only'),
        'MplusKASSA heeft het record geweigerd: "1a" is geen filiaalnummer: alleen cijfers.',
        'MplusKASSA a refusé l’enregistrement : "1a" n’est pas un numéro de succursale : uniquement des chiffres.',
      ],
      [
        unexpected('getBranches', 'the number of a branch cannot be read (1a)'),
        'MplusKASSA heeft op getBranches iets anders geantwoord dan het contract zegt: het nummer van een filiaal kan niet gelezen worden (1a).',
        'MplusKASSA a répondu à getBranches autre chose que ce que dit son contrat : le numéro d’une succursale ne peut pas être lu (1a).',
      ],
      [
        unexpected('getBranches', 'it lists no branch'),
        'MplusKASSA heeft op getBranches iets anders geantwoord dan het contract zegt: het noemt geen enkel filiaal.',
        'MplusKASSA a répondu à getBranches autre chose que ce que dit son contrat : il n’énumère aucune succursale.',
      ],
      [
        unexpected('the reading of what was made', 'it is not there'),
        'MplusKASSA heeft op het lezen van wat gemaakt is iets anders geantwoord dan het contract zegt: het is er niet.',
        'MplusKASSA a répondu à la lecture de ce qui a été créé autre chose que ce que dit son contrat : ce n’est pas là.',
      ],
    ];
    for (const [sentence, nl, fr] of sentences) {
      expect(said('nl', sentence)).toBe(nl);
      expect(plainSpaces(said('fr', sentence))).toBe(fr);
    }
  });

  it('reads a text of any length and form without delay', () => {
    const say = (): void => {
      said('nl', `${'a: '.repeat(50_000)}`);
      said('fr', `The order ${'could not '.repeat(390)}`);
      said('fr', `${'x is x, but x '.repeat(280)}`);
    };
    expect(shortestOfThreeMs(say)).toBeLessThan(1_000);
  });
});

describe('numbers, amounts and moments', () => {
  it('go with the form of the word that their language has for them', () => {
    const refused = (language: 'en' | 'nl' | 'fr', count: number): string =>
      plainSpaces(saidError(language, 'CONFIGURATION_FILE_REFUSED', { count, problems: '' }).message);
    expect(refused('en', 1)).toContain('because of 1 problem:');
    expect(refused('en', 2)).toContain('because of 2 problems:');
    expect(refused('nl', 1)).toContain('wegens 1 probleem:');
    expect(refused('nl', 0)).toContain('wegens 0 problemen:');
    expect(refused('fr', 0)).toContain('de 0 problème :');
    expect(refused('fr', 2)).toContain('de 2 problèmes :');
    expect(refused('fr', 1_000_000)).toMatch(/de 1\s000\s000 de problèmes :/);
  });

  it('are written as in that language', () => {
    const tooLarge = (language: 'en' | 'nl' | 'fr'): string =>
      saidError(language, 'BODY_TOO_LARGE', { limit: 1_048_576 }).message;
    expect(tooLarge('en')).toContain('1,048,576');
    expect(tooLarge('nl')).toContain('1.048.576');
    expect(tooLarge('fr')).toMatch(/1\s048\s576/);
    const differs = 'The target would add up 1234.50 incl. VAT where the source states 1234.49.';
    expect(said('nl', differs)).toBe(
      'Het doelsysteem zou op 1.234,50 incl. btw uitkomen, waar de bron 1.234,49 vermeldt.',
    );
    const early = 'It is older than the start of the flow at 2026-11-01T08:00:00.000Z.';
    expect(said('nl', early)).toContain('1 november 2026');
    expect(said('fr', early)).toContain('1 novembre 2026');
    expect(said('fr', 'The flow does not take invoices.')).toBe('Le flux ne reprend pas de factures.');
    expect(said('nl', 'No credit notes are taken over from Kassa.')).toBe(
      'Er worden geen creditnota’s uit Kassa overgenomen.',
    );
    expect(said('nl', 'Shop does not take invoices; it takes orders, credit notes.')).toContain(
      '; wel bestellingen, creditnota’s.',
    );
    // Of a release before.
    expect(said('fr', 'Documents of type INVOICE are not taken from Kassa.')).toBe(
      'Les factures ne sont pas reprises de Kassa.',
    );
  });
});

describe('events', () => {
  const happened = {
    step: 'applied',
    outcome: 'updated',
    entity: 'product',
    externalId: '1001',
    system: 'till',
    message: null,
  };

  it('are one sentence in each language', () => {
    expect(eventSentence('en', happened)).toBe('Product 1001 taken over, updated (till)');
    expect(eventSentence('nl', happened)).toBe('Product 1001 overgenomen, bijgewerkt (till)');
    expect(eventSentence('fr', happened)).toBe('Produit 1001 repris, mis à jour (till)');
    // French agrees with what it is said of.
    expect(eventSentence('fr', { ...happened, entity: 'order' })).toBe('Commande 1001 reprise, mise à jour (till)');
  });

  it('say why in the same language', () => {
    const message = new KoppelError('CREDENTIALS_REJECTED', { system: 'Softmaat' }).message;
    const failed = { ...happened, step: 'failed', outcome: 'retrying', entity: 'order', message };
    expect(eventSentence('nl', failed)).toBe(
      'Bestelling 1001 kon niet geschreven worden, wordt opnieuw geprobeerd (till): Softmaat heeft de aanmeldgegevens geweigerd.',
    );
  });
});
