/** Examples of logout by OpenID Connect in the document: shortened, and of no connection of anybody. */

/** `{"typ":"logout+jwt","alg":"RS256"}`, `{"events":…}`. */
export const logout = {
  logout_token:
    'eyJ0eXAiOiJsb2dvdXQrand0IiwiYWxnIjoiUlMyNTYifQ.eyJldmVudHMiOnsiaHR0cDovL3NjaGVtYXMub3BlbmlkLm5ldC9ldmVudC9iYWNrY2hhbm5lbC1sb2dvdXQiOnt9fX0.c2lnbmF0dXJl',
};

export const logoutPage = `<form method="post" action="https://idp.example.com/logout">
<input type="hidden" name="id_token_hint" value="eyJhbGciOiJSUzI1NiJ9…">
<input type="hidden" name="client_id" value="vestibule">
<button>Continue</button>
</form>
`;

export const logoutRefusalPage = `<h1>Signing out did not work</h1>
<dl><dt>Reason</dt><dd>not_found</dd><dt>Reference</dt><dd>6735a1c09f3b2e4d8c7a6b54</dd></dl>
`;
