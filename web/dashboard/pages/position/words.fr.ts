/** Mots de l’endroit jusqu’où un système est lu. */
export const position = {
  counter: 'la prochaine modification est le numéro {{number}}',
  counterMore: 'la prochaine modification est le numéro {{number}} ; d’autres attendent',
  lastChange: 'dernière modification lue :',
  ofRecord: 'de l’enregistrement {{id}}',
  first: 'première lecture, à l’enregistrement {{place}}',
  begun: 'au début : aucune modification n’est encore lue',
  other: 'connue du hub',
  details: 'Détails techniques',
} as const;
