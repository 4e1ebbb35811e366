/** Woorden van tot waar een systeem gelezen is. */
export const position = {
  counter: 'de volgende wijziging is nummer {{number}}',
  counterMore: 'de volgende wijziging is nummer {{number}}; er wachten er meer',
  lastChange: 'laatst gelezen wijziging:',
  ofRecord: 'van het record {{id}}',
  first: 'eerste lezing, bij record {{place}}',
  begun: 'aan het begin: er is nog geen wijziging gelezen',
  other: 'bekend bij de hub',
  details: 'Technische details',
} as const;
