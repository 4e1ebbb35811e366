/** Words of the check after a restore, in Dutch. */
export const restore = {
  title: 'Na het terugzetten',
  about:
    'Een teruggezette database weet minder dan de systemen. Synchronisaties worden vergeleken voordat ze weer schrijven.',
  over_one: '{{done}} van {{all}} synchronisatie vergeleken; alles gaat door',
  over_other: '{{done}} van {{all}} synchronisaties vergeleken; alles gaat door',
  began: 'Het begon',
  ended: 'het was klaar',
  progress: 'Synchronisaties die vergeleken zijn',
  cause: {
    DATABASE_COPIED: 'De hub merkte dat zijn database uit een reservekopie teruggezet of gekopieerd is.',
    SERVER_CHANGED: 'De hub merkte dat zijn database op een andere server staat.',
    SERVER_RECOVERED: 'De hub merkte dat de databaseserver hersteld is, of dat een reserveserver het overnam.',
    FILES_COPIED: 'De hub merkte dat de bestanden van zijn database teruggekopieerd zijn.',
    ASKED: 'Iemand zei dat de database teruggezet is.',
  },
  never: 'Nog niets teruggezet',
  neverHint:
    'De hub merkt het meestal zelf als hij start. Zeg het hier als een reservekopie is teruggezet die hij niet kan opmerken, zoals een momentopname van een schijf.',
  flow: 'Synchronisatie',
  state: 'Toestand',
  readCount: 'Records gelezen',
  takenInCount: 'Sinds de kopie gewijzigd',
  foundCount: 'In het doelsysteem gevonden',
  states: {
    WAITING: 'wacht',
    READING: 'wordt gelezen',
    LOOKING: 'wordt opgezocht',
    COMPARED: 'vergeleken',
    SKIPPED: 'niet vergeleken',
  },
  flowPaused: 'Ze wordt vergeleken zodra de synchronisatie hervat wordt.',
  systemPaused: 'Ze wordt vergeleken zodra het systeem hervat wordt.',
  failed: 'Wordt gauw opnieuw geprobeerd:',
  held_one: '{{number}} wijziging wacht op uw beslissing',
  held_other: '{{number}} wijzigingen wachten op uw beslissing',
  wereHeld_one: 'over {{number}} vastgehouden wijziging is beslist',
  wereHeld_other: 'over {{number}} vastgehouden wijzigingen is beslist',
  start: {
    button: 'De database is teruggezet…',
    title: 'Alle synchronisaties vergelijken?',
    do: 'Vergelijken',
    effect:
      'Beide systemen van elke synchronisatie worden gelezen zoals bij de eerste keer. Tot een synchronisatie vergeleken is, wordt er niets naar het doelsysteem geschreven.',
  },
  skip: {
    button: 'Doorgaan zonder controle…',
    title: 'Schrijven zonder te vergelijken?',
    do: 'Doorgaan',
    effect:
      'Synchronisaties die niet vergeleken zijn, schrijven meteen weer. Dat klopt als er niets verloren ging, bijvoorbeeld omdat de database alleen verhuisd is. Anders kunnen records overschreven worden met wat ze ten tijde van de reservekopie waren.',
  },
  why: 'Waarom',
  whyHint: 'Het staat in het auditlogboek.',
} as const;
