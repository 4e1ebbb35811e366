/** The part of the catalogue of error codes that is about people: accounts, passwords, signing in. */
import type { ErrorDefinition } from './error-definition.js';

export const peopleErrorCodes = {
  SIGN_IN_REFUSED: {
    class: 'usage',
    message: 'E-mail address and password do not belong together.',
    hint: 'Check both; an administrator can give you a new invitation when you have forgotten your password.',
  },
  SIGN_IN_THROTTLED: {
    class: 'usage',
    message: 'There were too many attempts.',
    hint: 'Wait {seconds} seconds before the next one.',
  },
  SIGN_IN_BUSY: {
    class: 'usage',
    message: 'Too many passwords are being checked at this moment.',
    hint: 'Try again in a few seconds.',
  },
  ORIGIN_REFUSED: {
    class: 'usage',
    message: 'The request comes from a page of {origin}, which does not belong to this hub.',
    hint: 'Open the hub by its own address; behind a proxy, set KOPPEL_PUBLIC_URL to the address that people use.',
  },
  SET_UP_PROOF_REFUSED: {
    class: 'usage',
    message: 'The proof that you have set up this hub is not valid.',
    hint: 'Use the link that npm start prints, or the API key of an administrator: "API key (shown once)" in the output of the process that started first, or the one of KOPPEL_BOOTSTRAP_API_KEY.',
  },
  FIRST_ACCOUNT_EXISTS: {
    class: 'usage',
    message: 'The first account of this hub has been made already.',
    hint: 'Sign in; more accounts are made by an administrator.',
  },
  INVITATION_REFUSED: {
    class: 'usage',
    message: 'The invitation is not valid any more.',
    hint: 'It works once and for seven days; ask an administrator for a new one.',
  },
  ACCOUNT_FIELD_INVALID: {
    class: 'usage',
    message: 'The field {field} cannot be used: {what}.',
    hint: 'Correct it and send everything again; nothing was changed.',
  },
  PASSWORD_TOO_SHORT: {
    class: 'usage',
    message: 'The password has {found} characters; at least {least} are needed.',
    hint: 'A few words that do not belong together are easy to remember and hard to guess.',
  },
  PASSWORD_TOO_LONG: {
    class: 'usage',
    message: 'The password has more than {most} characters.',
    hint: 'Choose a shorter one.',
  },
  PASSWORD_COMMON: {
    class: 'usage',
    message: 'The password is one of those that are guessed first.',
    hint: 'A few words that do not belong together are easy to remember and hard to guess.',
  },
  PASSWORD_IS_EMAIL: {
    class: 'usage',
    message: 'The password is your e-mail address or its first part.',
    hint: 'Choose one that cannot be known from your address.',
  },
  PASSWORD_WRONG: {
    class: 'usage',
    message: 'The present password is another one.',
    hint: 'An administrator can give you a new invitation when you have forgotten it.',
  },
  VIEW_NAME_TAKEN: {
    class: 'usage',
    message: 'You have a view called {name} of this list already.',
    hint: 'Choose another name, or change the view that there is.',
  },
  EMAIL_TAKEN: {
    class: 'usage',
    message: 'There is a user with this e-mail address already.',
    hint: 'Change that user, or use another address.',
  },
  USER_UNKNOWN: {
    class: 'usage',
    message: 'There is no user {id}.',
    hint: 'The query users lists them.',
  },
  USER_CHANGED: {
    class: 'usage',
    message: 'User {id} is at version {found} by now; your change was made from version {expected}.',
    hint: 'Look at the user as it is now and send the change again.',
  },
  LAST_ADMINISTRATOR: {
    class: 'usage',
    message: 'This is the last administrator who can sign in.',
    hint: 'Make somebody else an administrator first, and let them sign in once.',
  },
} as const satisfies Record<string, ErrorDefinition>;
