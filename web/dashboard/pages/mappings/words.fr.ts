/** Words of the pages `/mappings`, `/mappings/$mappingId`. */
import { own } from './own/words.fr.ts';
import { rules } from './rules/words.fr.ts';
import { beside } from './side/words.fr.ts';

export const mappings = {
  ...rules,
  ...beside,
  ...own,
  about:
    'Comment les champs sont traduits entre les systèmes et le hub. Les changements s’essaient sur de vrais enregistrements avant de servir.',
  noMappings: 'Il n’y a pas de correspondances : aucun système n’est encore connecté.',
  record: 'Enregistrement',
  direction: 'Sens',
  coverage: 'Champs remplis',
  coverageIs: 'Les règles remplissent {{part}} champs sur {{whole}}',
  newShipped: 'règles d’origine plus récentes',
  newShippedTitle: 'Le produit est livré avec des règles plus récentes',
  newShippedHint:
    'Une version du produit a modifié les règles d’origine depuis l’installation de cette correspondance ; ce qui est en service ici reste tel quel. « Reprendre les règles d’origine », dans le menu ci-dessus, les met à la place du brouillon : ce qu’elles changent s’y voit avant la publication.',
  draftChanges: 'Changements du brouillon',
  tests: 'Tests',
  testsIs: '{{passed}} tests réussis sur {{all}}',
  problems: 'Problèmes',
  version: 'Version',
  changed: 'Modifié',
  theHub: 'hub',
  inbound: 'De {{system}} vers le hub',
  outbound: 'Du hub vers {{system}}',
  entity: {
    product: 'Produits',
    variant: 'Variantes',
    category: 'Catégories',
    customer: 'Clients',
    contact: 'Contacts',
    order: 'Commandes',
    stock: 'Stock',
    stock_level: 'Stock',
    stock_location: 'Emplacements de stock',
  },
  owners: 'Qui décide d’un champ',
} as const;
