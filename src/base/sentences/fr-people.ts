/** The sentences of base/people-error-codes.ts in French. */
import type { Translations } from './translations.js';

export const frPeople = {
  SIGN_IN_REFUSED: [
    'L’adresse e-mail et le mot de passe ne vont pas ensemble.',
    'Vérifiez les deux ; un administrateur peut vous donner une nouvelle invitation si vous avez oublié votre mot de passe.',
  ],
  SIGN_IN_THROTTLED: [
    'Il y a eu trop de tentatives.',
    'Attendez {seconds} {seconds|seconde|secondes|de secondes} avant la prochaine.',
  ],
  SIGN_IN_BUSY: ['Trop de mots de passe sont vérifiés en ce moment.', 'Réessayez dans quelques secondes.'],
  ORIGIN_REFUSED: [
    'La requête vient d’une page de {origin}, qui n’appartient pas à ce hub.',
    'Ouvrez le hub à sa propre adresse ; derrière un proxy, mettez dans KOPPEL_PUBLIC_URL l’adresse que l’on utilise.',
  ],
  SET_UP_PROOF_REFUSED: [
    'La preuve que vous avez installé ce hub n’est pas valable.',
    'Utilisez le lien qu’affiche npm start, ou la clé d’API d’un administrateur : "API key (shown once)" dans la sortie du processus démarré le premier, ou celle de KOPPEL_BOOTSTRAP_API_KEY.',
  ],
  FIRST_ACCOUNT_EXISTS: [
    'Le premier compte de ce hub a déjà été créé.',
    'Connectez-vous ; c’est un administrateur qui crée les autres comptes.',
  ],
  INVITATION_REFUSED: [
    'L’invitation n’est plus valable.',
    'Elle sert une seule fois et pendant sept jours ; demandez-en une nouvelle à un administrateur.',
  ],
  ACCOUNT_FIELD_INVALID: [
    'Le champ {field} ne peut pas être utilisé : {what}.',
    'Corrigez-le et renvoyez le tout ; rien n’a été modifié.',
  ],
  PASSWORD_TOO_SHORT: [
    'Le mot de passe a {found} caractères ; il en faut au moins {least}.',
    'Quelques mots sans lien entre eux se retiennent facilement et se devinent difficilement.',
  ],
  PASSWORD_TOO_LONG: ['Le mot de passe a plus de {most} caractères.', 'Choisissez-en un plus court.'],
  PASSWORD_COMMON: [
    'Le mot de passe est un de ceux que l’on devine en premier.',
    'Quelques mots sans lien entre eux se retiennent facilement et se devinent difficilement.',
  ],
  PASSWORD_IS_EMAIL: [
    'Le mot de passe est votre adresse e-mail ou son début.',
    'Choisissez-en un que votre adresse ne révèle pas.',
  ],
  PASSWORD_WRONG: [
    'Le mot de passe actuel en est un autre.',
    'Un administrateur peut vous donner une nouvelle invitation si vous l’avez oublié.',
  ],
  VIEW_NAME_TAKEN: [
    'Vous avez déjà une vue {name} de cette liste.',
    'Choisissez un autre nom, ou modifiez la vue qui existe.',
  ],
  EMAIL_TAKEN: [
    'Il y a déjà un utilisateur avec cette adresse e-mail.',
    'Modifiez cet utilisateur, ou prenez une autre adresse.',
  ],
  USER_UNKNOWN: ['Il n’y a pas d’utilisateur {id}.', 'La requête users les énumère.'],
  USER_CHANGED: [
    'L’utilisateur {id} en est maintenant à la version {found} ; votre modification partait de la version {expected}.',
    'Regardez l’utilisateur tel qu’il est maintenant et renvoyez la modification.',
  ],
  LAST_ADMINISTRATOR: [
    'C’est le dernier administrateur qui puisse se connecter.',
    'Nommez d’abord un autre administrateur, et faites-le se connecter une fois.',
  ],
} as const satisfies Partial<Translations>;
