/**
 * Countries as people write them → ISO 3166-1 alpha-2: every country by its codes and by its name in Dutch, French, English
 * and German, countries of Europe also in their own language, and what people write for short.
 */
import { alpha3Of } from '../base/country-codes.js';

const languages = ['nl', 'fr', 'en', 'de'] as const;

/** Languages in which people write their own country. */
const own: Readonly<Record<string, string>> = {
  AL: 'sq', BA: 'bs', BG: 'bg', CY: 'el', CZ: 'cs', DK: 'da', EE: 'et', ES: 'es', FI: 'fi', GR: 'el', HR: 'hr', HU: 'hu', IE: 'ga',
  IS: 'is', IT: 'it', LT: 'lt', LU: 'lb', LV: 'lv', MT: 'mt', NO: 'nb', PL: 'pl', PT: 'pt', RO: 'ro', RS: 'sr-Latn', RU: 'ru', SE: 'sv',
  SI: 'sl', SK: 'sk', TR: 'tr', UA: 'uk',
}; // prettier-ignore

/** Names that no dictionary of regions has. */
const alsoNamed: Readonly<Record<string, readonly string[]>> = {
  NL: ['The Netherlands', 'Holland', 'Hollande', 'Koninkrijk der Nederlanden'],
  DE: ['Bundesrepublik Deutschland', 'BRD'],
  LU: ['Luxemburg', 'Groothertogdom Luxemburg', 'Grand-Duché de Luxembourg', 'Grand Duchy of Luxembourg'],
  GB: [
    ...['UK', 'U.K.', 'VK', 'V.K.', 'United Kingdom of Great Britain and Northern Ireland'],
    ...['Groot-Brittannië', 'Grande-Bretagne', 'Great Britain', 'Großbritannien', 'Grossbritannien'],
    ...['Engeland', 'Angleterre', 'England', 'Schotland', 'Écosse', 'Scotland', 'Schottland', 'Wales'],
    ...['Noord-Ierland', 'Irlande du Nord', 'Northern Ireland', 'Nordirland'],
  ],
  IE: ['Republic of Ireland', 'Republiek Ierland', "République d'Irlande", 'Republik Irland'],
  CZ: ['Tsjechische Republiek', 'République tchèque', 'Czech Republic', 'Tschechische Republik', 'Česká republika'],
  SK: ['Slowaakse Republiek', 'République slovaque', 'Slovak Republic', 'Slowakische Republik'],
  AT: ['Oesterreich'],
  CH: ['Svizzera', 'Svizra'],
  GR: ['EL', 'Hellas', 'Hellenic Republic'],
  CY: ['Kypros', 'Kıbrıs'],
  BG: ['Bulgaria'],
  TR: ['Turkey', 'Turkije', 'Turquie', 'Türkei', 'Türkiye'],
  MK: ['Macedonië', 'Macédoine', 'Macedonia', 'Mazedonien'],
  MD: ['Moldova', 'Moldavië', 'Moldavie', 'Moldau'],
  BY: ['Wit-Rusland', 'Biélorussie', 'White Russia', 'Weißrussland'],
  RU: ['Russian Federation', 'Russische Federatie', 'Fédération de Russie', 'Russische Föderation'],
  US: [
    ...['U.S.', 'U.S.A.', 'VS', 'V.S.', 'Verenigde Staten van Amerika', 'United States of America'],
    ...["États-Unis d'Amérique", 'Vereinigte Staaten von Amerika', 'Amerika', 'Amérique', 'America'],
  ],
  AE: ['UAE', 'U.A.E.', 'VAE', 'V.A.E.', 'Emirates', 'Emiraten'],
  CD: ['DR Congo', 'RD Congo', 'Democratic Republic of the Congo', 'Democratische Republiek Congo'],
  CI: ['Ivory Coast'],
  CV: ['Cape Verde'],
  HK: ['Hongkong', 'Hong Kong'],
  KP: ['North Korea', 'Noord-Korea'],
  KR: ['Korea', 'Republic of Korea', 'South Korea', 'Zuid-Korea'],
  MM: ['Birma', 'Burma', 'Birmanie'],
  MO: ['Macau', 'Macao'],
  SZ: ['Swaziland'],
  VA: ['Vatican', 'Vaticaan', 'Vatikan'],
};

/** Letters only, without accents: "Pays-Bas", "pays bas" and "PAYS BAS" are one name. */
const comparable = (text: string): string =>
  text
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();

let known: ReadonlyMap<string, string> | undefined;

/** Made when it is first needed. What people write for short counts before names, and codes before both. */
function codesByName(): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  const name = (code: string, text: string | undefined): void => {
    if (text !== undefined && comparable(text) !== '') codes.set(comparable(text), code);
  };
  for (const language of languages) {
    const regions = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of alpha3Of.keys()) name(code, regions.of(code));
  }
  for (const [code, language] of Object.entries(own))
    name(code, new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }).of(code));
  for (const [code, alpha3] of alpha3Of) for (const each of [code, alpha3]) name(code, each);
  for (const [code, names] of Object.entries(alsoNamed)) for (const each of names) name(code, each);
  return codes;
}

/** `Nederland`, `Pays-Bas`, `NLD`, `nl` → `NL`; undefined when nobody knows. */
export function countryCodeOf(text: string): string | undefined {
  known ??= codesByName();
  return known.get(comparable(text));
}
