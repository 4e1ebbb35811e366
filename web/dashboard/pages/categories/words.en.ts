/** Words of the pages `/categories`, `/categories/$recordId`. */
export const categories = {
  about: 'The tree of the catalogue. Arrow keys open and close.',
  search: 'Name of a category',
  noneYet: 'Categories appear when a flow of categories has read them.',
  products: 'Products',
  productsWithin: 'Products in it and in the categories below',
  fold: 'Close {{name}}',
  unfold: 'Open {{name}}',
  cut: 'only the first 100 below it are shown',
  top: 'At the top of the tree',
  children: 'Below it',
  childrenNone: 'Nothing is below it.',
  productsNone: 'No product is in it.',
  allProducts: 'All {{number}} products',
  particulars: 'Particulars',
  slug: 'Name in web addresses',
  position: 'Place among its siblings',
} as const;
