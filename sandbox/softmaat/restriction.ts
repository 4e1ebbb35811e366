/** Which records and which edits an order to the people at the shop is about. */
export interface Restriction {
  readonly edits?: readonly string[];
  readonly of: 'own' | 'any';
}
