/**
 * Words for believable shops in the Netherlands, Belgium and France, barcodes with valid check digits, and texts that
 * break careless software. Only vocabulary; what a record looks like is each system's business.
 */
import type { Random } from './random.js';

export const goods = [
  { noun: 'T-shirt', fr: 'T-shirt', kind: 'clothing' }, { noun: 'Trui', fr: 'Pull', kind: 'clothing' },
  { noun: 'Spijkerbroek', fr: 'Jean', kind: 'clothing' }, { noun: 'Jurk', fr: 'Robe', kind: 'clothing' },
  { noun: 'Regenjas', fr: 'Imperméable', kind: 'clothing' }, { noun: 'Sjaal', fr: 'Écharpe', kind: 'clothing' },
  { noun: 'Muts', fr: 'Bonnet', kind: 'clothing' }, { noun: 'Overhemd', fr: 'Chemise', kind: 'clothing' },
  { noun: 'Sneaker', fr: 'Basket', kind: 'shoes' }, { noun: 'Laars', fr: 'Botte', kind: 'shoes' },
  { noun: 'Sandaal', fr: 'Sandale', kind: 'shoes' }, { noun: 'Pantoffel', fr: 'Chausson', kind: 'shoes' },
  { noun: 'Koffiemok', fr: 'Mug', kind: 'home' }, { noun: 'Theepot', fr: 'Théière', kind: 'home' },
  { noun: 'Snijplank', fr: 'Planche à découper', kind: 'home' }, { noun: 'Vaas', fr: 'Vase', kind: 'home' },
  { noun: 'Kussen', fr: 'Coussin', kind: 'home' }, { noun: 'Tafellamp', fr: 'Lampe de table', kind: 'home' },
  { noun: 'Plaid', fr: 'Plaid', kind: 'home' }, { noun: 'Kandelaar', fr: 'Bougeoir', kind: 'home' },
  { noun: 'Notitieboek', fr: 'Carnet', kind: 'paper' }, { noun: 'Kookboek', fr: 'Livre de cuisine', kind: 'paper' },
  { noun: 'Prentenboek', fr: 'Album illustré', kind: 'paper' }, { noun: 'Agenda', fr: 'Agenda', kind: 'paper' },
  { noun: 'Stroopwafels', fr: 'Gaufres au sirop', kind: 'food' }, { noun: 'Chocoladereep', fr: 'Tablette de chocolat', kind: 'food' },
  { noun: 'Olijfolie', fr: "Huile d'olive", kind: 'food' }, { noun: 'Honing', fr: 'Miel', kind: 'food' },
  { noun: 'Speculaas', fr: 'Spéculoos', kind: 'food' }, { noun: 'Houten trein', fr: 'Train en bois', kind: 'toys' },
  { noun: 'Puzzel', fr: 'Puzzle', kind: 'toys' }, { noun: 'Knuffelbeer', fr: 'Ours en peluche', kind: 'toys' },
] as const; // prettier-ignore

export type GoodsKind = (typeof goods)[number]['kind'];

export const adjectives = ['Klassieke', 'Warme', 'Lichte', 'Robuuste', 'Fijne', 'Zachte', 'Handgemaakte', 'Vintage', 'Duurzame', 'Kleine', 'Grote', 'Feestelijke', 'Gestreepte', 'Effen', 'Waterdichte', 'Biologische']; // prettier-ignore
export const colours = ['rood', 'donkerblauw', 'lichtgroen', 'zwart', 'wit', 'okergeel', 'grijs', 'bordeaux', 'crème', 'roze', 'turquoise', 'antraciet']; // prettier-ignore
export const clothingSizes = ['XS', 'S', 'M', 'L', 'XL', 'XXL'];
export const shoeSizes = ['36', '37', '38', '39', '40', '41', '42', '43', '44'];
export const brands = ['Noordzee & Zn.', 'Atelier Leie', 'De Gouden Gans', 'Maison Duval', 'Vlaamse Wol', 'Kaap', 'Bergman', "L'Épicier", 'Mosa', 'Zilt', 'Café Nord', 'Houtwerk Gent']; // prettier-ignore
export const origins = ['Nederland', 'België', 'Frankrijk', 'Portugal', 'Italië', 'Turkije', 'India', 'Duitsland'];
export const materials = ['katoen', 'wol', 'leer', 'linnen', 'eikenhout', 'keramiek', 'glas', 'gerecycled polyester', 'papier', 'roestvrij staal']; // prettier-ignore
export const leadTimes = ['1 dag', '2-3 dagen', '1 week', '2 weken', 'op bestelling'];
export const firstNames = ['Sanne', 'Jeroen', 'Fatima', 'Luc', 'Amélie', 'Pieter', 'Noor', 'Élodie', 'Bart', 'Zoë', 'Mohammed', 'Ingrid', 'Thibault', 'Wim', 'Chloé', 'Anke', 'Joost', 'Margaux']; // prettier-ignore
export const lastNames = ['de Vries', 'Janssens', 'Peeters', 'Dubois', 'van den Berg', 'Lefèvre', 'Maes', 'Bakker', "d'Hondt", 'Lambert', 'Willems', 'El Amrani', 'Visser', 'Moreau', "in 't Veld", 'Claes', 'Rousseau', 'Smit']; // prettier-ignore
export const companies = ['Bakkerij De Korenaar', 'Hotel Lindenhof BV', 'Janssens & Zonen NV', 'SARL Le Petit Marché', 'Stichting Buurthuis', 'Brasserie du Nord', 'Kantoor Plus', 'Schilderwerken Maes bvba']; // prettier-ignore

