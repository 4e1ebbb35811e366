/** Words of the check after a restore, in French. */
export const restore = {
  title: 'Après une restauration',
  about:
    'Une base de données restaurée en sait moins que les systèmes. Les flux sont rapprochés avant d’écrire de nouveau.',
  over_one: '{{done}} flux rapproché sur {{all}} ; tout continue',
  over_many: '{{done}} flux rapprochés sur {{all}} ; tout continue',
  over_other: '{{done}} flux rapprochés sur {{all}} ; tout continue',
  began: 'Début :',
  ended: 'fin :',
  progress: 'Flux qui ont été rapprochés',
  cause: {
    DATABASE_COPIED: 'Le hub a remarqué que sa base de données a été restaurée d’une sauvegarde ou copiée.',
    SERVER_CHANGED: 'Le hub a remarqué que sa base de données est sur un autre serveur.',
    SERVER_RECOVERED:
      'Le hub a remarqué que le serveur de base de données a été rétabli, ou qu’un serveur de secours a pris le relais.',
    FILES_COPIED: 'Le hub a remarqué que les fichiers de sa base de données ont été recopiés.',
    ASKED: 'Quelqu’un a dit que la base de données a été restaurée.',
  },
  never: 'Aucune restauration jusqu’ici',
  neverHint:
    'Le hub remarque la plupart des restaurations au démarrage. Dites-le ici quand une sauvegarde qu’il ne peut pas remarquer a été remise, comme un instantané de disque.',
  flow: 'Flux',
  state: 'État',
  readCount: 'Enregistrements lus',
  takenInCount: 'Modifiés depuis la sauvegarde',
  foundCount: 'Trouvés dans la cible',
  states: {
    WAITING: 'attend',
    READING: 'en lecture',
    LOOKING: 'en recherche',
    COMPARED: 'rapproché',
    SKIPPED: 'non rapproché',
  },
  flowPaused: 'Il est rapproché dès que le flux est repris.',
  systemPaused: 'Il est rapproché dès que son système est repris.',
  failed: 'Nouvel essai sous peu :',
  held_one: '{{number}} changement attend votre décision',
  held_many: '{{number}} de changements attendent votre décision',
  held_other: '{{number}} changements attendent votre décision',
  wereHeld_one: '{{number}} changement a été retenu et décidé',
  wereHeld_many: '{{number}} de changements ont été retenus et décidés',
  wereHeld_other: '{{number}} changements ont été retenus et décidés',
  start: {
    button: 'La base a été restaurée…',
    title: 'Rapprocher tous les flux ?',
    do: 'Rapprocher',
    effect:
      'Les deux systèmes de chaque flux sont lus comme au premier chargement. Tant qu’un flux n’a pas été rapproché, rien n’est écrit vers sa cible.',
  },
  skip: {
    button: 'Continuer sans contrôle…',
    title: 'Écrire sans rapprocher ?',
    do: 'Continuer',
    effect:
      'Les flux qui n’ont pas été rapprochés écrivent de nouveau aussitôt. C’est juste quand rien n’a été perdu, par exemple parce que la base a seulement été déplacée. Sinon, des enregistrements peuvent être remplacés par ce qu’ils étaient au moment de la sauvegarde.',
  },
  why: 'Pourquoi',
  whyHint: 'Cela figure dans le journal d’audit.',
} as const;
