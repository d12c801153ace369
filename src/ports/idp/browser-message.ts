/** Messages that a browser carries between us and a provider, whatever the protocol. */

/** What a page of ours lets the browser post. */
export interface PostedForm {
  /** The provider's address. */
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** By a redirect, or by a form that the browser posts. */
export type BrowserMessage =
  | { readonly binding: 'redirect'; readonly url: URL }
  | { readonly binding: 'post'; readonly form: PostedForm };
