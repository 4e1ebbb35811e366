/**
 * Countries as people write them → ISO 3166-1 alpha-2: the Benelux, France, Germany, Great Britain and their neighbours in
 * Dutch, French, English and German. Names only; a code of two letters is any country that exists.
 */
const names: Readonly<Record<string, readonly string[]>> = {
  NL: ['NLD', 'Nederland', 'Pays-Bas', 'Netherlands', 'The Netherlands', 'Niederlande', 'Holland', 'Hollande'],
  BE: ['BEL', 'België', 'Belgique', 'Belgium', 'Belgien'],
  FR: ['FRA', 'Frankrijk', 'France', 'Frankreich'],
  DE: ['DEU', 'Duitsland', 'Allemagne', 'Germany', 'Deutschland', 'Bundesrepublik Deutschland'],
  LU: ['LUX', 'Luxemburg', 'Luxembourg', 'Groothertogdom Luxemburg', 'Grand-Duché de Luxembourg', 'Lëtzebuerg'],
  GB: [
    ...['GBR', 'UK', 'U.K.', 'Verenigd Koninkrijk', 'Royaume-Uni', 'United Kingdom', 'Vereinigtes Königreich'],
    ...['Groot-Brittannië', 'Grande-Bretagne', 'Great Britain', 'Großbritannien', 'Grossbritannien'],
    ...['Engeland', 'Angleterre', 'England', 'Schotland', 'Écosse', 'Scotland', 'Schottland', 'Wales'],
    ...['Noord-Ierland', 'Irlande du Nord', 'Northern Ireland', 'Nordirland'],
  ],
  IE: ['IRL', 'Ierland', 'Irlande', 'Ireland', 'Irland', 'Éire'],
  DK: ['DNK', 'Denemarken', 'Danemark', 'Denmark', 'Dänemark', 'Danmark'],
  PL: ['POL', 'Polen', 'Pologne', 'Poland', 'Polska'],
  CZ: [
    ...['CZE', 'Tsjechië', 'Tchéquie', 'Czechia', 'Tschechien', 'Česko'],
    ...['Tsjechische Republiek', 'République tchèque', 'Czech Republic', 'Tschechische Republik'],
  ],
  AT: ['AUT', 'Oostenrijk', 'Autriche', 'Austria', 'Österreich', 'Oesterreich'],
  CH: ['CHE', 'Zwitserland', 'Suisse', 'Switzerland', 'Schweiz', 'Svizzera'],
  LI: ['LIE', 'Liechtenstein'],
  IT: ['ITA', 'Italië', 'Italie', 'Italy', 'Italien', 'Italia'],
  MC: ['MCO', 'Monaco'],
  ES: ['ESP', 'Spanje', 'Espagne', 'Spain', 'Spanien', 'España'],
  AD: ['AND', 'Andorra', 'Andorre'],
  PT: ['PRT', 'Portugal'],
};

/** Letters only, without accents: "Pays-Bas", "pays bas" and "PAYS BAS" are one name. */
const comparable = (text: string): string =>
  text
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();

const codes = new Map(
  Object.entries(names).flatMap(([code, all]) => [...all, code].map((name) => [comparable(name), code] as const)),
);
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** `Nederland`, `Pays-Bas`, `NLD`, `nl` → `NL`; undefined when nobody knows. */
export function countryCodeOf(text: string): string | undefined {
  const name = comparable(text);
  const known = codes.get(name);
  if (known !== undefined || !/^[a-z]{2}$/.test(name)) return known;
  const code = name.toUpperCase();
  // Some regions of Unicode are no countries: EU, UN, XK, ZZ and those made for tests.
  return /^(?:EU|EZ|UN|QO|ZZ|X.)$/.test(code) || regions.of(code) === undefined ? undefined : code;
}
