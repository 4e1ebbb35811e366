/** What the engine of expressions says of one that it cannot read: its English sentence → Dutch, French. */
import type { Phrases } from './translations.js';

export const libraryPhrases = {
  'Unexpected token: {token}.': ['Onverwacht element: {token}.', 'Élément inattendu : {token}.'],
  'Unexpected character: {character}.': ['Onverwacht teken: {character}.', 'Caractère inattendu : {character}.'],
  'Expected {token}, got {other}.': ['Verwacht was {token}, gevonden is {other}.', '{token} attendu, {other} trouvé.'],
  'Unterminated string.': ['Een tekst is niet afgesloten.', 'Un texte n’est pas terminé.'],
  'Invalid number: {number}.': ['Ongeldig getal: {number}.', 'Nombre non valable : {number}.'],
  'Unknown variable: {variable}.': ['Onbekende variabele: {variable}.', 'Variable inconnue : {variable}.'],
  "found no matching overload for '{call}'": [
    'er is geen functie die past bij "{call}"',
    'aucune fonction ne convient à "{call}"',
  ],
  'no such overload: {call}': ['dit kan niet met deze waarden: {call}', 'impossible avec ces valeurs : {call}'],
  "Logical operator requires bool operands, got '{type}'.": [
    'Een logische bewerking vraagt waar of onwaar, gevonden is "{type}".',
    'Un opérateur logique demande vrai ou faux, "{type}" trouvé.',
  ],
} as const satisfies Phrases;
