/** As words.en.ts. */
export const categories = {
  about: 'L’arborescence du catalogue. Les flèches ouvrent et ferment.',
  search: 'Nom d’une catégorie',
  noneYet: 'Les catégories apparaissent dès qu’un flux de catégories les a lues.',
  products: 'Produits',
  productsWithin: 'Produits de cette catégorie et de celles en dessous',
  fold: 'Fermer {{name}}',
  unfold: 'Ouvrir {{name}}',
  cut: 'seules les 100 premières en dessous sont affichées',
  top: 'Au sommet de l’arborescence',
  children: 'En dessous',
  childrenNone: 'Rien en dessous.',
  productsNone: 'Aucun produit dedans.',
  allProducts: 'Les {{number}} produits',
  particulars: 'Informations',
  slug: 'Nom dans les adresses web',
  position: 'Place parmi ses voisines',
} as const;
