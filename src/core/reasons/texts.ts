/** The shape of a reason's texts, and the sentences that several reasons share. */

/** What one reason means to the three people who meet it. Plain sentences; no input and no secret is ever put in. */
export interface ReasonTexts {
  /** What happened, technically, in a sentence. */
  readonly cause: string;
  /** For whoever tried to sign in: what they see and can do. */
  readonly person: string;
  /** For the developer of the API client, or whoever runs this server: what the client did or must do. */
  readonly integrator: string;
  /** For the administrator of the customer's identity provider: what to change there. */
  readonly admin: string;
}

export const NOTHING = 'Nothing has to be changed at the identity provider.';
export const START_AGAIN = 'Start the sign-in again from the application.';
export const TRY_LATER = 'Signing in does not work at the moment. Try again in a few minutes.';
export const TELL_ADMIN =
  'A setting between your organization and the application is not right. Tell your organization’s administrator; trying again does not help until it is changed.';
export const NOT_YOU = 'The application could not complete a request. Try again, and tell its support if it stays so.';
