/** The sentences of base/people-error-codes.ts in Dutch. */
import type { Translations } from './translations.js';

export const nlPeople = {
  SIGN_IN_REFUSED: [
    'E-mailadres en wachtwoord horen niet bij elkaar.',
    'Controleer beide; een beheerder kan u een nieuwe uitnodiging geven als u uw wachtwoord vergeten bent.',
  ],
  SIGN_IN_THROTTLED: ['Er waren te veel pogingen.', 'Wacht {seconds} {seconds|seconde|seconden} voor de volgende.'],
  SIGN_IN_BUSY: [
    'Op dit moment worden te veel wachtwoorden gecontroleerd.',
    'Probeer het over enkele seconden opnieuw.',
  ],
  ORIGIN_REFUSED: [
    'Het verzoek komt van een pagina van {origin}, die niet bij deze hub hoort.',
    'Open de hub op zijn eigen adres; zet achter een proxy KOPPEL_PUBLIC_URL op het adres dat mensen gebruiken.',
  ],
  SET_UP_PROOF_REFUSED: [
    'Het bewijs dat u deze hub hebt opgezet, is niet geldig.',
    'Gebruik de link die npm start toont, of de API-sleutel van een beheerder: "API key (shown once)" in de uitvoer van het proces dat het eerst startte, of die van KOPPEL_BOOTSTRAP_API_KEY.',
  ],
  FIRST_ACCOUNT_EXISTS: [
    'De eerste account van deze hub is al gemaakt.',
    'Meld u aan; meer accounts maakt een beheerder.',
  ],
  INVITATION_REFUSED: [
    'De uitnodiging is niet meer geldig.',
    'Ze werkt één keer en zeven dagen lang; vraag een beheerder een nieuwe.',
  ],
  ACCOUNT_FIELD_INVALID: [
    'Het veld {field} kan niet gebruikt worden: {what}.',
    'Verbeter het en stuur alles opnieuw; er is niets gewijzigd.',
  ],
  PASSWORD_TOO_SHORT: [
    'Het wachtwoord heeft {found} tekens; er zijn er minstens {least} nodig.',
    'Enkele woorden die niet bij elkaar horen, zijn makkelijk te onthouden en moeilijk te raden.',
  ],
  PASSWORD_TOO_LONG: ['Het wachtwoord heeft meer dan {most} tekens.', 'Kies een korter.'],
  PASSWORD_COMMON: [
    'Het wachtwoord is er een dat als eerste geraden wordt.',
    'Enkele woorden die niet bij elkaar horen, zijn makkelijk te onthouden en moeilijk te raden.',
  ],
  PASSWORD_IS_EMAIL: [
    'Het wachtwoord is uw e-mailadres of het eerste deel ervan.',
    'Kies er een dat men niet uit uw adres kan afleiden.',
  ],
  PASSWORD_WRONG: [
    'Het huidige wachtwoord is een ander.',
    'Een beheerder kan u een nieuwe uitnodiging geven als u het vergeten bent.',
  ],
  VIEW_NAME_TAKEN: [
    'U hebt al een weergave {name} van deze lijst.',
    'Kies een andere naam, of wijzig de weergave die er is.',
  ],
  EMAIL_TAKEN: ['Er is al een gebruiker met dit e-mailadres.', 'Wijzig die gebruiker, of neem een ander adres.'],
  USER_UNKNOWN: ['Er is geen gebruiker {id}.', 'De query users somt ze op.'],
  USER_CHANGED: [
    'Gebruiker {id} staat intussen op versie {found}; uw wijziging ging uit van versie {expected}.',
    'Bekijk de gebruiker zoals die nu is en stuur de wijziging opnieuw.',
  ],
  LAST_ADMINISTRATOR: [
    'Dit is de laatste beheerder die zich kan aanmelden.',
    'Maak eerst iemand anders beheerder, en laat die zich één keer aanmelden.',
  ],
} as const satisfies Partial<Translations>;
