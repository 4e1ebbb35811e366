/** As words.en.ts. */
export const categories = {
  about: 'De boom van de catalogus. Pijltjestoetsen openen en sluiten.',
  search: 'Naam van een categorie',
  noneYet: 'Categorieën verschijnen zodra een synchronisatie van categorieën ze gelezen heeft.',
  products: 'Producten',
  productsWithin: 'Producten hierin en in de categorieën eronder',
  fold: '{{name}} sluiten',
  unfold: '{{name}} openen',
  cut: 'alleen de eerste 100 eronder worden getoond',
  top: 'Bovenaan de boom',
  children: 'Eronder',
  childrenNone: 'Er staat niets onder.',
  productsNone: 'Er staat geen product in.',
  allProducts: 'Alle {{number}} producten',
  particulars: 'Gegevens',
  slug: 'Naam in webadressen',
  position: 'Plaats tussen de andere',
} as const;
