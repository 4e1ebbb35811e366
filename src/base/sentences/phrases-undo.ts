/** Why a field is not put back when a change is taken back: the English phrase → Dutch, French. */
import type { Phrases } from './translations.js';

export const undoPhrases = {
  'Name at least one event.': ['Noem minstens één gebeurtenis.', 'Nommez au moins un événement.'],
  'Name at most {most} events.': ['Noem hoogstens {most} gebeurtenissen.', 'Nommez au plus {most} événements.'],
  'Say from when on, or of which record or change.': [
    'Zeg vanaf wanneer, of van welk record of welke wijziging.',
    'Dites à partir de quand, ou de quel enregistrement ou de quelle modification.',
  ],
  'There is nothing like that which has ended and may be taken back.': [
    'Zoiets dat afgelopen is en ongedaan gemaakt mag worden, is er niet.',
    'Il n’y a rien de tel qui soit terminé et puisse être annulé.',
  ],
  'Somebody else has changed it in between; it goes back to what it held then.': [
    'Iemand anders heeft het tussendoor gewijzigd; het wordt weer wat het toen was.',
    'Quelqu’un d’autre l’a modifié entre-temps ; il redevient ce qu’il était alors.',
  ],
  'The rules of this version are still in use: what comes in next is translated by them again. Go back to an earlier version first.':
    [
      'De regels van deze versie zijn nog in gebruik: wat hierna binnenkomt, wordt er weer mee vertaald. Ga eerst terug naar een eerdere versie.',
      'Les règles de cette version sont encore utilisées : ce qui arrive ensuite sera de nouveau traduit par elles. Revenez d’abord à une version antérieure.',
    ],
  'Say why.': ['Zeg waarom.', 'Dites pourquoi.'],
  'By this field records are known or belong together; it is not put back.': [
    'Aan dit veld zijn records te herkennen of horen ze bij elkaar; het wordt niet teruggezet.',
    'C’est à ce champ que l’on reconnaît les enregistrements ou qu’ils vont ensemble ; il n’est pas rétabli.',
  ],
  'The record is gone from every system.': [
    'Het record is uit alle systemen verdwenen.',
    'L’enregistrement a disparu de tous les systèmes.',
  ],
  'The systems do not agree on this field; a person decides under Conflicts.': [
    'De systemen zijn het over dit veld niet eens; een mens beslist onder Conflicten.',
    'Les systèmes ne sont pas d’accord sur ce champ ; une personne décide sous Conflits.',
  ],
  'The field cannot be empty.': ['Het veld kan niet leeg zijn.', 'Le champ ne peut pas être vide.'],
  'Orders, invoices and deliveries are facts of the systems that booked them; a credit note or a correction there puts them right.':
    [
      'Bestellingen, facturen en leveringen zijn feiten van de systemen die ze geboekt hebben; een creditnota of een correctie daar zet ze recht.',
      'Les commandes, factures et livraisons sont des faits des systèmes qui les ont enregistrées ; un avoir ou une correction là-bas les rectifie.',
    ],
  'Stock is counted; only another count in the system that counts it puts it right.': [
    'Voorraad wordt geteld; alleen een nieuwe telling in het systeem dat telt, zet haar recht.',
    'Le stock est compté ; seul un nouveau comptage dans le système qui le compte le rectifie.',
  ],
  'Nobody decides about the fields of such records in the hub.': [
    'Over de velden van zulke records beslist niemand in de hub.',
    'Personne ne décide dans le hub des champs de tels enregistrements.',
  ],
  'Only a change that the hub has taken over can be taken back; this event is another step on its way.': [
    'Alleen een wijziging die de hub heeft overgenomen, kan ongedaan gemaakt worden; dit is een andere stap op haar weg.',
    'Seule une modification que le hub a reprise peut être annulée ; ceci est une autre étape de son chemin.',
  ],
  'This made the record; what was made is ended in the systems that have it.': [
    'Hiermee is het record gemaakt; wat gemaakt is, wordt beëindigd in de systemen die het hebben.',
    'Ceci a créé l’enregistrement ; ce qui a été créé se termine dans les systèmes qui l’ont.',
  ],
  'What it replaced is not kept any more.': [
    'Wat erdoor vervangen werd, wordt niet meer bewaard.',
    'Ce qui a été remplacé n’est plus conservé.',
  ],
  '{system} has a say in this field and no flow writes it there, so it would go on saying what it says now. Put it back in {system}.':
    [
      '{system} heeft over dit veld iets te zeggen en geen synchronisatie schrijft het daar, dus zou het blijven zeggen wat het nu zegt. Zet het terug in {system}.',
      '{system} a son mot à dire sur ce champ et aucun flux ne l’y écrit : il continuerait donc à dire ce qu’il dit. Rétablissez-le dans {system}.',
    ],
  'The field belongs to {system} only because it said it first. Say under Conflicts, Who decides, whose it is; then it can be put back.':
    [
      'Het veld is alleen van {system} omdat dat het als eerste zei. Leg onder Conflicten, Wie beslist, vast van wie het is; dan kan het teruggezet worden.',
      'Le champ n’est à {system} que parce qu’il l’a dit en premier. Dites sous Conflits, Qui décide, à qui il est ; il pourra alors être rétabli.',
    ],
} as const satisfies Phrases;