export interface Place {
  readonly city: string;
  readonly country: string;
  readonly countryCode: 'NL' | 'BE' | 'FR';
  readonly streets: readonly string[];
  zipcode(random: Random): string;
}

const letters = 'ABCDEFGHJKLMNPRSTVWXZ';
const dutchZip = (from: number, to: number) => (random: Random) =>
  `${random.integer(from, to)} ${letters.charAt(random.integer(0, 20))}${letters.charAt(random.integer(0, 20))}`;
const plainZip =
  (...codes: readonly string[]) =>
  (random: Random) =>
    random.pick(codes);

export const places: readonly Place[] = [
  { city: 'Rotterdam', country: 'Nederland', countryCode: 'NL', streets: ['Coolsingel', 'Nieuwe Binnenweg', 'Witte de Withstraat'], zipcode: dutchZip(3011, 3089) },
  { city: 'Utrecht', country: 'Nederland', countryCode: 'NL', streets: ['Oudegracht', 'Biltstraat', "'t Goylaan"], zipcode: dutchZip(3511, 3585) },
  { city: 'Groningen', country: 'Nederland', countryCode: 'NL', streets: ['Folkingestraat', 'Herestraat'], zipcode: dutchZip(9711, 9747) },
  { city: 'Gent', country: 'België', countryCode: 'BE', streets: ['Veldstraat', 'Korenmarkt', 'Brugse Poort'], zipcode: plainZip('9000', '9030', '9050') },
  { city: 'Antwerpen', country: 'België', countryCode: 'BE', streets: ['Meir', 'Nationalestraat'], zipcode: plainZip('2000', '2018', '2060') },
  { city: 'Liège', country: 'België', countryCode: 'BE', streets: ['Rue Saint-Gilles', "Quai de la Dérivation"], zipcode: plainZip('4000', '4020') },
  { city: 'Lille', country: 'France', countryCode: 'FR', streets: ['Rue de Béthune', "Rue de l'Hôpital Militaire"], zipcode: plainZip('59000', '59800') },
  { city: 'Saint-Étienne', country: 'France', countryCode: 'FR', streets: ['Place Jean-Jaurès', 'Rue des Martyrs'], zipcode: plainZip('42000', '42100') },
]; // prettier-ignore

/** Names that break careless software; every shop has a few. */
export const hostileNames = [
  'Zout & Peper <b>set</b>',
  'Mok "Ik ♥ Gent" 🍟☕',
  "L'été à l'Île d'Oléron – 'carnet'",
  'Spaties achteraan   ',
  '  Spaties vooraan',
  'Cafe\u0301 cre\u0300me (combinerende accenten)',
  'Null',
  '=SUM(A1:A9)',
  "Robert'); DROP TABLE product;--",
  ']]> einde & begin <![CDATA[',
  'Familie 👨‍👩‍👧‍👦 puzzel',
  '&amp; al ontsnapt &lt;i&gt;',
  `Lange naam ${'x'.repeat(244)}`,
] as const;

/** Appends the check digit to twelve digits. */
export function ean13(twelve: string): string {
  let sum = 0;
  for (let at = 0; at < 12; at++) sum += Number(twelve.charAt(at)) * (at % 2 === 0 ? 1 : 3);
  return `${twelve}${(10 - (sum % 10)) % 10}`;
}

const eanPrefixes = ['87', '54', '30', '31', '32', '33', '34', '35', '36', '37'];

/** A barcode that is different for every number below 10^10. */
export function eanFor(number: number): string {
  const prefix = eanPrefixes[number % eanPrefixes.length] ?? '87';
  return ean13(`${prefix}${String(number).padStart(10, '0')}`);
}

export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

export function makePerson(random: Random, number: number): Person {
  const firstName = random.pick(firstNames);
  const lastName = random.pick(lastNames);
  const plain = `${firstName}.${lastName}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return { firstName, lastName, email: `${plain}${number}@example.${random.pick(['nl', 'be', 'fr'])}` };
}
