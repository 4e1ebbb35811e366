/** Words of the pages `/mappings`, `/mappings/$mappingId`. */
import { own } from './own/words.nl.ts';
import { rules } from './rules/words.nl.ts';
import { beside } from './side/words.nl.ts';

export const mappings = {
  ...rules,
  ...beside,
  ...own,
  about:
    'Hoe velden tussen de systemen en de hub vertaald worden. Wijzigingen probeert u op echte records voordat ze gaan gelden.',
  noMappings: 'Er zijn geen veldkoppelingen: er is nog geen systeem gekoppeld.',
  record: 'Record',
  direction: 'Richting',
  coverage: 'Gevulde velden',
  coverageIs: 'Regels vullen {{part}} van de {{whole}} velden',
  newShipped: 'nieuwere meegeleverde regels',
  newShippedTitle: 'Met het product komen nieuwere regels dan deze',
  newShippedHint:
    'Een release heeft de meegeleverde regels gewijzigd sinds deze veldkoppeling is geïnstalleerd; wat hier geldt, blijft zoals het is. ‘Meegeleverde regels nemen’, in het menu hierboven, zet ze in de plaats van het concept: wat ze wijzigen, staat daar voordat u publiceert.',
  draftChanges: 'Wijzigingen in het concept',
  tests: 'Tests',
  testsIs: '{{passed}} van de {{all}} tests slagen',
  problems: 'Problemen',
  version: 'Versie',
  changed: 'Gewijzigd',
  theHub: 'hub',
  inbound: 'Van {{system}} naar de hub',
  outbound: 'Van de hub naar {{system}}',
  entity: {
    product: 'Producten',
    variant: 'Varianten',
    category: 'Categorieën',
    customer: 'Klanten',
    contact: 'Contactpersonen',
    order: 'Bestellingen',
    stock: 'Voorraad',
    stock_level: 'Voorraad',
    stock_location: 'Voorraadlocaties',
  },
  owners: 'Wie over een veld beslist',
} as const;
