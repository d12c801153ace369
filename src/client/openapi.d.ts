/** Made from the OpenAPI document by `bun run types`, with openapi-typescript. Not to be edited. */

export interface paths {
    "/v1/auth/sso/{organizationSlug}/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Start a login
         * @description Answers where to send the person. A browser that navigates here is redirected at once, and only it can finish the login.
         */
        get: operations["startAppliveryLogin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/sso/{organizationSlug}/{type}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * SSO callback
         * @description Finishes a login with what the identity provider sent to the redirect URI.
         */
        post: operations["finishAppliveryLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the pair
         * @description Answers the next pair. The pair sent is spent.
         */
        post: operations["refreshAppliverySession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log out
         * @description Ends the session; every token of it stops working. Where the identity provider has a logout of its own (SAML single logout, OpenID Connect RP-initiated logout), the answer also says where to send the person to end its session.
         */
        post: operations["endAppliverySession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Current user
         * @description The signed-in user.
         */
        get: operations["readAppliveryProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/auth/sso/initiate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * SSO initiate
         * @description First step: answers where to send the person, and the state and nonce to keep.
         */
        post: operations["initiateIndeeLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/auth/sso/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * SSO login
         * @description Second step: exchanges what came back for a session.
         */
        post: operations["finishIndeeLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh
         * @description Answers a new access token; the refresh token stays the same.
         */
        post: operations["refreshIndeeSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Logout
         * @description Ends the session; its access tokens stop working too. Where the identity provider has a logout of its own (SAML single logout, OpenID Connect RP-initiated logout), the answer also says where to send the person to end its session.
         */
        post: operations["endIndeeSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/auth/sso/initiate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * SSO initiate
         * @description First step: answers where to send the person, and the state and nonce to keep.
         */
        post: operations["initiateIndeeLoginUnderApi"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/auth/sso/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * SSO login
         * @description Second step: exchanges what came back for a session.
         */
        post: operations["finishIndeeLoginUnderApi"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh
         * @description Answers a new access token; the refresh token stays the same.
         */
        post: operations["refreshIndeeSessionUnderApi"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Logout
         * @description Ends the session; its access tokens stop working too. Where the identity provider has a logout of its own (SAML single logout, OpenID Connect RP-initiated logout), the answer also says where to send the person to end its session.
         */
        post: operations["endIndeeSessionUnderApi"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sso/{organizationSlug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Start a login
         * @description Redirects to the identity provider; answers JSON when asked for it. Only the browser that came here can finish the login.
         */
        get: operations["startPriaLogin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sso/{organizationSlug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Start a login
         * @description Redirects to the identity provider; answers JSON when asked for it. Only the browser that came here can finish the login.
         */
        get: operations["startPriaLoginUnderApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sso_callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * SSO callback
         * @description Finishes a login with what came back to the redirect URI.
         */
        post: operations["finishPriaLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/refresh/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh the profile
         * @description Exchanges a valid token for a fresh one, with the profile as it is now.
         */
        post: operations["refreshPriaProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/signout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the session of the token. Where the identity provider has a logout of its own (SAML single logout, OpenID Connect RP-initiated logout), the answer also says where to send the person to end its session.
         */
        post: operations["endPriaSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saml/{connectionId}/acs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assertion consumer service
         * @description Verifies a response and sends the browser to the redirect URI with a one-time `code` (60 s) and the `state`; the callback of any API finishes the login with them. Where the identity provider initiated the login (`allowIdpInitiated`) there is no `state`: then the callbacks of Applivery and Pria finish it with the `code` alone, and Indee’s does not, since its requests have `state` and `nonce` (`state_invalid`). A browser gets a page instead of problem details.
         */
        post: operations["consumeSamlResponse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saml/{connectionId}/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Service provider metadata
         * @description What the identity provider needs to know of this connection: entity id, consumer service, single logout, and certificates, the next one included. Served for drafts too.
         */
        get: operations["readSamlMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saml/{connectionId}/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page that posts the request
         * @description Where a login begins whose identity provider takes its request by POST: the page posts the browser on. Part of the authorization request of a start; good for one login.
         */
        get: operations["postSamlRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saml/{connectionId}/slo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Single logout by redirect
         * @description Takes signed messages only. A LogoutRequest ends the sessions that began with its NameID and, where it names any, its SessionIndex; the browser carries the answer back, by the binding that the request came by where the provider has both. After a LogoutResponse the browser goes to the connection’s `logoutRedirectUri`, or sees a page. A browser gets a page instead of problem details.
         */
        get: operations["receiveRedirectedSamlLogout"];
        put?: never;
        /**
         * Single logout by POST
         * @description Takes signed messages only. A LogoutRequest ends the sessions that began with its NameID and, where it names any, its SessionIndex; the browser carries the answer back, by the binding that the request came by where the provider has both. After a LogoutResponse the browser goes to the connection’s `logoutRedirectUri`, or sees a page. A browser gets a page instead of problem details.
         */
        post: operations["receivePostedSamlLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saml/{connectionId}/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page that posts the logout request
         * @description Where a logout goes on whose identity provider takes its request by POST: the page posts the browser on. The address is part of the answer of a logout, good for five minutes.
         */
        get: operations["postSamlLogout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oidc/{connectionId}/backchannel-logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Back-channel logout
         * @description Where the identity provider sends its logout tokens: the connection’s `backchannel_logout_uri`. A token ends the sessions that began in the provider’s session that it names (`sid`), or all of the person’s (`sub`), at once. 503 says that it could not be judged, and may be sent again.
         */
        post: operations["receiveBackchannelLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oidc/{connectionId}/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page that posts the logout request
         * @description Where a logout goes on whose identity provider ends its session with the ID token: the page posts the browser on, since no token stands in an address. The address is part of the answer of a logout, good for five minutes. A browser gets a page instead of problem details.
         */
        get: operations["postOidcLogout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/test/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Redirect URI of test logins
         * @description May be registered at the identity provider beside the client’s own. Takes the response of a test and of nothing else, and says what came of it.
         */
        get: operations["receiveConnectionTest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/test/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page of a test login
         * @description What `POST /admin/v1/connections/{id}/test` links to. With `start` the browser goes to the identity provider; afterwards the page says what came of it.
         */
        get: operations["openConnectionTest"];
        put?: never;
        /**
         * Finish a test login by hand
         * @description Takes the address that the person landed on, where the client’s page can’t post a callback that it did not start.
         */
        post: operations["finishConnectionTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a token (RFC 7009)
         * @description Ends the session that the token stands for: its access tokens and its refresh token stop working at once, on every replica. A token that is unknown, malformed or has had its time is answered with 200 too; one of another organization, or of an API that the key may not call, is refused and not revoked.
         */
        post: operations["revokeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/introspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Introspect a token (RFC 7662)
         * @description Whether a token is in force, whatever may have ended it, and whose it is. Asking about an access token counts as a use of its session. `active` alone is answered for a token that is unknown, spent, expired, of a session that is over, of another organization, or of an API that the key may not call.
         */
        post: operations["introspectToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/admin-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Admin keys
         * @description All of them, newest first; the operator’s own key is not among them.
         */
        get: operations["listAdminKeys"];
        put?: never;
        /**
         * Make an admin key
         * @description A key for this API that reaches some organizations or all, and reads or writes. What it does not reach is answered as if it were not there. The answer holds the key, of which only a digest is kept (with an Idempotency-Key the answer itself is kept too, sealed, for 24 hours).
         */
        post: operations["createAdminKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/admin-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One admin key
         * @description As it stands now.
         */
        get: operations["readAdminKey"];
        put?: never;
        post?: never;
        /**
         * Revoke an admin key
         * @description Refused at once, on every replica, and for good. Revoking it twice is no error.
         */
        delete: operations["revokeAdminKey"];
        options?: never;
        head?: never;
        /**
         * Change an admin key
         * @description Its name, its reach or its expiry; works at once, on every replica. A revoked key is refused (409) and stays as it is.
         */
        patch: operations["updateAdminKey"];
        trace?: never;
    };
    "/admin/v1/organizations/{id}/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connections of an organization
         * @description Of every status, declared ones and those made here, newest first.
         */
        get: operations["listConnections"];
        put?: never;
        /**
         * Make a connection
         * @description A draft, which may lack what the provider’s administrator has yet to say. `atProvider` is what they enter on their side.
         */
        post: operations["createConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One connection
         * @description Its newest version that is in use or waits to be; secrets as a mask.
         */
        get: operations["readConnection"];
        put?: never;
        post?: never;
        /**
         * Delete a connection
         * @description A draft, or one that is disabled; with its versions, its identities and its sessions. The users stay: whoever signs in over another connection is linked by a verified address.
         */
        delete: operations["deleteConnection"];
        options?: never;
        head?: never;
        /**
         * Change, disable or enable a connection
         * @description Merged over the version that is read here (RFC 7396). Of a connection that is in use it makes a version that waits, and logins go on as before; of a draft it holds at once. `status` takes effect at once, on every replica: sessions over the connection end, and stay ended when it is enabled again, and logins under way are refused. A declaration that names a member sets it again at the next start.
         */
        patch: operations["updateConnection"];
        trace?: never;
    };
    "/admin/v1/connections/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Versions of a connection
         * @description Newest first. Of those out of use 50 are kept: the ones that were in use before the others, the newest first.
         */
        get: operations["listConnectionVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One version of a connection
         * @description A whole configuration, which never changes.
         */
        get: operations["readConnectionVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a version in use
         * @description New logins run on it from now on, on every replica. It has to have passed a test login, unless `force` is sent; the audit says which. A draft is in use then; a disabled connection stays disabled.
         */
        post: operations["activateConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go back to a version that was in use before
         * @description To the one before the present one, or to the one that is named; without checks and without a test, since it worked. Called once more without a version, it undoes itself; with one that is in use, it changes nothing.
         */
        post: operations["rollBackConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check a connection
         * @description Whether logins over the version could work: what it lacks, its redirect URIs, and what the provider’s discovery document, API or metadata say at this moment; and whether its token endpoint takes client id and secret, which is asked with a code that was made up. The same checks are answered as `problems` with every change, and an activation without `force` asks them again.
         */
        get: operations["checkConnection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link for a test login
         * @description Over any version, also of a connection that was never in use. Whoever opens the link within 20 minutes signs in at the provider and sees whether it would have worked, and why not. It leaves a trace (`GET /admin/v1/logins?test=true`) and nothing else: no user, identity, session or token. A test that passes marks the version as tested.
         */
        post: operations["testConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}/tests/{testId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came of a test login
         * @description For a day after the link has expired.
         */
        get: operations["readConnectionTest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connection-presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Types of connections
         * @description What each type knows by itself (endpoints, scopes, claim names) and what has to come from the provider.
         */
        get: operations["listConnectionPresets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Steps for the provider’s administrator
         * @description Where they enter what, in the words of the provider, with the values of this connection; and what they hand back.
         */
        get: operations["readConnectionSetup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Organizations
         * @description Those within the key’s reach, newest first.
         */
        get: operations["listOrganizations"];
        put?: never;
        /**
         * Make an organization
         * @description Domains, connections, users and API keys follow with their own routes. For keys without a limit: a limited one would not reach what it made.
         */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/organizations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One organization
         * @description As it stands now.
         */
        get: operations["readOrganization"];
        put?: never;
        post?: never;
        /**
         * Delete an organization
         * @description With its domains, connections, API keys, memberships and sessions, and with the users who belong to no other organization. There is no way back. For keys without a limit. One that is not disabled is refused (409): disable it first. Login traces and audit events stay for as long as they are kept. If the answer does not come, ask again: it goes on where it was.
         */
        delete: operations["deleteOrganization"];
        options?: never;
        head?: never;
        /**
         * Change an organization
         * @description Takes effect at once, on every replica. A new `slug` is for keys without a limit. Another `status` ends the sessions that there are, and they stay ended when it is put back. A declaration finds organizations by slug and sets what it names again at the next start.
         */
        patch: operations["updateOrganization"];
        trace?: never;
    };
    "/admin/v1/organizations/{id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users of an organization
         * @description By newest membership. `status` looks at the user and the membership together.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Make a user before the first login
         * @description A member of the organization who has not signed in yet. The first login over a connection that is trusted for the address finds it and becomes theirs; where `jit` is off, this is how people come in. Where group rules decide roles, the login’s decision replaces `role`.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One user
         * @description With the memberships within the key’s reach.
         */
        get: operations["readUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change or deactivate a user
         * @description The record that all organizations of the user share: a key that does not reach all of them is refused (403), and changes the membership instead. Takes effect at once, on every replica. Another `status` ends the sessions that there are, and they stay ended when it is put back. A declaration that names a member sets it again at the next start.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/admin/v1/organizations/{id}/memberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Memberships of an organization
         * @description Newest first. `status` looks at the user and the membership together.
         */
        get: operations["listMemberships"];
        put?: never;
        /**
         * Make a user a member
         * @description Of one more organization. The key has to reach it and every organization that the user belongs to, since they share the record.
         */
        post: operations["createMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/memberships/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One membership
         * @description As it stands now.
         */
        get: operations["readMembership"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a membership
         * @description The role, or whether the user may sign in to this organization; others stay as they are. Takes effect at once, on every replica. Another `status` ends the sessions in this organization. Where group rules decide roles, the next login decides anew. Members are deactivated, not removed: who is removed would come back with the next login.
         */
        patch: operations["updateMembership"];
        trace?: never;
    };
    "/admin/v1/users/{id}/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Identities of a user
         * @description Whom the connections within the key’s reach know the user as, newest first.
         */
        get: operations["listIdentities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/identities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One identity
         * @description As it stands now. The check `member.noOtherSubject` of a login that was refused with `account_exists_link_required` names it.
         */
        get: operations["readIdentity"];
        put?: never;
        post?: never;
        /**
         * Unlink an identity
         * @description For a person whom the provider made anew. The user stays with all that belongs to it; sessions of the identity end at once, on every replica. The next login over the connection with the user’s email becomes theirs, whatever subject it comes with, if the provider says that the email is verified and its domain is a verified one of the organization; otherwise it is refused. So never unlink where the address was given to somebody else: that person would get the account.
         */
        delete: operations["deleteIdentity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}/saml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * SAML side of a connection
         * @description What to give the provider’s administrator, what the provider says of itself, and what waits for approval.
         */
        get: operations["readSamlConnection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}/saml/metadata/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve new metadata
         * @description The pending copy is in use from now on. Compare its fingerprints with the provider’s administrator first: whoever holds a key named there can sign in as anybody of the organization.
         */
        post: operations["approveSamlMetadata"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}/saml/metadata/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the provider’s metadata now
         * @description Reads `metadataUrl` at once, as after a change of the provider’s keys. New keys and addresses wait as `pending` for approval, unless `metadataCertificate` signed them; then they are in use. A version that waits with metadata of another address gets what stands there. By itself the address is read again every 6 hours at the latest, and soon after a response that was signed by an unknown key, though no sooner than 5 minutes after the last time.
         */
        post: operations["refreshSamlMetadata"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}/saml/keys/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate our key pair
         * @description The next key signs from now on, another one is published after it, and what is encrypted to the one before still opens for 30 days. Refused while the next certificate has not been in our metadata for a day, since the provider may not have read it.
         */
        post: operations["rotateSamlKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * OpenID Connect side of a connection
         * @description What to enter at the provider, and what the provider announces of logout.
         */
        get: operations["readOidcConnection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Signing keys
         * @description The keys that sign and verify our tokens, without their private parts.
         */
        get: operations["listSigningKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/signing-keys/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the signing key
         * @description The next key signs once every copy of the key set that may still be in use holds it: at once, or at `rotatesAt`. Asking again while that is pending changes nothing. `force` does not wait. `compromised` removes every key, so that what they signed is refused by this server within 20 s, and by others once their copy of the key set is over.
         */
        post: operations["rotateSigningKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sessions
         * @description Of a user, an organization or over a connection (one of them has to be named), newest first.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One session
         * @description As it stands now.
         */
        get: operations["readSession"];
        put?: never;
        post?: never;
        /**
         * End a session
         * @description Its access tokens and its refresh token stop working at once, on every replica. Ending it twice is no error.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/sessions/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End all sessions of somebody
         * @description Of a user, a member of one organization, an organization, or over a connection: whoever signed in until now has to sign in again. Works at once, on every replica, however many they are.
         */
        post: operations["endSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/organizations/{id}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * API keys of an organization
         * @description Declared ones and those made here, newest first.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description The answer holds the key, of which only a digest is kept (with an Idempotency-Key the answer itself is kept too, sealed, for 24 hours). A name that another key in use has is refused.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One API key
         * @description As it stands now.
         */
        get: operations["readApiKey"];
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description Refused at once, on every replica, and for good, whatever a declaration says. Sessions that were started with it go on. Revoking it twice is no error.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        /**
         * Change an API key
         * @description Its name, its APIs or its expiry; works at once, on every replica. A revoked key is refused (409) and stays as it is. A declaration that names the key sets what it names again at the next start.
         */
        patch: operations["updateApiKey"];
        trace?: never;
    };
    "/admin/v1/audit-events/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export audit events
         * @description All of them, as one line of JSON each, oldest first in the order of the chain: `position` and `hash` of the record, and `event`. Events that are not chained yet, some seconds old, come last and have neither. A key that is limited to organizations gets their events. How to verify the chain with any other tool stands in the documentation of the audit. What breaks off within the stream ends the connection without the last chunk.
         */
        get: operations["exportAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/audit-chain/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Head of the audit chain
         * @description Position and hash of the newest record. For a key that reaches everything. Kept elsewhere, it proves later that nothing before it was written anew: `vestibule audit verify --anchor <hash>`.
         */
        get: operations["readAuditChainHead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/organizations/{id}/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Domains of an organization
         * @description Declared ones and those added here, newest first.
         */
        get: operations["listDomains"];
        put?: never;
        /**
         * Add a domain to an organization
         * @description The answer names the TXT record that proves it. Until the domain is verified it changes nothing. Public suffixes (`co.uk`) and providers of mailboxes to everybody (`gmail.com`) are refused. Another organization may have the same domain, and proves it for itself.
         */
        post: operations["createDomain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/domains/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One domain
         * @description As it stands now.
         */
        get: operations["readDomain"];
        put?: never;
        post?: never;
        /**
         * Take a domain from an organization
         * @description Its connections speak for its addresses no more: nobody is linked by them from then on. Who is linked already stays so, and sessions go on. A declaration that names the domain adds it again at the next start.
         */
        delete: operations["deleteDomain"];
        options?: never;
        head?: never;
        /**
         * Assert a domain, or take its verification back
         * @description Without a look at the DNS; the audit calls it `domain.asserted`. A domain whose verification is taken back gets a new challenge.
         */
        patch: operations["updateDomain"];
        trace?: never;
    };
    "/admin/v1/domains/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look for the TXT record
         * @description Asks the DNS and says what it found and what to do. A domain that is verified stays so whatever is found. A challenge whose time is over is replaced by a new one, which the answer names.
         */
        post: operations["verifyDomain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whom a domain leads to
         * @description Active organizations that verified the domain, the first to verify it first, then those with a connection that lists it in `allowedDomains`, the oldest first; each with its active connections in the order of choice. Where an email decides within an organization (Indee’s `initiate`), the first connection serves.
         */
        get: operations["listServedOrganizations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/connections/{id}/simulate-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try rules on the logins of the last 30 days
         * @description Compares the rules in use with those named here, or those of a version, for everybody who came over the connection: each by the verified claims of their last login, also one that was refused. Says who would lose access, gain it, or have another role, and by which rule. Asks nothing of the provider and writes nothing, so a key that only reads may ask. Rules alone are compared: deactivated users, `jit` and `allowedDomains` are left out. Claims are kept for as long as login traces are.
         */
        post: operations["simulateRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/reasons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every reason, with its fixes
         * @description What each reason of a refused login means to the person, the integrator and the customer’s administrator. The same as `docs/reasons.md`.
         */
        get: operations["listReasons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/logins/{id}/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a login again over another configuration
         * @description Takes the claims as they were verified in this login, also in one that failed afterwards, and decides anew by the login’s own code: over a version of its connection, such as a draft, over members named here, or over both. Answers who would be meant or created, with which role and groups, and every check. Asks nothing of the provider and writes nothing. The subject stays the one that was verified. Users and domains are as they are now, so whoever the login itself created is known by now. 409 where no claims are kept: they are from the moment that they were verified, for as long as the trace, up to 64 KiB.
         */
        post: operations["evaluateLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/logins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Login traces
         * @description Logins of all outcomes with every check, newest first. All filters may be combined; each is answered by an index.
         */
        get: operations["listLogins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/logins/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One login trace
         * @description Why a login went the way it did, and what its reason means to the person, the integrator and the customer’s administrator.
         */
        get: operations["readLogin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Audit events
         * @description Every login, renewal, end of a session and change of configuration, newest first.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Public signing keys
         * @description The keys that access tokens are verified with, including the next one before it signs.
         */
        get: operations["readJwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The process is up
         * @description Answers as long as the process does.
         */
        get: operations["readLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The server can serve
         * @description The database answers, its migrations match this version, and the server is not about to stop.
         */
        get: operations["readReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics
         * @description Counters and durations in the Prometheus text format.
         */
        get: operations["readMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * OpenAPI document
         * @description This document, made from the routes themselves.
         */
        get: operations["readOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document as a page
         * @description Plain HTML without scripts; it loads nothing.
         */
        get: operations["readDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What the identity provider sent to the redirect URI: `code` and `state`, or `SAMLResponse` and `RelayState`. Free-form: other members are ignored. */
        "Applivery.CallbackRequest": {
            /** @description Authorization code (RFC 6749 §4.1.2). */
            code?: string;
            /** @description The `state` that the login was started with. */
            state?: string;
            /** @description Issuer of the authorization response (RFC 9207). */
            iss?: string;
            /** @description Error code of the identity provider (RFC 6749 §4.1.2.1). */
            error?: string;
            /** @description Explanation of `error`; recorded nowhere and shown to nobody. */
            error_description?: string;
            /** @description SAML response, base64 (SAML bindings §3.5). */
            SAMLResponse?: string;
            /** @description RelayState that came with `SAMLResponse`. */
            RelayState?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description Where to send the person. */
        "Applivery.StartResponse": {
            /**
             * @description `true` for success.
             * @constant
             */
            status: true;
            /** @description The started login. */
            data: {
                /**
                 * Format: uri
                 * @description Authorization request: open it in the person’s browser.
                 */
                redirectUrl: string;
                /** @description Compare with the `state` that comes back, and send it on. */
                state: string;
            };
        };
        /** @description A session: the pair of tokens and the user. */
        "Applivery.SessionResponse": {
            /**
             * @description `true` for success.
             * @constant
             */
            status: true;
            /** @description The session. */
            data: {
                accessToken: components["schemas"]["Applivery.Token"];
                refreshToken?: components["schemas"]["Applivery.Token"];
                user: components["schemas"]["Applivery.User"];
            };
        };
        /** @description The last pair, both halves. */
        "Applivery.RefreshRequest": {
            /** @description The access token that came with this refresh token; it may have expired. */
            lastAccessToken: string;
            /** @description The refresh token. */
            refreshToken: string;
        } & {
            [key: string]: unknown;
        };
        /** @description The next pair; the one sent is spent. */
        "Applivery.RefreshResponse": {
            /**
             * @description `true` for success.
             * @constant
             */
            status: true;
            /** @description The pair. */
            data: {
                accessToken: components["schemas"]["Applivery.Token"];
                refreshToken?: components["schemas"]["Applivery.Token"];
            };
        };
        /** @description The signed-in user. */
        "Applivery.ProfileResponse": {
            /**
             * @description `true` for success.
             * @constant
             */
            status: true;
            data: components["schemas"]["Applivery.User"];
        };
        /** @description No member is read. */
        "Applivery.LogoutRequest": {
            [key: string]: unknown;
        };
        /** @description The session has ended. */
        "Applivery.LogoutResponse": {
            /**
             * @description `true` for success.
             * @constant
             */
            status: true;
            /** @description The outcome. */
            data: {
                /** @description Always true. */
                done: boolean;
                /** @description What was done. */
                message: string;
                /**
                 * Format: uri
                 * @description Ends the session at the identity provider too, of SAML or OpenID Connect: open it in the person’s browser. Absent where the provider does not offer that.
                 */
                logoutUrl?: string;
            };
        };
        /** @description A refusal. */
        "Applivery.Error": {
            /**
             * @description `false` for failure.
             * @constant
             */
            status: false;
            /** @description What went wrong. */
            error: {
                /** @description Error code; the table at the head of this API says whose it is. */
                code: number;
                /** @description A short sentence. */
                message: string;
            };
        };
        /** @description A token and when it stops working. */
        "Applivery.Token": {
            /** @description The token. */
            token: string;
            /**
             * Format: date-time
             * @description When it expires.
             */
            expireAt: string;
        };
        /** @description The signed-in user. */
        "Applivery.User": {
            /** @description Platform-wide role; not the role in the organization. */
            role: string;
            /** @description Whether the user takes the newsletter. */
            newsletter?: boolean;
            /** @description Identity verification hash for the support chat. */
            intercomUserHash?: string;
            /** @description Platform-wide roles in full. */
            platformRoles?: components["schemas"]["Applivery.PlatformRole"][];
            /** @description Whom the user may act for. */
            supplantCapability?: string;
            /** @description User id. */
            id: string;
            /**
             * Format: email
             * @description Email address.
             */
            email: string;
            /** @description First name. */
            firstName?: string;
            /** @description Last name. */
            lastName?: string;
            /** @description Full name. */
            fullName?: string;
            /**
             * Format: uri
             * @description Profile picture.
             */
            picture?: string;
            /** @description Always false: users sign in through their identity provider. */
            hasPassword: boolean;
            /** @description Always false: second factors are the identity provider’s. */
            has2FAActive: boolean;
            /** @description Always true. */
            ssoUser: boolean;
            /** @description The organization of this session. */
            organizationId: string;
            /** @description Every organization the user is an active member of. */
            organizations: components["schemas"]["Applivery.OrganizationSummary"][];
            organizationInfo: components["schemas"]["Applivery.OrganizationInfo"];
            /**
             * @description Interface language.
             * @enum {string}
             */
            language?: "es" | "en" | "fr" | "de" | "it" | "zh" | "pt" | "ru";
            /** @description `verified` when the email address is verified; absent when it is not known to be. */
            verificationStatus?: string;
            activityTrace?: components["schemas"]["Applivery.ActivityTrace"];
            /**
             * Format: date-time
             * @description When the user was created.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the user was last changed.
             */
            updatedAt: string;
        };
        /** @description An organization the user belongs to. */
        "Applivery.OrganizationSummary": {
            /** @description Organization id. */
            id: string;
            /** @description Name. */
            name: string;
            /** @description Slug. */
            slug: string;
            /**
             * Format: uri
             * @description Logo.
             */
            picture?: string;
        };
        /** @description The organization of this session. */
        "Applivery.OrganizationInfo": {
            /** @description Organization id. */
            id: string;
            /** @description Name. */
            name: string;
            /** @description Slug. */
            slug: string;
            /**
             * Format: uri
             * @description Logo.
             */
            picture?: string;
            /** @description Id of the user who created it. */
            createdBy?: string;
            /** @description Branding of the organization. */
            branding?: {
                /** @description CSS color. */
                primaryColor?: string;
                /**
                 * Format: uri
                 * @description Address of the logo.
                 */
                logoUrl?: string;
            };
            /** @description App store of the organization. */
            store?: {
                /** @description Whether the store is open. */
                enabled?: boolean;
                /** @description Host name of the store. */
                customDomain?: string;
            };
            /** @description Configuration of the organization. */
            configuration?: {
                /** @description Id of the storage provider. */
                defaultStorageProvider?: string;
                /** @description Whether members must sign in through SSO. */
                enforceSSO?: boolean;
            };
        };
        /** @description When the user was last seen. */
        "Applivery.ActivityTrace": {
            lastLogin?: components["schemas"]["Applivery.Surfaces"];
            lastAction?: components["schemas"]["Applivery.Surfaces"];
        };
        /** @description One time stamp a surface. */
        "Applivery.Surfaces": {
            /**
             * Format: date-time
             * @description On the dashboard.
             */
            dashboard?: string;
            /**
             * Format: date-time
             * @description Through the SDK.
             */
            sdk?: string;
            /**
             * Format: date-time
             * @description In the app store.
             */
            store?: string;
        };
        /** @description A platform-wide role. */
        "Applivery.PlatformRole": {
            /** @description Role id. */
            id?: string;
            /** @description Role name. */
            name?: string;
            /** @description What the role is for. */
            description?: string;
            /** @description Actions that the role permits. */
            platformActions?: string[];
            /** @description Whom holders of the role may act for; free-form. */
            supplant?: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description When the role was created.
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description When the role was last changed.
             */
            updatedAt?: string;
        };
        /** @description User fields of Applivery that are set by the operator, not computed. */
        "Applivery.UserAttributes": {
            /** @description Platform-wide role; `user` when not set. Not the role in the organization. */
            role?: string;
            /** @description Whether the user takes the newsletter. */
            newsletter?: boolean;
            /** @description Identity verification hash for the support chat. */
            intercomUserHash?: string;
            /** @description Platform-wide roles in full. */
            platformRoles?: components["schemas"]["Applivery.PlatformRole"][];
            /** @description Whom the user may act for. */
            supplantCapability?: string;
        };
        /** @description Who wants to sign in. */
        "Indee.InitiateRequest": {
            /**
             * Format: idn-email
             * @description The person’s email address; its domain leads to the organization’s connection. The part before the @ is ASCII; the domain may be any.
             */
            username: string;
        } & {
            [key: string]: unknown;
        };
        /** @description A started login. Keep `state` and `nonce`, and send the person to `redirect`. */
        "Indee.InitiateResponse": {
            /**
             * @description Status code: `A0000` for success.
             * @constant
             */
            status_code: "A0000";
            /**
             * @description What the status code means.
             * @constant
             */
            status_message: "success";
            /** @description Compare with the `state` that comes back, and send it on. */
            state: string;
            /** @description Send it on with the login; it must be in the ID token. */
            nonce: string;
            /**
             * Format: uri
             * @description Authorization request: open it in the person’s browser.
             */
            redirect: string;
        };
        /** @description What came back to the redirect URI, with what the initiation answered. */
        "Indee.LoginRequest": {
            /** @description The `state` of the initiation. */
            state: string;
            /** @description The `nonce` of the initiation. */
            nonce: string;
            /**
             * Format: idn-email
             * @description The email address that the login was initiated with. The part before the @ is ASCII; the domain may be any.
             */
            email: string;
            /** @description Authorization code (RFC 6749 §4.1.2); may be empty when `error` is set. */
            code: string;
            /** @description Whether the identity provider answered with an error, or its error code. */
            error: boolean | string;
            /** @description The identity provider’s explanation; recorded nowhere and shown to nobody. */
            error_description?: string | {
                [key: string]: unknown;
            } | null;
            /** @description Issuer of the authorization response (RFC 9207), if the redirect carried one. */
            iss?: string;
            /** @description Asks for the longest refresh token life that the organization allows. */
            extended_expiry?: boolean;
        } & {
            [key: string]: unknown;
        };
        /** @description A session. */
        "Indee.TokenResponse": {
            /**
             * @description Status code: `A0000` for success.
             * @constant
             */
            status_code: "A0000";
            /**
             * @description What the status code means.
             * @constant
             */
            status_message: "success";
            /** @description The access token, a JWT. */
            token: string;
            /** @description The refresh token, a JWT. */
            refresh_token: string;
        };
        /** @description The session to go on with. */
        "Indee.RefreshRequest": {
            /** @description The refresh token, a JWT. */
            refresh_token: string;
        } & {
            [key: string]: unknown;
        };
        /** @description A new access token; the refresh token stays the same. */
        "Indee.RefreshResponse": {
            /**
             * @description Status code: `A0000` for success.
             * @constant
             */
            status_code: "A0000";
            /**
             * @description What the status code means.
             * @constant
             */
            status_message: "success";
            /** @description The access token, a JWT. */
            token: string;
        };
        /** @description The session to end. */
        "Indee.LogoutRequest": {
            /** @description The refresh token, a JWT. */
            refresh_token: string;
        } & {
            [key: string]: unknown;
        };
        /** @description The session has ended; its access tokens stop working too. */
        "Indee.LogoutResponse": {
            /**
             * @description Status code: `A0000` for success.
             * @constant
             */
            status_code: "A0000";
            /**
             * @description What the status code means.
             * @constant
             */
            status_message: "success";
            /**
             * Format: uri
             * @description Ends the session at the identity provider too, of SAML or OpenID Connect: open it in the person’s browser. Absent where the provider does not offer that.
             */
            redirect?: string;
        };
        /** @description A refusal. */
        "Indee.Error": {
            /** @description Status code: a letter and four digits. */
            status_code: string;
            /** @description A short sentence. */
            status_message: string;
        };
        /** @description Where to send the person. */
        "Pria.StartResponse": {
            /**
             * @description `true` for success.
             * @constant
             */
            success: true;
            /**
             * Format: uri
             * @description Authorization request: open it in the person’s browser.
             */
            redirectUrl: string;
            /** @description Compare with the `state` that comes back, and send it on. */
            state: string;
        };
        /** @description What came back to the redirect URI. */
        "Pria.CallbackRequest": {
            /** @description Authorization code (RFC 6749 §4.1.2). */
            code?: string;
            /** @description The `state` that the login was started with. */
            state?: string;
            /** @description Issuer of the authorization response (RFC 9207). */
            iss?: string;
            /** @description Error code of the identity provider (RFC 6749 §4.1.2.1). */
            error?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description A session. */
        "Pria.SessionResponse": {
            /** @description Signed JWT. Send it as `x-access-token` or `Authorization: Bearer`. It expires after 24 hours unless set otherwise. */
            token: string;
            profile: components["schemas"]["Pria.Profile"];
        };
        /** @description No member is read. */
        "Pria.RefreshRequest": {
            [key: string]: unknown;
        };
        /** @description A fresh token for the same session, and the profile as it is now. */
        "Pria.RefreshResponse": {
            /**
             * @description `true` for success.
             * @constant
             */
            success: true;
            /** @description Signed JWT. Send it as `x-access-token` or `Authorization: Bearer`. It expires after 24 hours unless set otherwise. */
            token: string;
            profile: components["schemas"]["Pria.Profile"];
        };
        /** @description No member is read. */
        "Pria.SignoutRequest": {
            [key: string]: unknown;
        };
        /** @description The session has ended. */
        "Pria.SignoutResponse": {
            /**
             * @description `true` for success.
             * @constant
             */
            success: true;
            /** @description What was done. */
            message: string;
            /**
             * Format: uri
             * @description Ends the session at the identity provider too, of SAML or OpenID Connect: open it in the person’s browser. Absent where the provider does not offer that.
             */
            logoutUrl?: string;
        };
        /** @description A refusal. */
        "Pria.Error": {
            /**
             * @description `false` for failure.
             * @constant
             */
            success: false;
            /** @description A short sentence. */
            message: string;
        };
        /** @description The signed-in user. */
        "Pria.Profile": {
            /** @description What the user may do, as `module.action`. */
            permissions?: string[];
            /** @description Id at the payment provider. */
            customerId?: string;
            /** @description User id in the learning platform. */
            lxp_user_id?: string;
            /** @description User type in the learning platform. */
            lxp_user_type?: number;
            /** @description Partner id in the learning platform. */
            lxp_partner_id?: string;
            /** @description Partner name in the learning platform. */
            lxp_partner_name?: string;
            /** @description Role id in the learning platform. */
            lxp_role_id?: number;
            /** @description Role name in the learning platform. */
            lxp_role_name?: string;
            /** @description Credits granted. */
            credits?: number;
            /** @description Credits spent. */
            creditsUsed?: number;
            /** @description Billing plan. */
            plan?: string;
            /** @description Account status. */
            status: string;
            /**
             * Format: date-time
             * @description When the trial ends.
             */
            trial_end?: string;
            /** @description Whether the trial was used. */
            trial_used?: boolean;
            /**
             * Format: date-time
             * @description When the billing period ends.
             */
            current_period_end?: string;
            /** @description Whether the plan ends with the billing period. */
            cancel_at_period_end?: boolean;
            /**
             * Format: uuid
             * @description Referral id.
             */
            referralId?: string;
            /** @description Whether the referrer was rewarded. */
            referrerPaid?: boolean;
            /**
             * Format: uuid
             * @description Id of the last reset code.
             */
            resetCodeId?: string;
            /** @description Addresses of invoices. */
            invoices_urls?: string[];
            /** @description How many exchanges a conversation remembers. */
            remember_history_count?: number;
            /** @description Voice of the browser. */
            browser_voice?: string;
            /** @description Voice of the real-time assistant. */
            rt_voice?: string;
            /** @description Whether the location may be used. */
            use_location?: boolean;
            /** @description Whether the side bar is shown. */
            showSideBar?: boolean;
            /** @description Whether the dark theme is on. */
            dark_mode?: boolean;
            /** @description How many dialogues are kept. */
            max_dialogues?: number;
            /** @description User id. */
            _id: string;
            /**
             * Format: email
             * @description Email address.
             */
            email: string;
            /** @description First name. */
            fname?: string;
            /** @description Last name. */
            lname?: string;
            /**
             * Format: uri
             * @description Profile picture.
             */
            picture?: string;
            /**
             * @description Account type.
             * @enum {string}
             */
            accountType: "user" | "admin" | "super";
            /**
             * Format: date-time
             * @description When the user was created.
             */
            created: string;
            /** @description Version of the record; counts up with every change. */
            __v: number;
            institution: components["schemas"]["Pria.Institution"];
        };
        /** @description The institution of this session. */
        "Pria.Institution": {
            /**
             * Format: uri
             * @description Background picture.
             */
            picture_bg?: string;
            /**
             * Format: uri
             * @description Background picture of the dark theme.
             */
            picture_dark_bg?: string;
            /**
             * Format: uri
             * @description Animated picture.
             */
            picture_animated?: string;
            /** @description Id of the voice agent. */
            elevenlabs_agent_id?: string;
            /** @description Credits granted. */
            credits?: number;
            /** @description Status of the institution. */
            status: string;
            /** @description Who may join. */
            allowJoining?: string;
            /** @description Whether joining needs an administrator’s approval. */
            joiningAdminOnly?: boolean;
            /**
             * Format: uuid
             * @description Public id.
             */
            publicId?: string;
            /** @description Addresses that may embed the institution. */
            publicAuthorizedUrls?: string[];
            /** @description Name of the assistant. */
            ainame?: string;
            /**
             * Format: idn-email
             * @description Contact address. The part before the @ is ASCII; the domain may be any.
             */
            contactEmail?: string;
            /** @description Credits granted on joining. */
            creditAward?: number;
            /** @description Whether members share credits. */
            poolCredits?: boolean;
            /** @description Addresses of invoices. */
            invoices_urls?: string[];
            /** @description Longest completion, in tokens. */
            maxCompletionTokens?: number;
            /** @description Whether users are kept from uploading files. */
            disableFileUploadForUser?: boolean;
            /** @description Tools that are switched off. */
            toolsDisabled?: string[];
            /** @description LTI contexts. */
            ltiContextIds?: string[];
            /** @description Whether personalisation was asked for. */
            personalisationAsked?: boolean;
            /** @description Whether locations may be used. */
            locationEnabled?: boolean;
            /** @description Whether the real-time assistant is on. */
            rtEnabled?: boolean;
            /** @description Whether the real-time assistant is for administrators only. */
            rtAdminOnly?: boolean;
            /** @description Whether details of agents are shown. */
            displayAgentDetails?: boolean;
            /** @description Assistants that are switched off. */
            assistantsDisabled?: string[];
            /** @description Whether users are kept from assistants. */
            disableAssistantsForUser?: boolean;
            /** @description Voice of the real-time assistant. */
            rtVoice?: string;
            /** @description Most files a user may upload. */
            maxFiles?: number;
            /** @description Kind of questions. */
            questionType?: string;
            /** @description Credits in all. */
            creditsTotal?: number;
            /** @description Share of credits spent, percent. */
            creditsUsagePct?: number;
            /** @description Institution id. */
            _id: string;
            /** @description Institution id, as in `_id`. */
            id: string;
            /** @description Name. */
            name: string;
            /**
             * Format: uri
             * @description Picture.
             */
            picture?: string;
        };
        /** @description Profile fields of Pria that are set by the operator, not computed. */
        "Pria.UserAttributes": {
            /** @description What the user may do, as `module.action`. */
            permissions?: string[];
            /** @description Id at the payment provider. */
            customerId?: string;
            /** @description User id in the learning platform. */
            lxp_user_id?: string;
            /** @description User type in the learning platform. */
            lxp_user_type?: number;
            /** @description Partner id in the learning platform. */
            lxp_partner_id?: string;
            /** @description Partner name in the learning platform. */
            lxp_partner_name?: string;
            /** @description Role id in the learning platform. */
            lxp_role_id?: number;
            /** @description Role name in the learning platform. */
            lxp_role_name?: string;
            /** @description Credits granted. */
            credits?: number;
            /** @description Credits spent. */
            creditsUsed?: number;
            /** @description Billing plan. */
            plan?: string;
            /** @description Account status; `active` when not set. */
            status?: string;
            /**
             * Format: date-time
             * @description When the trial ends.
             */
            trial_end?: string;
            /** @description Whether the trial was used. */
            trial_used?: boolean;
            /**
             * Format: date-time
             * @description When the billing period ends.
             */
            current_period_end?: string;
            /** @description Whether the plan ends with the billing period. */
            cancel_at_period_end?: boolean;
            /**
             * Format: uuid
             * @description Referral id.
             */
            referralId?: string;
            /** @description Whether the referrer was rewarded. */
            referrerPaid?: boolean;
            /**
             * Format: uuid
             * @description Id of the last reset code.
             */
            resetCodeId?: string;
            /** @description Addresses of invoices. */
            invoices_urls?: string[];
            /** @description How many exchanges a conversation remembers. */
            remember_history_count?: number;
            /** @description Voice of the browser. */
            browser_voice?: string;
            /** @description Voice of the real-time assistant. */
            rt_voice?: string;
            /** @description Whether the location may be used. */
            use_location?: boolean;
            /** @description Whether the side bar is shown. */
            showSideBar?: boolean;
            /** @description Whether the dark theme is on. */
            dark_mode?: boolean;
            /** @description How many dialogues are kept. */
            max_dialogues?: number;
        };
        /** @description Institution fields of Pria that are set by the operator. */
        "Pria.InstitutionAttributes": {
            /**
             * Format: uri
             * @description Background picture.
             */
            picture_bg?: string;
            /**
             * Format: uri
             * @description Background picture of the dark theme.
             */
            picture_dark_bg?: string;
            /**
             * Format: uri
             * @description Animated picture.
             */
            picture_animated?: string;
            /** @description Id of the voice agent. */
            elevenlabs_agent_id?: string;
            /** @description Credits granted. */
            credits?: number;
            /** @description Status of the institution; the organization’s own when not set. */
            status?: string;
            /** @description Who may join. */
            allowJoining?: string;
            /** @description Whether joining needs an administrator’s approval. */
            joiningAdminOnly?: boolean;
            /**
             * Format: uuid
             * @description Public id.
             */
            publicId?: string;
            /** @description Addresses that may embed the institution. */
            publicAuthorizedUrls?: string[];
            /** @description Name of the assistant. */
            ainame?: string;
            /**
             * Format: idn-email
             * @description Contact address. The part before the @ is ASCII; the domain may be any.
             */
            contactEmail?: string;
            /** @description Credits granted on joining. */
            creditAward?: number;
            /** @description Whether members share credits. */
            poolCredits?: boolean;
            /** @description Addresses of invoices. */
            invoices_urls?: string[];
            /** @description Longest completion, in tokens. */
            maxCompletionTokens?: number;
            /** @description Whether users are kept from uploading files. */
            disableFileUploadForUser?: boolean;
            /** @description Tools that are switched off. */
            toolsDisabled?: string[];
            /** @description LTI contexts. */
            ltiContextIds?: string[];
            /** @description Whether personalisation was asked for. */
            personalisationAsked?: boolean;
            /** @description Whether locations may be used. */
            locationEnabled?: boolean;
            /** @description Whether the real-time assistant is on. */
            rtEnabled?: boolean;
            /** @description Whether the real-time assistant is for administrators only. */
            rtAdminOnly?: boolean;
            /** @description Whether details of agents are shown. */
            displayAgentDetails?: boolean;
            /** @description Assistants that are switched off. */
            assistantsDisabled?: string[];
            /** @description Whether users are kept from assistants. */
            disableAssistantsForUser?: boolean;
            /** @description Voice of the real-time assistant. */
            rtVoice?: string;
            /** @description Most files a user may upload. */
            maxFiles?: number;
            /** @description Kind of questions. */
            questionType?: string;
            /** @description Credits in all. */
            creditsTotal?: number;
            /** @description Share of credits spent, percent. */
            creditsUsagePct?: number;
        };
        /** @description Problem details (RFC 9457). */
        Problem: {
            /**
             * @description The problem is told by `status` and `code`.
             * @constant
             */
            type: "about:blank";
            /** @description The status in words. */
            title: string;
            /** @description HTTP status. */
            status: number;
            /** @description What went wrong, in a sentence. */
            detail: string;
            /** @description The reason; the same words stand in login traces. */
            code: string;
            /** @description As in the `Request-Id` header. */
            requestId: string;
            /** @description The members of the request that were refused. */
            errors?: components["schemas"]["FieldProblem"][];
        };
        /** @description One member that was refused. */
        FieldProblem: {
            /**
             * @description JSON Pointer (RFC 6901) to the member of the body; of a query parameter or header field `/` and its name.
             * @example /redirectUris/0
             */
            pointer: string;
            /** @description What is wrong with it; never its value. */
            detail: string;
        };
        /** @description HTTP POST binding (SAML bindings §3.5). */
        "SAML.Response": {
            /** @description The response, base64. */
            SAMLResponse?: string;
            /** @description As it came with the request. */
            RelayState?: string;
        };
        /** @description HTTP POST binding (SAML bindings §3.5). */
        "SAML.LogoutMessage": {
            /** @description LogoutRequest with its signature, base64. */
            SAMLRequest?: string;
            /** @description LogoutResponse with its signature, base64. */
            SAMLResponse?: string;
            /** @description Comes back with the answer to a request. */
            RelayState?: string;
        };
        /** @description Why the logout was not carried out. */
        "OIDC.LogoutError": {
            /** @enum {string} */
            error: "invalid_request" | "temporarily_unavailable" | "server_error";
            /** @description What went wrong, in a sentence of ASCII. */
            error_description: string;
        };
        /** @description OpenID Connect Back-Channel Logout 1.0 §2.5; other members are ignored. */
        "OIDC.Logout": {
            /** @description The logout token (Back-Channel Logout 1.0 §2.4). */
            logout_token?: string;
        };
        "ConnectionTest.Address": {
            /** @description The address that the person landed on. */
            address: string;
        };
        /** @description RFC 7009 §2.1; other members are ignored. */
        "OAuth2.RevocationRequest": {
            /** @description An access token or a refresh token of any of the three APIs. */
            token: string;
            /** @description Not needed: a token shows what it is. */
            token_type_hint?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description RFC 7662 §2.1; other members are ignored. */
        "OAuth2.IntrospectionRequest": {
            /** @description An access token or a refresh token of any of the three APIs. */
            token: string;
            /** @description Not needed: a token shows what it is. */
            token_type_hint?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description What is known of the token. Of one that is not in force, `active` alone. */
        "OAuth2.Introspection": {
            /** @description Whether the token is in force and the caller’s. */
            active: boolean;
            /**
             * @description Of an access token.
             * @enum {string}
             */
            token_type?: "Bearer";
            /**
             * @description What the token is for.
             * @enum {string}
             */
            token_use?: "access" | "refresh";
            /** @description The API key that the login was started with, where one was. */
            client_id?: string;
            /** @description The user’s email. */
            username?: string;
            /** @description User id. */
            sub?: string;
            /**
             * @description The API that it belongs to.
             * @enum {string}
             */
            aud?: "applivery" | "indee" | "pria";
            /** @description This server. */
            iss?: string;
            /** @description When it expires, seconds since the epoch. */
            exp?: number;
            /** @description When it was issued. */
            iat?: number;
            /** @description Its own id. */
            jti?: string;
            /** @description The session that it stands for. */
            sid?: string;
            /** @description The session’s organization. */
            organization_id?: string;
        };
        /** @description Why the request was refused. */
        "OAuth2.Error": {
            /** @enum {string} */
            error: "invalid_request" | "invalid_client" | "unauthorized_client" | "temporarily_unavailable" | "server_error";
            /** @description What went wrong, in a sentence of ASCII. */
            error_description: string;
        };
        /** @description One named check. */
        "Admin.Check": {
            /** @description Stable name, such as `idToken.nonce`. */
            name: string;
            /**
             * @description How it ended.
             * @enum {string}
             */
            outcome: "passed" | "failed" | "skipped";
            /** @description What was wanted, redacted; of a skipped check, why it was skipped. */
            expected?: string;
            /** @description What was found, redacted. */
            actual?: string;
        };
        /** @description The trace of one login. */
        "Admin.Login": {
            /** @description Login id. */
            id: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            createdAt: string;
            /**
             * @description How it ended.
             * @enum {string}
             */
            outcome: "succeeded" | "failed";
            /** @description Reason of the refusal. */
            reason?: string;
            /** @description What the operator may know beyond the reason. */
            detail?: string;
            /**
             * @description The API that started it; none for a SAML response to no login of ours.
             * @enum {string}
             */
            dialect?: "applivery" | "indee" | "pria";
            /** @description Organization, if one was found. */
            organizationId?: string;
            /** @description Connection, if one was found. */
            connectionId?: string;
            /** @description Version of the connection that it ran on. */
            connectionVersion?: number;
            /** @description Who signed in; of a refusal, the member of the organization whom it would have been, by subject or email. */
            userId?: string;
            /** @description The session that came of it. */
            sessionId?: string;
            /** @description Every check, in the order they were made. */
            checks: components["schemas"]["Admin.Check"][];
            /** @description Where the callback came from. */
            address?: string;
            /** @description With what. */
            userAgent?: string;
            /** @description `Request-Id` of the callback. */
            requestId?: string;
            /** @description How long the finish took, milliseconds. */
            durationMs: number;
            /** @description Whether it was a test of the connection, which left nothing but this trace. */
            test: boolean;
            /**
             * @description What was spoken with the provider.
             * @enum {string}
             */
            protocol?: "oidc" | "oauth2" | "saml";
            /** @description Absent where nothing told the provider’s time. */
            clockSkews?: {
                /**
                 * @description `iat` of the ID token, `IssueInstant` of the SAML response, or the `Date` header of the token endpoint.
                 * @enum {string}
                 */
                source: "id_token" | "saml_response" | "http_date";
                /** @description The provider’s clock less ours: positive when theirs is ahead. Includes the way of the message. */
                seconds: number;
            }[];
            /** @description What the login waited for; what came from memory is left out. */
            calls?: {
                /**
                 * @description What was asked.
                 * @enum {string}
                 */
                to: "discovery" | "token" | "jwks" | "userinfo" | "emails" | "groups" | "metadata";
                /** @description For how long, milliseconds. */
                durationMs: number;
            }[];
            /** @description The verified claims, redacted. */
            claims?: {
                /** @description First letter and domain. */
                email?: string;
                /** @description Whether the provider called the email verified (SAML: whether one came). */
                emailVerified: boolean;
                /**
                 * @description How it said so. `not_said`: none of the claims that could came. `malformed`: something else than a boolean did.
                 * @enum {string}
                 */
                emailVerification?: "verified" | "not_verified" | "not_said" | "malformed";
                /** @description Our names of the claims for which the mapping found a value. */
                mapped: string[];
                /** @description The first 20 groups. */
                groups?: string[];
                /** @description How many groups came. */
                groupCount?: number;
                /** @description What the provider said by its own names: sources for a mapping. */
                received: {
                    /** @description In the provider’s spelling. */
                    name: string;
                    /** @description Kind of its value, such as `string of 12 characters`. */
                    kind: string;
                }[];
            };
            /** @description How the user was found, and what may be believed of the email. */
            provisioning?: {
                /**
                 * @description `known_identity`: this subject signed in before. `member`: a member made beforehand, linked by the verified email of a verified domain. `verified_domain`: a user of another organization, linked so. `created`: a new user. Absent where the login was refused.
                 * @enum {string}
                 */
                rule?: "known_identity" | "member" | "verified_domain" | "created";
                /** @description Whether the provider called the email verified. */
                emailVerified: boolean;
                /** @description Whether the organization has verified the email’s domain. */
                domainVerified: boolean;
            };
            /** @description How the role was chosen. */
            role?: {
                /**
                 * @description `rule`: by the rule at `place`. `default`: no rule decided. `kept`: the connection has no rules, so the member’s role stays.
                 * @enum {string}
                 */
                rule: "rule" | "default" | "kept";
                /** @description Where the rule stands, such as `rules/0` or `groupRoles/2`. */
                place?: string;
                /** @description Its name, if it has one. */
                name?: string;
                /** @description The group that it asks for, if it asks for one. */
                group?: string;
                /** @description The role. */
                role: string;
            };
        };
        /** @description A page of logins. */
        "Admin.LoginPage": {
            /** @description Newest first. */
            items: components["schemas"]["Admin.Login"][];
            /** @description Where the next page begins, as `cursor` beside the same filters; absent on the last. */
            nextCursor?: string;
        };
        /** @description One audit event. */
        "Admin.AuditEvent": {
            /** @description Event id. */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             */
            createdAt: string;
            /** @description What happened, such as `login.success`. */
            action: string;
            /**
             * @description Who did it.
             * @enum {string}
             */
            actorType: "user" | "api_key" | "operator" | "system" | "anonymous";
            /** @description Its id. */
            actorId?: string;
            /** @description Organization. */
            organizationId?: string;
            /** @description What it was done to. */
            targetType?: string;
            /** @description Its id. */
            targetId?: string;
            /** @description Why. */
            reason?: string;
            /** @description More, redacted. */
            details: {
                [key: string]: unknown;
            };
            /** @description Where it came from. */
            address?: string;
            /** @description With what. */
            userAgent?: string;
            /** @description `Request-Id`. */
            requestId?: string;
        };
        /** @description A page of audit events. */
        "Admin.AuditEventPage": {
            /** @description Newest first. */
            items: components["schemas"]["Admin.AuditEvent"][];
            /** @description Where the next page begins, as `cursor` beside the same filters; absent on the last. */
            nextCursor?: string;
        };
        /** @description One login, with what its reason means. */
        "Admin.LoginDetail": {
            /** @description Login id. */
            id: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            createdAt: string;
            /**
             * @description How it ended.
             * @enum {string}
             */
            outcome: "succeeded" | "failed";
            /** @description Reason of the refusal. */
            reason?: string;
            /** @description What the operator may know beyond the reason. */
            detail?: string;
            /**
             * @description The API that started it; none for a SAML response to no login of ours.
             * @enum {string}
             */
            dialect?: "applivery" | "indee" | "pria";
            /** @description Organization, if one was found. */
            organizationId?: string;
            /** @description Connection, if one was found. */
            connectionId?: string;
            /** @description Version of the connection that it ran on. */
            connectionVersion?: number;
            /** @description Who signed in; of a refusal, the member of the organization whom it would have been, by subject or email. */
            userId?: string;
            /** @description The session that came of it. */
            sessionId?: string;
            /** @description Every check, in the order they were made. */
            checks: components["schemas"]["Admin.Check"][];
            /** @description Where the callback came from. */
            address?: string;
            /** @description With what. */
            userAgent?: string;
            /** @description `Request-Id` of the callback. */
            requestId?: string;
            /** @description How long the finish took, milliseconds. */
            durationMs: number;
            /** @description Whether it was a test of the connection, which left nothing but this trace. */
            test: boolean;
            /**
             * @description What was spoken with the provider.
             * @enum {string}
             */
            protocol?: "oidc" | "oauth2" | "saml";
            /** @description Absent where nothing told the provider’s time. */
            clockSkews?: {
                /**
                 * @description `iat` of the ID token, `IssueInstant` of the SAML response, or the `Date` header of the token endpoint.
                 * @enum {string}
                 */
                source: "id_token" | "saml_response" | "http_date";
                /** @description The provider’s clock less ours: positive when theirs is ahead. Includes the way of the message. */
                seconds: number;
            }[];
            /** @description What the login waited for; what came from memory is left out. */
            calls?: {
                /**
                 * @description What was asked.
                 * @enum {string}
                 */
                to: "discovery" | "token" | "jwks" | "userinfo" | "emails" | "groups" | "metadata";
                /** @description For how long, milliseconds. */
                durationMs: number;
            }[];
            /** @description The verified claims, redacted. */
            claims?: {
                /** @description First letter and domain. */
                email?: string;
                /** @description Whether the provider called the email verified (SAML: whether one came). */
                emailVerified: boolean;
                /**
                 * @description How it said so. `not_said`: none of the claims that could came. `malformed`: something else than a boolean did.
                 * @enum {string}
                 */
                emailVerification?: "verified" | "not_verified" | "not_said" | "malformed";
                /** @description Our names of the claims for which the mapping found a value. */
                mapped: string[];
                /** @description The first 20 groups. */
                groups?: string[];
                /** @description How many groups came. */
                groupCount?: number;
                /** @description What the provider said by its own names: sources for a mapping. */
                received: {
                    /** @description In the provider’s spelling. */
                    name: string;
                    /** @description Kind of its value, such as `string of 12 characters`. */
                    kind: string;
                }[];
            };
            /** @description How the user was found, and what may be believed of the email. */
            provisioning?: {
                /**
                 * @description `known_identity`: this subject signed in before. `member`: a member made beforehand, linked by the verified email of a verified domain. `verified_domain`: a user of another organization, linked so. `created`: a new user. Absent where the login was refused.
                 * @enum {string}
                 */
                rule?: "known_identity" | "member" | "verified_domain" | "created";
                /** @description Whether the provider called the email verified. */
                emailVerified: boolean;
                /** @description Whether the organization has verified the email’s domain. */
                domainVerified: boolean;
            };
            /** @description How the role was chosen. */
            role?: {
                /**
                 * @description `rule`: by the rule at `place`. `default`: no rule decided. `kept`: the connection has no rules, so the member’s role stays.
                 * @enum {string}
                 */
                rule: "rule" | "default" | "kept";
                /** @description Where the rule stands, such as `rules/0` or `groupRoles/2`. */
                place?: string;
                /** @description Its name, if it has one. */
                name?: string;
                /** @description The group that it asks for, if it asks for one. */
                group?: string;
                /** @description The role. */
                role: string;
            };
            /** @description What the reason means to the person, the integrator and the customer’s administrator. */
            texts?: {
                /** @description Why it happens, technically. */
                cause: string;
                /** @description For whoever tried to sign in: what they can do. */
                person: string;
                /** @description For the developer of the API client, or whoever runs this server: what to change. */
                integrator: string;
                /** @description For the administrator of the customer’s identity provider: what to change there. */
                admin: string;
            };
        };
        /** @description An admin key, without the key. */
        "Admin.AdminKey": {
            /** @description Key id; the audit names it as `actorId`. */
            id: string;
            /** @description What people call it. */
            name: string;
            /** @description How the key begins. */
            prefix: string;
            /** @description Ids of the organizations that it reaches; `null`: all of them, and what belongs to none. */
            organizations: string[] | null;
            /**
             * @description Whether it may change something.
             * @enum {string}
             */
            access: "read" | "write";
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it stops working; absent: never.
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description When it was last used, as exact as a minute; absent: never.
             */
            lastUsedAt?: string;
            /**
             * Format: date-time
             * @description When it was revoked; absent: it was not.
             */
            revokedAt?: string;
        };
        /** @description A page of admin keys. */
        "Admin.AdminKeyPage": {
            /** @description Newest first, revoked ones among them. */
            items: components["schemas"]["Admin.AdminKey"][];
            /** @description Where the next page begins, as `cursor` beside the same filters; absent on the last. */
            nextCursor?: string;
        };
        /** @description The key to make. */
        "Admin.NewAdminKey": {
            /** @description What people call it, in one line; no other admin key in use has it. */
            name: string;
            /** @description Ids of the organizations that it reaches; `null`: all of them, and what belongs to none. */
            organizations: string[] | null;
            /**
             * @description `read`: nothing can be changed with it.
             * @enum {string}
             */
            access: "read" | "write";
            /**
             * Format: date-time
             * @description When it stops working, RFC 3339 in UTC; `null`: never.
             */
            expiresAt?: string | null;
        };
        /** @description What changes; a member that is left out stays as it is. */
        "Admin.AdminKeyChange": {
            /** @description What people call it, in one line; no other admin key in use has it. */
            name?: string;
            /** @description Ids of the organizations that it reaches; `null`: all of them, and what belongs to none. */
            organizations?: string[] | null;
            /**
             * @description `read`: nothing can be changed with it.
             * @enum {string}
             */
            access?: "read" | "write";
            /**
             * Format: date-time
             * @description When it stops working, RFC 3339 in UTC; `null`: never.
             */
            expiresAt?: string | null;
        };
        /** @description A new admin key. */
        "Admin.IssuedAdminKey": {
            /** @description Key id; the audit names it as `actorId`. */
            id: string;
            /** @description What people call it. */
            name: string;
            /** @description How the key begins. */
            prefix: string;
            /** @description Ids of the organizations that it reaches; `null`: all of them, and what belongs to none. */
            organizations: string[] | null;
            /**
             * @description Whether it may change something.
             * @enum {string}
             */
            access: "read" | "write";
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it stops working; absent: never.
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description When it was last used, as exact as a minute; absent: never.
             */
            lastUsedAt?: string;
            /**
             * Format: date-time
             * @description When it was revoked; absent: it was not.
             */
            revokedAt?: string;
            /** @description The key. It is shown here and never again. */
            key: string;
        };
        /** @description A new connection; it is a draft until it is activated. */
        "Admin.NewConnection": {
            /** @description Names it in URLs; its `type` if left out. It never changes. */
            slug?: string;
            /**
             * @description Kind of identity provider: any OpenID provider, SAML, or a preset that knows its endpoints.
             * @enum {string}
             */
            type: "oidc" | "saml" | "google" | "microsoft" | "okta" | "auth0" | "keycloak" | "github" | "gitlab";
            /**
             * @description The surface that its logins count for.
             * @enum {string}
             */
            target?: "dashboard" | "store" | "sdk";
            /** @description Exact addresses of the page that receives `code` and `state`; the first is used unless the client asks for another. */
            redirectUris?: string[];
            /** @description Exact issuer; where another one is set, `clientSecret` is needed again. Needed for `oidc`, `okta`, `auth0`, `keycloak`; for `microsoft` the tenant’s; for `github` and `gitlab` the base URL of a self-hosted one. */
            issuer?: string | null;
            /** @description Our client id at the provider. */
            clientId?: string;
            /** @description Our client secret there; needed again in a change that names another issuer. Never answered: `••••••••` stands for it, and sent back leaves it as it is. */
            clientSecret?: string | null;
            /** @description Private JWK for `private_key_jwt`; always whole. Never answered: `••••••••` stands for it, and sent back leaves it as it is. */
            clientKey?: {
                [key: string]: unknown;
            } | "••••••••" | null;
            /**
             * @description How we authenticate at the token endpoint.
             * @enum {string|null}
             */
            clientAuthentication?: "client_secret_basic" | "client_secret_post" | "private_key_jwt" | "none" | null;
            /** @description Scopes to ask for; none: those of the type. */
            scopes?: string[];
            /** @description Algorithms that an ID token may be signed with; none: the announced ones. For `oidc`, `google`, `microsoft`, `okta`, `auth0`, `keycloak`. */
            idTokenAlgs?: ("RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA")[];
            /** @description Audiences besides our client id that an ID token may name. For `oidc`, `google`, `microsoft`, `okta`, `auth0`, `keycloak`. */
            trustedAudiences?: string[];
            /** @description Origins, besides the issuer’s own site, that its metadata may name. For `oidc`. */
            trustedOrigins?: string[];
            /** @description Tenants (`tid` of the ID token) that are let in; none: where Entra ID’s issuer is of many tenants nobody, elsewhere anybody. For `oidc`, `microsoft`. */
            tenants?: string[];
            /** @description Oldest sign-in at the provider that is taken. For `oidc`, `google`, `microsoft`, `okta`, `auth0`, `keycloak`, `saml`. */
            maxAgeSeconds?: number | null;
            /** @description Longest session over this connection. */
            maxSessionSeconds?: number | null;
            /** @description Where people return after a logout that ends the provider’s session too. For `oidc`, `microsoft`, `okta`, `auth0`, `keycloak`. */
            logoutRedirectUri?: string | null;
            /** @description Whether a response without `iss` (RFC 9207) is refused where the provider announces it. For `oidc`, `keycloak`. */
            requireIss?: boolean;
            /** @description Whether only the browser that started a login may finish it. */
            requireBrowser?: boolean;
            /** @description Where each target is read from, in place of the usual names. */
            mapping?: {
                /** @description Claim names, in the order in which they are tried. */
                email?: string[];
                /** @description Claim names, in the order in which they are tried. */
                emailVerified?: string[];
                /** @description Claim names, in the order in which they are tried. */
                givenName?: string[];
                /** @description Claim names, in the order in which they are tried. */
                familyName?: string[];
                /** @description Claim names, in the order in which they are tried. */
                name?: string[];
                /** @description Claim names, in the order in which they are tried. */
                picture?: string[];
                /** @description Claim names, in the order in which they are tried. */
                locale?: string[];
                /** @description Claim names, in the order in which they are tried. */
                groups?: string[];
            };
            /** @description The first group that the person has decides the role; none: `defaultRole`. */
            groupRoles?: {
                group: string;
                role: string;
            }[];
            /** @description Any `deny` refuses, then any `require` unmet; the first that gives a role decides it. */
            rules?: {
                name?: string;
                /** @description A group; a claim with one comparison; or several of these. */
                if: {
                    /** @description The person has exactly this group. */
                    group?: string;
                    /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                    claim?: string;
                    /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                    equals?: (string | number | boolean) | (string | number | boolean)[];
                    /** @description This text is somewhere in it. */
                    contains?: string;
                    /** @description It begins so. */
                    startsWith?: string;
                    /** @description It ends so. */
                    endsWith?: string;
                    /** @description `*` stands for any characters or none, everything else for itself. */
                    matches?: string;
                    /** @description Whether there is any value. */
                    exists?: boolean;
                    /** @description Every one has to pass. */
                    all?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                    /** @description One has to pass. */
                    any?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                };
                /** @description A group; a claim with one comparison; or several of these. */
                unless?: {
                    /** @description The person has exactly this group. */
                    group?: string;
                    /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                    claim?: string;
                    /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                    equals?: (string | number | boolean) | (string | number | boolean)[];
                    /** @description This text is somewhere in it. */
                    contains?: string;
                    /** @description It begins so. */
                    startsWith?: string;
                    /** @description It ends so. */
                    endsWith?: string;
                    /** @description `*` stands for any characters or none, everything else for itself. */
                    matches?: string;
                    /** @description Whether there is any value. */
                    exists?: boolean;
                    /** @description Every one has to pass. */
                    all?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                    /** @description One has to pass. */
                    any?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                };
                role?: string;
                /**
                 * @description Refuses the login of whoever it holds for (`access_denied_by_rule`).
                 * @constant
                 */
                deny?: true;
                /**
                 * @description Refuses the login of whoever it does not hold for (`requirement_not_met`).
                 * @constant
                 */
                require?: true;
            }[];
            /** @description Whether the groups of people who have more than fit into the token are asked for at Microsoft Graph; asks for the scope `User.Read`, to which the tenant has to consent. For `microsoft`. */
            fetchGroups?: boolean;
            /** @description Whether unknown people are created. */
            jit?: boolean;
            /** @description Role of whom no rule gives one. */
            defaultRole?: string;
            /** @description Email domains that may sign in; none: any. */
            allowedDomains?: string[];
            /** @description Of type `saml` alone. */
            saml?: {
                /** @description The provider’s metadata as a document; not answered again. */
                metadataXml?: string | null;
                /** @description Where the provider’s metadata are read, again and again. */
                metadataUrl?: string | null;
                /** @description The provider’s entity id, pinned; left out: that of the first copy. */
                entityId?: string | null;
                /** @description PEM or base64: the metadata have to be signed by its key. */
                metadataCertificate?: string | null;
                /** @description Whether requests are signed; left out: if the metadata want it. */
                signRequests?: boolean | null;
                /**
                 * @description A binding.
                 * @enum {string|null}
                 */
                requestBinding?: "redirect" | "post" | null;
                /** @description Whether the assertion itself has to be signed. */
                wantAssertionsSigned?: boolean;
                /** @description Whether the assertion has to be encrypted. */
                wantEncrypted?: boolean;
                /** @description Whether AES-CBC is taken within a signed response. */
                allowCbc?: boolean;
                /** @description Whether responses are taken that no login asked for. */
                allowIdpInitiated?: boolean;
                /** @description Whether the person has to sign in anew there. */
                forceAuthn?: boolean;
                /** @description Methods to ask for; one of them has to come back. */
                authnContexts?: string[];
                /** @description NameID format to ask for, and the only one taken then. */
                nameIdFormat?: string | null;
                /** @description Attribute that names the person in place of the NameID. */
                subjectAttribute?: string | null;
                /** @description A front end’s own consumer service; left out: ours. */
                consumerServiceUrl?: string | null;
                /** @description Where a browser goes after a logout. */
                logoutRedirectUri?: string | null;
                /** @description How far the clocks may differ (180). */
                clockSkewSeconds?: number | null;
                /** @description XML elements of a message (600). */
                maxElements?: number | null;
            };
        };
        /** @description What changes (RFC 7396): members left out stay as they are, `null` clears, objects are merged. */
        "Admin.ConnectionChange": {
            /**
             * @description Takes effect at once; sessions over it end either way.
             * @enum {string}
             */
            status?: "active" | "disabled";
            /** @description Exact addresses of the page that receives `code` and `state`; the first is used unless the client asks for another. */
            redirectUris?: string[];
            /**
             * @description The surface that its logins count for.
             * @enum {string|null}
             */
            target?: "dashboard" | "store" | "sdk" | null;
            /** @description Exact issuer; where another one is set, `clientSecret` is needed again. Needed for `oidc`, `okta`, `auth0`, `keycloak`; for `microsoft` the tenant’s; for `github` and `gitlab` the base URL of a self-hosted one. */
            issuer?: string | null;
            /** @description Our client id at the provider. */
            clientId?: string | null;
            /**
             * @description How we authenticate at the token endpoint.
             * @enum {string|null}
             */
            clientAuthentication?: "client_secret_basic" | "client_secret_post" | "private_key_jwt" | "none" | null;
            /** @description Scopes to ask for; none: those of the type. */
            scopes?: string[] | null;
            /** @description Algorithms that an ID token may be signed with; none: the announced ones. For `oidc`, `google`, `microsoft`, `okta`, `auth0`, `keycloak`. */
            idTokenAlgs?: ("RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA")[] | null;
            /** @description Audiences besides our client id that an ID token may name. For `oidc`, `google`, `microsoft`, `okta`, `auth0`, `keycloak`. */
            trustedAudiences?: string[] | null;
            /** @description Origins, besides the issuer’s own site, that its metadata may name. For `oidc`. */
            trustedOrigins?: string[] | null;
            /** @description Tenants (`tid` of the ID token) that are let in; none: where Entra ID’s issuer is of many tenants nobody, elsewhere anybody. For `oidc`, `microsoft`. */
            tenants?: string[] | null;
            /** @description Oldest sign-in at the provider that is taken. For `oidc`, `google`, `microsoft`, `okta`, `auth0`, `keycloak`, `saml`. */
            maxAgeSeconds?: number | null;
            /** @description Longest session over this connection. */
            maxSessionSeconds?: number | null;
            /** @description Where people return after a logout that ends the provider’s session too. For `oidc`, `microsoft`, `okta`, `auth0`, `keycloak`. */
            logoutRedirectUri?: string | null;
            /** @description Whether a response without `iss` (RFC 9207) is refused where the provider announces it. For `oidc`, `keycloak`. */
            requireIss?: boolean | null;
            /** @description Whether only the browser that started a login may finish it. */
            requireBrowser?: boolean | null;
            /** @description The first group that the person has decides the role; none: `defaultRole`. */
            groupRoles?: {
                group: string;
                role: string;
            }[] | null;
            /** @description Any `deny` refuses, then any `require` unmet; the first that gives a role decides it. */
            rules?: {
                name?: string;
                /** @description A group; a claim with one comparison; or several of these. */
                if: {
                    /** @description The person has exactly this group. */
                    group?: string;
                    /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                    claim?: string;
                    /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                    equals?: (string | number | boolean) | (string | number | boolean)[];
                    /** @description This text is somewhere in it. */
                    contains?: string;
                    /** @description It begins so. */
                    startsWith?: string;
                    /** @description It ends so. */
                    endsWith?: string;
                    /** @description `*` stands for any characters or none, everything else for itself. */
                    matches?: string;
                    /** @description Whether there is any value. */
                    exists?: boolean;
                    /** @description Every one has to pass. */
                    all?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                    /** @description One has to pass. */
                    any?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                };
                /** @description A group; a claim with one comparison; or several of these. */
                unless?: {
                    /** @description The person has exactly this group. */
                    group?: string;
                    /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                    claim?: string;
                    /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                    equals?: (string | number | boolean) | (string | number | boolean)[];
                    /** @description This text is somewhere in it. */
                    contains?: string;
                    /** @description It begins so. */
                    startsWith?: string;
                    /** @description It ends so. */
                    endsWith?: string;
                    /** @description `*` stands for any characters or none, everything else for itself. */
                    matches?: string;
                    /** @description Whether there is any value. */
                    exists?: boolean;
                    /** @description Every one has to pass. */
                    all?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                    /** @description One has to pass. */
                    any?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                };
                role?: string;
                /**
                 * @description Refuses the login of whoever it holds for (`access_denied_by_rule`).
                 * @constant
                 */
                deny?: true;
                /**
                 * @description Refuses the login of whoever it does not hold for (`requirement_not_met`).
                 * @constant
                 */
                require?: true;
            }[] | null;
            /** @description Whether the groups of people who have more than fit into the token are asked for at Microsoft Graph; asks for the scope `User.Read`, to which the tenant has to consent. For `microsoft`. */
            fetchGroups?: boolean | null;
            /** @description Whether unknown people are created. */
            jit?: boolean | null;
            /** @description Role of whom no rule gives one. */
            defaultRole?: string | null;
            /** @description Email domains that may sign in; none: any. */
            allowedDomains?: string[] | null;
            /** @description Our client secret there; needed again in a change that names another issuer. Never answered: `••••••••` stands for it, and sent back leaves it as it is. */
            clientSecret?: string | null;
            /** @description Private JWK for `private_key_jwt`; always whole. Never answered: `••••••••` stands for it, and sent back leaves it as it is. */
            clientKey?: {
                [key: string]: unknown;
            } | "••••••••" | null;
            /** @description Merged target by target; `null` gives the usual names back. */
            mapping?: {
                /** @description Claim names, in the order in which they are tried. */
                email?: string[] | null;
                /** @description Claim names, in the order in which they are tried. */
                emailVerified?: string[] | null;
                /** @description Claim names, in the order in which they are tried. */
                givenName?: string[] | null;
                /** @description Claim names, in the order in which they are tried. */
                familyName?: string[] | null;
                /** @description Claim names, in the order in which they are tried. */
                name?: string[] | null;
                /** @description Claim names, in the order in which they are tried. */
                picture?: string[] | null;
                /** @description Claim names, in the order in which they are tried. */
                locale?: string[] | null;
                /** @description Claim names, in the order in which they are tried. */
                groups?: string[] | null;
            } | null;
            /** @description Of type `saml` alone. */
            saml?: {
                /** @description The provider’s metadata as a document; not answered again. */
                metadataXml?: string | null;
                /** @description Where the provider’s metadata are read, again and again. */
                metadataUrl?: string | null;
                /** @description The provider’s entity id, pinned; left out: that of the first copy. */
                entityId?: string | null;
                /** @description PEM or base64: the metadata have to be signed by its key. */
                metadataCertificate?: string | null;
                /** @description Whether requests are signed; left out: if the metadata want it. */
                signRequests?: boolean | null;
                /**
                 * @description A binding.
                 * @enum {string|null}
                 */
                requestBinding?: "redirect" | "post" | null;
                /** @description Whether the assertion itself has to be signed. */
                wantAssertionsSigned?: boolean | null;
                /** @description Whether the assertion has to be encrypted. */
                wantEncrypted?: boolean | null;
                /** @description Whether AES-CBC is taken within a signed response. */
                allowCbc?: boolean | null;
                /** @description Whether responses are taken that no login asked for. */
                allowIdpInitiated?: boolean | null;
                /** @description Whether the person has to sign in anew there. */
                forceAuthn?: boolean | null;
                /** @description Methods to ask for; one of them has to come back. */
                authnContexts?: string[] | null;
                /** @description NameID format to ask for, and the only one taken then. */
                nameIdFormat?: string | null;
                /** @description Attribute that names the person in place of the NameID. */
                subjectAttribute?: string | null;
                /** @description A front end’s own consumer service; left out: ours. */
                consumerServiceUrl?: string | null;
                /** @description Where a browser goes after a logout. */
                logoutRedirectUri?: string | null;
                /** @description How far the clocks may differ (180). */
                clockSkewSeconds?: number | null;
                /** @description XML elements of a message (600). */
                maxElements?: number | null;
            } | null;
        };
        /** @description Which version is put in use. */
        "Admin.Activation": {
            /** @description The version; left out: the one that waits. */
            version?: number;
            /** @description Activate although no test login has passed, or a check has found an error. The audit says so. */
            force?: boolean;
        };
        /** @description What is gone back to. */
        "Admin.Rollback": {
            /** @description A version that was in use before; left out: the one before the present one. */
            version?: number;
        };
        /** @description What is tested, and where the browser comes back. */
        "Admin.ConnectionTestWish": {
            /** @description The version; left out: the newest. */
            version?: number;
            /** @description One of the connection’s, or our own `/connections/test/callback` where it is registered at the provider; left out: the first of the connection’s. */
            redirectUri?: string;
        };
        /** @description A link for one test login, and what came of it. */
        "Admin.ConnectionTest": {
            /** @description Test id. */
            id: string;
            /**
             * Format: uri
             * @description The link, this once: open it in a browser, and sign in.
             */
            url?: string;
            /** @description The version that is tested. */
            version: number;
            /** @description Where the provider sends the browser back. */
            redirectUri: string;
            /**
             * Format: date-time
             * @description Until when.
             */
            expiresAt: string;
            /**
             * @description Absent while nothing has come back.
             * @enum {string}
             */
            outcome?: "passed" | "failed";
            /** @description Why it failed. */
            reason?: string;
            /** @description Its trace. */
            loginId?: string;
        };
        /** @description A connection: the newest version of its configuration, and which one is in use. */
        "Admin.Connection": {
            /** @description Connection id. */
            id: string;
            /** @description Its organization. */
            organizationId: string;
            /** @description Names it in URLs. */
            slug: string;
            /** @description Kind of identity provider. */
            type: string;
            /**
             * @description A draft was never in use; of a disabled one every login is refused.
             * @enum {string}
             */
            status: "draft" | "active" | "disabled";
            /** @description The version that is shown here, and that a change is merged over. */
            version: number;
            /**
             * @description Its state: `active`, or not in use yet.
             * @enum {string}
             */
            versionState: "draft" | "tested" | "active" | "superseded";
            /** @description The version that logins run on; absent while it is a draft. */
            activeVersion?: number;
            /**
             * @description The surface that its logins count for.
             * @enum {string}
             */
            target: "dashboard" | "store" | "sdk";
            /** @description Exact addresses of the page that receives `code` and `state`. */
            redirectUris: string[];
            /** @description Issuer, or base URL. */
            issuer?: string;
            /** @description Our client id at the provider. */
            clientId?: string;
            /** @description `••••••••` where there is one. */
            clientSecret?: string;
            /** @description `••••••••` where there is one. */
            clientKey?: string;
            /** @description How we authenticate at the token endpoint, where it is settled. */
            clientAuthentication?: string;
            /** @description Scopes, where they are not those of the type. */
            scopes?: string[];
            /** @description Algorithms of ID tokens, where they are settled. */
            idTokenAlgs?: string[];
            /** @description Further audiences. */
            trustedAudiences: string[];
            /** @description Further origins. */
            trustedOrigins: string[];
            /** @description Tenants. */
            tenants: string[];
            /** @description Oldest sign-in that is taken. */
            maxAgeSeconds?: number;
            /** @description Longest session. */
            maxSessionSeconds?: number;
            /** @description Where people return after a logout. */
            logoutRedirectUri?: string;
            /** @description Whether `iss` is required where it is announced. */
            requireIss: boolean;
            /** @description Whether only the browser that started may finish. */
            requireBrowser: boolean;
            /** @description What differs from the usual names. */
            mapping: {
                /** @description Claim names, in the order in which they are tried. */
                email?: string[];
                /** @description Claim names, in the order in which they are tried. */
                emailVerified?: string[];
                /** @description Claim names, in the order in which they are tried. */
                givenName?: string[];
                /** @description Claim names, in the order in which they are tried. */
                familyName?: string[];
                /** @description Claim names, in the order in which they are tried. */
                name?: string[];
                /** @description Claim names, in the order in which they are tried. */
                picture?: string[];
                /** @description Claim names, in the order in which they are tried. */
                locale?: string[];
                /** @description Claim names, in the order in which they are tried. */
                groups?: string[];
            };
            /** @description Roles by group. */
            groupRoles: {
                /** @description Group. */
                group: string;
                /** @description Role. */
                role: string;
            }[];
            /** @description Any `deny` refuses, then any `require` unmet; the first that gives a role decides it. */
            rules: {
                name?: string;
                /** @description A group; a claim with one comparison; or several of these. */
                if: {
                    /** @description The person has exactly this group. */
                    group?: string;
                    /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                    claim?: string;
                    /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                    equals?: (string | number | boolean) | (string | number | boolean)[];
                    /** @description This text is somewhere in it. */
                    contains?: string;
                    /** @description It begins so. */
                    startsWith?: string;
                    /** @description It ends so. */
                    endsWith?: string;
                    /** @description `*` stands for any characters or none, everything else for itself. */
                    matches?: string;
                    /** @description Whether there is any value. */
                    exists?: boolean;
                    /** @description Every one has to pass. */
                    all?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                    /** @description One has to pass. */
                    any?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                };
                /** @description A group; a claim with one comparison; or several of these. */
                unless?: {
                    /** @description The person has exactly this group. */
                    group?: string;
                    /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                    claim?: string;
                    /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                    equals?: (string | number | boolean) | (string | number | boolean)[];
                    /** @description This text is somewhere in it. */
                    contains?: string;
                    /** @description It begins so. */
                    startsWith?: string;
                    /** @description It ends so. */
                    endsWith?: string;
                    /** @description `*` stands for any characters or none, everything else for itself. */
                    matches?: string;
                    /** @description Whether there is any value. */
                    exists?: boolean;
                    /** @description Every one has to pass. */
                    all?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                    /** @description One has to pass. */
                    any?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                };
                role?: string;
                /**
                 * @description Refuses the login of whoever it holds for (`access_denied_by_rule`).
                 * @constant
                 */
                deny?: true;
                /**
                 * @description Refuses the login of whoever it does not hold for (`requirement_not_met`).
                 * @constant
                 */
                require?: true;
            }[];
            /** @description Whether groups that Entra ID leaves out are asked for at Microsoft Graph. */
            fetchGroups: boolean;
            /** @description Whether unknown people are created. */
            jit: boolean;
            /** @description Role of whom no rule gives one. */
            defaultRole: string;
            /** @description Email domains that may sign in. */
            allowedDomains: string[];
            /** @description SAML settings. */
            saml?: {
                /** @description The provider’s metadata as a document; not answered again. */
                metadataXml?: string | null;
                /** @description Where the provider’s metadata are read, again and again. */
                metadataUrl?: string | null;
                /** @description The provider’s entity id, pinned; left out: that of the first copy. */
                entityId?: string | null;
                /** @description PEM or base64: the metadata have to be signed by its key. */
                metadataCertificate?: string | null;
                /** @description Whether requests are signed; left out: if the metadata want it. */
                signRequests?: boolean | null;
                /**
                 * @description A binding.
                 * @enum {string|null}
                 */
                requestBinding?: "redirect" | "post" | null;
                /** @description Whether the assertion itself has to be signed. */
                wantAssertionsSigned?: boolean;
                /** @description Whether the assertion has to be encrypted. */
                wantEncrypted?: boolean;
                /** @description Whether AES-CBC is taken within a signed response. */
                allowCbc?: boolean;
                /** @description Whether responses are taken that no login asked for. */
                allowIdpInitiated?: boolean;
                /** @description Whether the person has to sign in anew there. */
                forceAuthn?: boolean;
                /** @description Methods to ask for; one of them has to come back. */
                authnContexts?: string[];
                /** @description NameID format to ask for, and the only one taken then. */
                nameIdFormat?: string | null;
                /** @description Attribute that names the person in place of the NameID. */
                subjectAttribute?: string | null;
                /** @description A front end’s own consumer service; left out: ours. */
                consumerServiceUrl?: string | null;
                /** @description Where a browser goes after a logout. */
                logoutRedirectUri?: string | null;
                /** @description How far the clocks may differ (180). */
                clockSkewSeconds?: number | null;
                /** @description XML elements of a message (600). */
                maxElements?: number | null;
                /** @description Of a version: the provider’s metadata that it has; as in `Admin.SamlMetadata`. */
                metadata?: {
                    [key: string]: unknown;
                };
            };
            /** @description What the administrator of the identity provider enters there, exactly. */
            atProvider: {
                /** @description Redirect URIs, each to be registered as it is. */
                redirectUris?: string[];
                /**
                 * Format: uri
                 * @description Back-channel logout URI.
                 */
                backchannelLogoutUri?: string;
                /** @description Post-logout redirect URI. */
                postLogoutRedirectUri?: string;
                /**
                 * Format: uri
                 * @description Our entity id (audience URI, SP entity id).
                 */
                entityId?: string;
                /**
                 * Format: uri
                 * @description Assertion consumer service (ACS, reply, single sign-on URL), by HTTP-POST.
                 */
                consumerServiceUrl?: string;
                /**
                 * Format: uri
                 * @description Our metadata, for providers that read them.
                 */
                metadataUrl?: string;
                /**
                 * Format: uri
                 * @description Single logout service.
                 */
                logoutUrl?: string;
            };
            /** @description In answers to a change: what the checks found, errors first. Empty: nothing. Absent: they could not be made then. */
            problems?: components["schemas"]["Admin.ConnectionProblem"][];
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it, or what is in use of it, was changed last.
             */
            updatedAt: string;
        };
        /** @description A page of connections. */
        "Admin.ConnectionPage": {
            /** @description Newest first. */
            items: components["schemas"]["Admin.Connection"][];
            /** @description Where the next page begins, as `cursor` beside the same filters; absent on the last. */
            nextCursor?: string;
        };
        /** @description The checks of a version, made now. */
        "Admin.ConnectionCheck": {
            /** @description The version. */
            version: number;
            /** @description Whether no error was found. */
            usable: boolean;
            /** @description What the checks found, errors first. */
            problems: components["schemas"]["Admin.ConnectionProblem"][];
            /** @description Whether the provider takes client id and secret (or key), asked at its token endpoint with a code that was made up. Absent for SAML. */
            clientCredentials?: {
                /**
                 * @description `refused`: `problems` says how. `unknown`: the answer does not tell, which is no fault. `not_asked`: something else stands in the way of a login.
                 * @enum {string}
                 */
                verdict: "accepted" | "refused" | "unknown" | "not_asked";
                /** @description What was found. */
                found: string;
            };
        };
        /** @description Something that the checks of a connection found. */
        "Admin.ConnectionProblem": {
            /** @description Stable name, such as `issuer_mismatch`. */
            code: string;
            /**
             * @description `error`: logins would fail. `warning`: they may, or will one day.
             * @enum {string}
             */
            severity: "error" | "warning";
            /** @description JSON Pointer (RFC 6901) to the member that it is about, or that puts it right. */
            pointer: string;
            /** @description What was found. */
            found: string;
            /** @description What to do about it. */
            fix: string;
        };
        /** @description A version of a connection: a whole configuration. */
        "Admin.ConnectionVersion": {
            /** @description Its number. */
            version: number;
            /**
             * @description `active`: logins run on it. `draft`, `tested`: waits to become so. `superseded`: neither.
             * @enum {string}
             */
            state: "draft" | "tested" | "active" | "superseded";
            /**
             * @description Where it came from.
             * @enum {string}
             */
            source: "api" | "declaration";
            /** @description The admin key that made it; absent for the operator’s own and for a declaration. */
            createdBy?: string;
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was put in use last.
             */
            activatedAt?: string;
            /**
             * Format: date-time
             * @description When a test login over it passed last.
             */
            testedAt?: string;
            /** @description That login. */
            testLoginId?: string;
            /** @description The configuration. */
            configuration: {
                /**
                 * @description The surface that its logins count for.
                 * @enum {string}
                 */
                target: "dashboard" | "store" | "sdk";
                /** @description Exact addresses of the page that receives `code` and `state`. */
                redirectUris: string[];
                /** @description Issuer, or base URL. */
                issuer?: string;
                /** @description Our client id at the provider. */
                clientId?: string;
                /** @description `••••••••` where there is one. */
                clientSecret?: string;
                /** @description `••••••••` where there is one. */
                clientKey?: string;
                /** @description How we authenticate at the token endpoint, where it is settled. */
                clientAuthentication?: string;
                /** @description Scopes, where they are not those of the type. */
                scopes?: string[];
                /** @description Algorithms of ID tokens, where they are settled. */
                idTokenAlgs?: string[];
                /** @description Further audiences. */
                trustedAudiences: string[];
                /** @description Further origins. */
                trustedOrigins: string[];
                /** @description Tenants. */
                tenants: string[];
                /** @description Oldest sign-in that is taken. */
                maxAgeSeconds?: number;
                /** @description Longest session. */
                maxSessionSeconds?: number;
                /** @description Where people return after a logout. */
                logoutRedirectUri?: string;
                /** @description Whether `iss` is required where it is announced. */
                requireIss: boolean;
                /** @description Whether only the browser that started may finish. */
                requireBrowser: boolean;
                /** @description What differs from the usual names. */
                mapping: {
                    /** @description Claim names, in the order in which they are tried. */
                    email?: string[];
                    /** @description Claim names, in the order in which they are tried. */
                    emailVerified?: string[];
                    /** @description Claim names, in the order in which they are tried. */
                    givenName?: string[];
                    /** @description Claim names, in the order in which they are tried. */
                    familyName?: string[];
                    /** @description Claim names, in the order in which they are tried. */
                    name?: string[];
                    /** @description Claim names, in the order in which they are tried. */
                    picture?: string[];
                    /** @description Claim names, in the order in which they are tried. */
                    locale?: string[];
                    /** @description Claim names, in the order in which they are tried. */
                    groups?: string[];
                };
                /** @description Roles by group. */
                groupRoles: {
                    /** @description Group. */
                    group: string;
                    /** @description Role. */
                    role: string;
                }[];
                /** @description Any `deny` refuses, then any `require` unmet; the first that gives a role decides it. */
                rules: {
                    name?: string;
                    /** @description A group; a claim with one comparison; or several of these. */
                    if: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                        /** @description Every one has to pass. */
                        all?: {
                            /** @description The person has exactly this group. */
                            group?: string;
                            /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                            claim?: string;
                            /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                            equals?: (string | number | boolean) | (string | number | boolean)[];
                            /** @description This text is somewhere in it. */
                            contains?: string;
                            /** @description It begins so. */
                            startsWith?: string;
                            /** @description It ends so. */
                            endsWith?: string;
                            /** @description `*` stands for any characters or none, everything else for itself. */
                            matches?: string;
                            /** @description Whether there is any value. */
                            exists?: boolean;
                        }[];
                        /** @description One has to pass. */
                        any?: {
                            /** @description The person has exactly this group. */
                            group?: string;
                            /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                            claim?: string;
                            /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                            equals?: (string | number | boolean) | (string | number | boolean)[];
                            /** @description This text is somewhere in it. */
                            contains?: string;
                            /** @description It begins so. */
                            startsWith?: string;
                            /** @description It ends so. */
                            endsWith?: string;
                            /** @description `*` stands for any characters or none, everything else for itself. */
                            matches?: string;
                            /** @description Whether there is any value. */
                            exists?: boolean;
                        }[];
                    };
                    /** @description A group; a claim with one comparison; or several of these. */
                    unless?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                        /** @description Every one has to pass. */
                        all?: {
                            /** @description The person has exactly this group. */
                            group?: string;
                            /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                            claim?: string;
                            /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                            equals?: (string | number | boolean) | (string | number | boolean)[];
                            /** @description This text is somewhere in it. */
                            contains?: string;
                            /** @description It begins so. */
                            startsWith?: string;
                            /** @description It ends so. */
                            endsWith?: string;
                            /** @description `*` stands for any characters or none, everything else for itself. */
                            matches?: string;
                            /** @description Whether there is any value. */
                            exists?: boolean;
                        }[];
                        /** @description One has to pass. */
                        any?: {
                            /** @description The person has exactly this group. */
                            group?: string;
                            /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                            claim?: string;
                            /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                            equals?: (string | number | boolean) | (string | number | boolean)[];
                            /** @description This text is somewhere in it. */
                            contains?: string;
                            /** @description It begins so. */
                            startsWith?: string;
                            /** @description It ends so. */
                            endsWith?: string;
                            /** @description `*` stands for any characters or none, everything else for itself. */
                            matches?: string;
                            /** @description Whether there is any value. */
                            exists?: boolean;
                        }[];
                    };
                    role?: string;
                    /**
                     * @description Refuses the login of whoever it holds for (`access_denied_by_rule`).
                     * @constant
                     */
                    deny?: true;
                    /**
                     * @description Refuses the login of whoever it does not hold for (`requirement_not_met`).
                     * @constant
                     */
                    require?: true;
                }[];
                /** @description Whether groups that Entra ID leaves out are asked for at Microsoft Graph. */
                fetchGroups: boolean;
                /** @description Whether unknown people are created. */
                jit: boolean;
                /** @description Role of whom no rule gives one. */
                defaultRole: string;
                /** @description Email domains that may sign in. */
                allowedDomains: string[];
                /** @description SAML settings. */
                saml?: {
                    /** @description The provider’s metadata as a document; not answered again. */
                    metadataXml?: string | null;
                    /** @description Where the provider’s metadata are read, again and again. */
                    metadataUrl?: string | null;
                    /** @description The provider’s entity id, pinned; left out: that of the first copy. */
                    entityId?: string | null;
                    /** @description PEM or base64: the metadata have to be signed by its key. */
                    metadataCertificate?: string | null;
                    /** @description Whether requests are signed; left out: if the metadata want it. */
                    signRequests?: boolean | null;
                    /**
                     * @description A binding.
                     * @enum {string|null}
                     */
                    requestBinding?: "redirect" | "post" | null;
                    /** @description Whether the assertion itself has to be signed. */
                    wantAssertionsSigned?: boolean;
                    /** @description Whether the assertion has to be encrypted. */
                    wantEncrypted?: boolean;
                    /** @description Whether AES-CBC is taken within a signed response. */
                    allowCbc?: boolean;
                    /** @description Whether responses are taken that no login asked for. */
                    allowIdpInitiated?: boolean;
                    /** @description Whether the person has to sign in anew there. */
                    forceAuthn?: boolean;
                    /** @description Methods to ask for; one of them has to come back. */
                    authnContexts?: string[];
                    /** @description NameID format to ask for, and the only one taken then. */
                    nameIdFormat?: string | null;
                    /** @description Attribute that names the person in place of the NameID. */
                    subjectAttribute?: string | null;
                    /** @description A front end’s own consumer service; left out: ours. */
                    consumerServiceUrl?: string | null;
                    /** @description Where a browser goes after a logout. */
                    logoutRedirectUri?: string | null;
                    /** @description How far the clocks may differ (180). */
                    clockSkewSeconds?: number | null;
                    /** @description XML elements of a message (600). */
                    maxElements?: number | null;
                    /** @description Of a version: the provider’s metadata that it has; as in `Admin.SamlMetadata`. */
                    metadata?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        /** @description A page of versions. */
        "Admin.ConnectionVersionPage": {
            /** @description Newest first. */
            items: components["schemas"]["Admin.ConnectionVersion"][];
            /** @description Where the next page begins, as `cursor` beside the same filters; absent on the last. */
            nextCursor?: string;
        };
        /** @description All types of connections. */
        "Admin.ConnectionPresets": {
            /** @description One a type. */
            items: {
                /** @description As in `type` of a connection. */
                type: string;
                /** @description The provider. */
                name: string;
                /** @description `oidc`, `oauth2` or `saml`. */
                protocol: string;
                /** @description How `issuer` is written; absent where it is not read. */
                issuer?: {
                    /** @description Whether it has to be set; otherwise it is the public provider’s. */
                    needed: boolean;
                    /** @description An example. */
                    example: string;
                };
                /** @description Of the public provider, or of the example; absent where they are read from the provider. */
                endpoints?: {
                    /** @description `iss`. */
                    issuer: string;
                    /** @description Where people are sent. */
                    authorizationEndpoint?: string;
                    /** @description Where codes are exchanged. */
                    tokenEndpoint?: string;
                    /** @description Where its keys are. */
                    jwksUri?: string;
                    /** @description Where claims are asked for. */
                    userinfoEndpoint?: string;
                    /** @description Where its session is ended. */
                    endSessionEndpoint?: string;
                };
                /** @description Scopes that are asked for unless the connection names others. */
                scopes: string[];
                /** @description Target to claim names, where they differ from the usual ones. */
                mapping: {
                    [key: string]: string[];
                };
                /** @description Members of a connection that this type can’t honour: set, they are refused (422). */
                unsupported: string[];
                /** @description Members of the connection (JSON Pointers) that come from the provider. */
                wanted: string[];
            }[];
        };
        /** @description What the provider’s administrator does, step by step. */
        "Admin.ConnectionSetup": {
            /** @description Connection id. */
            connectionId: string;
            /** @description Type of the connection. */
            type: string;
            /** @description The provider. */
            provider: string;
            /** @description In order. */
            steps: {
                /** @description From 1. */
                number: number;
                /** @description What it is about. */
                title: string;
                /** @description Where, and what to choose there. */
                detail: string;
                /** @description What to enter there. */
                enter: {
                    /** @description The provider’s field. */
                    field: string;
                    /** @description What goes into it, exactly. */
                    value: string;
                }[];
                /** @description Members of the connection (JSON Pointers) to set to what the provider shows there. */
                bring: string[];
            }[];
        };
        /** @description An organization. */
        "Admin.Organization": {
            /** @description Organization id. */
            id: string;
            /** @description Names it in addresses. */
            slug: string;
            /** @description What people call it. */
            name: string;
            /**
             * @description Whether it may be used.
             * @enum {string}
             */
            status: "active" | "disabled";
            /** @description Address of its picture. */
            picture?: string;
            /** @description Who made it. */
            createdBy?: string;
            /** @description Branding of the organization. */
            branding?: {
                /** @description CSS color. */
                primaryColor?: string;
                /**
                 * Format: uri
                 * @description Address of the logo.
                 */
                logoUrl?: string;
            };
            /** @description App store of the organization. */
            store?: {
                /** @description Whether the store is open. */
                enabled?: boolean;
                /** @description Host name of the store. */
                customDomain?: string;
            };
            /** @description Configuration of the organization. */
            configuration?: {
                /** @description Id of the storage provider. */
                defaultStorageProvider?: string;
                /** @description Whether members must sign in through SSO. */
                enforceSSO?: boolean;
            };
            institution?: components["schemas"]["Pria.InstitutionAttributes"];
            /** @description Bounds of the lifetime that an Indee client may ask of a refresh token. */
            refreshLifetime?: {
                /** @description Shortest, seconds. */
                minSeconds?: number;
                /** @description Longest, seconds. */
                maxSeconds?: number;
            };
            /** @description Lifetimes of sessions by dialect. */
            sessionLifetimes?: {
                /** @description In place of the configuration’s figures. */
                applivery?: {
                    /** @description From the login to the end, seconds. */
                    absoluteSeconds?: number;
                    /** @description A session that is not used for this long ends, seconds. */
                    idleSeconds?: number;
                };
                /** @description In place of the configuration’s figures. */
                indee?: {
                    /** @description From the login to the end, seconds. */
                    absoluteSeconds?: number;
                    /** @description A session that is not used for this long ends, seconds. */
                    idleSeconds?: number;
                };
                /** @description In place of the configuration’s figures. */
                pria?: {
                    /** @description From the login to the end, seconds. */
                    absoluteSeconds?: number;
                    /** @description A session that is not used for this long ends, seconds. */
                    idleSeconds?: number;
                };
            };
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            updatedAt: string;
        };
        /** @description A page of organizations. */
        "Admin.OrganizationPage": {
            /** @description Newest first. */
            items: components["schemas"]["Admin.Organization"][];
            /** @description Where the next page begins, as `cursor` beside the same filters; absent on the last. */
            nextCursor?: string;
        };
        /** @description The organization to make. */
        "Admin.NewOrganization": {
            /** @description Names it in addresses: lower-case letters, digits, hyphens; not 24 hex digits. */
            slug: string;
            /** @description What people call it. */
            name: string;
            /**
             * @description `disabled`: nobody signs in, and sessions can’t be used. Another status than before ends the sessions that there are.
             * @enum {string}
             */
            status?: "active" | "disabled";
            /** @description Address of its picture. */
            picture?: string | null;
            /** @description Who made it, in your own words. */
            createdBy?: string | null;
            /** @description Branding of the organization. */
            branding?: {
                /** @description CSS color. */
                primaryColor?: string;
                /**
                 * Format: uri
                 * @description Address of the logo.
                 */
                logoUrl?: string;
            } | null;
            /** @description App store of the organization. */
            store?: {
                /** @description Whether the store is open. */
                enabled?: boolean;
                /** @description Host name of the store. */
                customDomain?: string;
            } | null;
            /** @description Configuration of the organization. */
            configuration?: {
                /** @description Id of the storage provider. */
                defaultStorageProvider?: string;
                /** @description Whether members must sign in through SSO. */
                enforceSSO?: boolean;
            } | null;
            /** @description Institution fields of Pria that are set by the operator. */
            institution?: {
                /**
                 * Format: uri
                 * @description Background picture.
                 */
                picture_bg?: string;
                /**
                 * Format: uri
                 * @description Background picture of the dark theme.
                 */
                picture_dark_bg?: string;
                /**
                 * Format: uri
                 * @description Animated picture.
                 */
                picture_animated?: string;
                /** @description Id of the voice agent. */
                elevenlabs_agent_id?: string;
                /** @description Credits granted. */
                credits?: number;
                /** @description Status of the institution; the organization’s own when not set. */
                status?: string;
                /** @description Who may join. */
                allowJoining?: string;
                /** @description Whether joining needs an administrator’s approval. */
                joiningAdminOnly?: boolean;
                /**
                 * Format: uuid
                 * @description Public id.
                 */
                publicId?: string;
                /** @description Addresses that may embed the institution. */
                publicAuthorizedUrls?: string[];
                /** @description Name of the assistant. */
                ainame?: string;
                /**
                 * Format: idn-email
                 * @description Contact address. The part before the @ is ASCII; the domain may be any.
                 */
                contactEmail?: string;
                /** @description Credits granted on joining. */
                creditAward?: number;
                /** @description Whether members share credits. */
                poolCredits?: boolean;
                /** @description Addresses of invoices. */
                invoices_urls?: string[];
                /** @description Longest completion, in tokens. */
                maxCompletionTokens?: number;
                /** @description Whether users are kept from uploading files. */
                disableFileUploadForUser?: boolean;
                /** @description Tools that are switched off. */
                toolsDisabled?: string[];
                /** @description LTI contexts. */
                ltiContextIds?: string[];
                /** @description Whether personalisation was asked for. */
                personalisationAsked?: boolean;
                /** @description Whether locations may be used. */
                locationEnabled?: boolean;
                /** @description Whether the real-time assistant is on. */
                rtEnabled?: boolean;
                /** @description Whether the real-time assistant is for administrators only. */
                rtAdminOnly?: boolean;
                /** @description Whether details of agents are shown. */
                displayAgentDetails?: boolean;
                /** @description Assistants that are switched off. */
                assistantsDisabled?: string[];
                /** @description Whether users are kept from assistants. */
                disableAssistantsForUser?: boolean;
                /** @description Voice of the real-time assistant. */
                rtVoice?: string;
                /** @description Most files a user may upload. */
                maxFiles?: number;
                /** @description Kind of questions. */
                questionType?: string;
                /** @description Credits in all. */
                creditsTotal?: number;
                /** @description Share of credits spent, percent. */
                creditsUsagePct?: number;
            } | null;
            /** @description Bounds of the lifetime that an Indee client may ask of a refresh token. */
            refreshLifetime?: {
                /** @description Shortest, seconds. */
                minSeconds?: number;
                /** @description Longest, seconds. */
                maxSeconds?: number;
            } | null;
            /** @description Lifetimes of sessions by dialect. */
            sessionLifetimes?: {
                /** @description In place of the configuration’s figures. */
                applivery?: {
                    /** @description From the login to the end, seconds. */
                    absoluteSeconds?: number;
                    /** @description A session that is not used for this long ends, seconds. */
                    idleSeconds?: number;
                };
                /** @description In place of the configuration’s figures. */
                indee?: {
                    /** @description From the login to the end, seconds. */
                    absoluteSeconds?: number;
                    /** @description A session that is not used for this long ends, seconds. */
                    idleSeconds?: number;
                };
                /** @description In place of the configuration’s figures. */
                pria?: {
                    /** @description From the login to the end, seconds. */
                    absoluteSeconds?: number;
                    /** @description A session that is not used for this long ends, seconds. */
                    idleSeconds?: number;
                };
            } | null;
        };
        /** @description What changes (RFC 7396): a member that is left out stays, `null` clears it, objects are merged at any depth. */
        "Admin.OrganizationChange": {
            /** @description Names it in addresses: lower-case letters, digits, hyphens; not 24 hex digits. */
            slug?: string;
            /** @description What people call it. */
            name?: string;
            /**
             * @description `disabled`: nobody signs in, and sessions can’t be used. Another status than before ends the sessions that there are.
             * @enum {string}
             */
            status?: "active" | "disabled";
            /** @description Address of its picture. */
            picture?: string | null;
            /** @description Who made it, in your own words. */
            createdBy?: string | null;
            /** @description Branding of the organization. */
            branding?: {
                /** @description CSS color. */
                primaryColor?: string | null;
                /**
                 * Format: uri
                 * @description Address of the logo.
                 */
                logoUrl?: string | null;
            } | null;
            /** @description App store of the organization. */
            store?: {
                /** @description Whether the store is open. */
                enabled?: boolean | null;
                /** @description Host name of the store. */
                customDomain?: string | null;
            } | null;
            /** @description Configuration of the organization. */
            configuration?: {
                /** @description Id of the storage provider. */
                defaultStorageProvider?: string | null;
                /** @description Whether members must sign in through SSO. */
                enforceSSO?: boolean | null;
            } | null;
            /** @description Institution fields of Pria that are set by the operator. */
            institution?: {
                /**
                 * Format: uri
                 * @description Background picture.
                 */
                picture_bg?: string | null;
                /**
                 * Format: uri
                 * @description Background picture of the dark theme.
                 */
                picture_dark_bg?: string | null;
                /**
                 * Format: uri
                 * @description Animated picture.
                 */
                picture_animated?: string | null;
                /** @description Id of the voice agent. */
                elevenlabs_agent_id?: string | null;
                /** @description Credits granted. */
                credits?: number | null;
                /** @description Status of the institution; the organization’s own when not set. */
                status?: string | null;
                /** @description Who may join. */
                allowJoining?: string | null;
                /** @description Whether joining needs an administrator’s approval. */
                joiningAdminOnly?: boolean | null;
                /**
                 * Format: uuid
                 * @description Public id.
                 */
                publicId?: string | null;
                /** @description Addresses that may embed the institution. */
                publicAuthorizedUrls?: string[] | null;
                /** @description Name of the assistant. */
                ainame?: string | null;
                /**
                 * Format: idn-email
                 * @description Contact address. The part before the @ is ASCII; the domain may be any.
                 */
                contactEmail?: string | null;
                /** @description Credits granted on joining. */
                creditAward?: number | null;
                /** @description Whether members share credits. */
                poolCredits?: boolean | null;
                /** @description Addresses of invoices. */
                invoices_urls?: string[] | null;
                /** @description Longest completion, in tokens. */
                maxCompletionTokens?: number | null;
                /** @description Whether users are kept from uploading files. */
                disableFileUploadForUser?: boolean | null;
                /** @description Tools that are switched off. */
                toolsDisabled?: string[] | null;
                /** @description LTI contexts. */
                ltiContextIds?: string[] | null;
                /** @description Whether personalisation was asked for. */
                personalisationAsked?: boolean | null;
                /** @description Whether locations may be used. */
                locationEnabled?: boolean | null;
                /** @description Whether the real-time assistant is on. */
                rtEnabled?: boolean | null;
                /** @description Whether the real-time assistant is for administrators only. */
                rtAdminOnly?: boolean | null;
                /** @description Whether details of agents are shown. */
                displayAgentDetails?: boolean | null;
                /** @description Assistants that are switched off. */
                assistantsDisabled?: string[] | null;
                /** @description Whether users are kept from assistants. */
                disableAssistantsForUser?: boolean | null;
                /** @description Voice of the real-time assistant. */
                rtVoice?: string | null;
                /** @description Most files a user may upload. */
                maxFiles?: number | null;
                /** @description Kind of questions. */
                questionType?: string | null;
                /** @description Credits in all. */
                creditsTotal?: number | null;
                /** @description Share of credits spent, percent. */
                creditsUsagePct?: number | null;
            } | null;
            /** @description Bounds of the lifetime that an Indee client may ask of a refresh token. */
            refreshLifetime?: {
                /** @description Shortest, seconds. */
                minSeconds?: number | null;
                /** @description Longest, seconds. */
                maxSeconds?: number | null;
            } | null;
            /** @description Lifetimes of sessions by dialect. */
            sessionLifetimes?: {
                /** @description In place of the configuration’s figures. */
                applivery?: {
                    /** @description From the login to the end, seconds. */
                    absoluteSeconds?: number | null;
                    /** @description A session that is not used for this long ends, seconds. */
                    idleSeconds?: number | null;
                } | null;
                /** @description In place of the configuration’s figures. */
                indee?: {
                    /** @description From the login to the end, seconds. */
                    absoluteSeconds?: number | null;
                    /** @description A session that is not used for this long ends, seconds. */
                    idleSeconds?: number | null;
                } | null;
                /** @description In place of the configuration’s figures. */
                pria?: {
                    /** @description From the login to the end, seconds. */
                    absoluteSeconds?: number | null;
                    /** @description A session that is not used for this long ends, seconds. */
                    idleSeconds?: number | null;
                } | null;
            } | null;
        };
        /** @description A user. Of one who also belongs to organizations out of the key’s reach, `email` is the one of the first membership shown, and `emailVerified`, `attributes` and `updatedAt` are left out. */
        "Admin.User": {
            /** @description User id. */
            id: string;
            /** @description The user’s address. */
            email: string;
            /** @description Whether it is known to be theirs. */
            emailVerified?: boolean;
            /** @description Given name. */
            firstName?: string;
            /** @description Family name. */
            lastName?: string;
            /** @description Address of a picture. */
            picture?: string;
            /** @description ISO 639 code. */
            language?: string;
            /**
             * @description Whether the user may sign in anywhere.
             * @enum {string}
             */
            status: "active" | "deactivated";
            /** @description Fields of the dialects that the operator sets. */
            attributes?: {
                applivery?: components["schemas"]["Applivery.UserAttributes"];
                pria?: components["schemas"]["Pria.UserAttributes"];
            };
            /** @description Those within the key’s reach, oldest first. */
            memberships: components["schemas"]["Admin.Membership"][];
            /**
             * Format: date-time
             * @description When the user was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the user’s own members were last changed, also by a login that brought others; not their memberships.
             */
            updatedAt?: string;
        };
        /** @description A page of users. */
        "Admin.UserPage": {
            /** @description Newest member first. */
            items: components["schemas"]["Admin.User"][];
            /** @description Where the next page begins, as `cursor` beside the same filters; absent on the last. */
            nextCursor?: string;
        };
        /** @description A person who becomes a member of the organization. */
        "Admin.NewUser": {
            email: string;
            /** @description Whether the address is known to be theirs. Left out: `true`; with a limited key, whether the organization has verified the address’s domain, without which such a key may not say `true` (403). */
            emailVerified?: boolean;
            firstName?: string;
            lastName?: string;
            picture?: string;
            /** @description ISO 639 code. */
            language?: string;
            role?: string;
            /**
             * @description Whether it may be used.
             * @enum {string}
             */
            status?: "active" | "deactivated";
            /** @description Fields of the dialects that the operator sets. */
            attributes?: {
                applivery?: components["schemas"]["Applivery.UserAttributes"];
                pria?: components["schemas"]["Pria.UserAttributes"];
            };
        };
        /** @description What changes (RFC 7396): a member that is left out stays, `null` clears it. Names, picture and language hold until the next login brings the provider’s. */
        "Admin.UserChange": {
            /** @description Whether the email is known to be theirs: only then a login over another connection may be linked by it. A limited key may set `true` only where an organization of the user has verified the domain. */
            emailVerified?: boolean;
            /** @description Given name. */
            firstName?: string | null;
            /** @description Family name. */
            lastName?: string | null;
            /** @description Address of a picture. */
            picture?: string | null;
            /** @description ISO 639 code. */
            language?: string | null;
            /**
             * @description `deactivated`: signs in nowhere. Another status than before ends the sessions that there are.
             * @enum {string}
             */
            status?: "active" | "deactivated";
            /** @description Fields of the dialects, merged at any depth; `null` clears one, or a dialect’s. */
            attributes?: {
                /** @description User fields of Applivery that are set by the operator, not computed. */
                applivery?: {
                    /** @description Platform-wide role; `user` when not set. Not the role in the organization. */
                    role?: string | null;
                    /** @description Whether the user takes the newsletter. */
                    newsletter?: boolean | null;
                    /** @description Identity verification hash for the support chat. */
                    intercomUserHash?: string | null;
                    /** @description Platform-wide roles in full. */
                    platformRoles?: components["schemas"]["Applivery.PlatformRole"][] | null;
                    /** @description Whom the user may act for. */
                    supplantCapability?: string | null;
                } | null;
                /** @description Profile fields of Pria that are set by the operator, not computed. */
                pria?: {
                    /** @description What the user may do, as `module.action`. */
                    permissions?: string[] | null;
                    /** @description Id at the payment provider. */
                    customerId?: string | null;
                    /** @description User id in the learning platform. */
                    lxp_user_id?: string | null;
                    /** @description User type in the learning platform. */
                    lxp_user_type?: number | null;
                    /** @description Partner id in the learning platform. */
                    lxp_partner_id?: string | null;
                    /** @description Partner name in the learning platform. */
                    lxp_partner_name?: string | null;
                    /** @description Role id in the learning platform. */
                    lxp_role_id?: number | null;
                    /** @description Role name in the learning platform. */
                    lxp_role_name?: string | null;
                    /** @description Credits granted. */
                    credits?: number | null;
                    /** @description Credits spent. */
                    creditsUsed?: number | null;
                    /** @description Billing plan. */
                    plan?: string | null;
                    /** @description Account status; `active` when not set. */
                    status?: string | null;
                    /**
                     * Format: date-time
                     * @description When the trial ends.
                     */
                    trial_end?: string | null;
                    /** @description Whether the trial was used. */
                    trial_used?: boolean | null;
                    /**
                     * Format: date-time
                     * @description When the billing period ends.
                     */
                    current_period_end?: string | null;
                    /** @description Whether the plan ends with the billing period. */
                    cancel_at_period_end?: boolean | null;
                    /**
                     * Format: uuid
                     * @description Referral id.
                     */
                    referralId?: string | null;
                    /** @description Whether the referrer was rewarded. */
                    referrerPaid?: boolean | null;
                    /**
                     * Format: uuid
                     * @description Id of the last reset code.
                     */
                    resetCodeId?: string | null;
                    /** @description Addresses of invoices. */
                    invoices_urls?: string[] | null;
                    /** @description How many exchanges a conversation remembers. */
                    remember_history_count?: number | null;
                    /** @description Voice of the browser. */
                    browser_voice?: string | null;
                    /** @description Voice of the real-time assistant. */
                    rt_voice?: string | null;
                    /** @description Whether the location may be used. */
                    use_location?: boolean | null;
                    /** @description Whether the side bar is shown. */
                    showSideBar?: boolean | null;
                    /** @description Whether the dark theme is on. */
                    dark_mode?: boolean | null;
                    /** @description How many dialogues are kept. */
                    max_dialogues?: number | null;
                } | null;
            } | null;
        };
        /** @description A user’s membership of one organization. */
        "Admin.Membership": {
            /** @description Membership id. */
            id: string;
            /** @description Organization id. */
            organizationId: string;
            /** @description User id. */
            userId: string;
            /** @description The address that the organization knows the user by. */
            email: string;
            /** @description Role in the organization. */
            role: string;
            /** @description As the identity provider told them at the last login. */
            groups: {
                /** @description Slug of the connection that told it. */
                source: string;
                /** @description Its name. */
                name: string;
            }[];
            /**
             * @description Whether the user may sign in to this organization.
             * @enum {string}
             */
            status: "active" | "deactivated";
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
        };
        /** @description A page of memberships. */
        "Admin.MembershipPage": {
            /** @description Newest first. */
            items: components["schemas"]["Admin.Membership"][];
            /** @description Where the next page begins, as `cursor` beside the same filters; absent on the last. */
            nextCursor?: string;
        };
        /** @description Who becomes a member. */
        "Admin.NewMembership": {
            /** @description A user of any organization. */
            userId: string;
            /** @description Role in the organization. */
            role: string;
        };
        /** @description What changes; a member that is left out stays. */
        "Admin.MembershipChange": {
            /** @description Role in the organization. */
            role?: string;
            /**
             * @description `deactivated`: does not sign in here. Another status than before ends the sessions that there are.
             * @enum {string}
             */
            status?: "active" | "deactivated";
        };
        /** @description Whom a connection knows a user as; one at most of each user and connection. */
        "Admin.Identity": {
            /** @description Identity id. */
            id: string;
            /** @description Who it is here. */
            userId: string;
            /** @description Over which connection. */
            connectionId: string;
            /** @description Whose connection. */
            organizationId: string;
            /** @description What the provider calls the person: `sub`, the account’s id, or the SAML NameID. */
            subject: string;
            /** @description The address that the provider gave at the last login. */
            email?: string;
            /**
             * Format: date-time
             * @description When it was linked.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last used to sign in.
             */
            lastLoginAt: string;
        };
        /** @description A page of identities. */
        "Admin.IdentityPage": {
            /** @description Newest first. */
            items: components["schemas"]["Admin.Identity"][];
            /** @description Where the next page begins, as `cursor` beside the same filters; absent on the last. */
            nextCursor?: string;
        };
        /** @description How our key pair is rotated. */
        "Admin.SamlRotation": {
            /** @description Rotate although the next certificate is new: the provider has to be told at once. */
            force?: boolean;
        };
        /** @description Our keys after a rotation. */
        "Admin.SamlKeys": {
            /** @description The key that was active. */
            retired: string;
            /** @description The key that signs now. */
            active: string;
            /** @description The key that is published and will sign next. */
            next: string;
        };
        /** @description Which copy is approved. */
        "Admin.SamlApproval": {
            /** @description `pending.copy` as it was read. */
            copy: string;
        };
        /** @description What the provider says of itself. */
        "Admin.SamlMetadata": {
            /** @description Its entity id. */
            entityId: string;
            /** @description Where logins go. */
            singleSignOn: {
                /**
                 * @description How the browser is sent there.
                 * @enum {string}
                 */
                binding: "redirect" | "post";
                /**
                 * Format: uri
                 * @description The address.
                 */
                location: string;
                /**
                 * Format: uri
                 * @description Where answers go, if elsewhere.
                 */
                responseLocation?: string;
            }[];
            /** @description Where logouts go. */
            singleLogout: {
                /**
                 * @description How the browser is sent there.
                 * @enum {string}
                 */
                binding: "redirect" | "post";
                /**
                 * Format: uri
                 * @description The address.
                 */
                location: string;
                /**
                 * Format: uri
                 * @description Where answers go, if elsewhere.
                 */
                responseLocation?: string;
            }[];
            /** @description What responses are verified with. */
            certificates: {
                /** @description SHA-256, lower-case hex. */
                fingerprint: string;
                /**
                 * Format: date-time
                 * @description Valid from.
                 */
                notBefore: string;
                /**
                 * Format: date-time
                 * @description Valid until. An expired one still verifies: the key is trusted, the date is a warning.
                 */
                notAfter: string;
            }[];
            /** @description Whether it wants our requests signed. */
            wantAuthnRequestsSigned: boolean;
            /** @description NameID formats it announces. */
            nameIdFormats: string[];
            /**
             * Format: date-time
             * @description From when on this copy may not be used any more.
             */
            validUntil?: string;
        };
        /** @description The SAML side of a connection. */
        "Admin.SamlConnection": {
            /** @description Connection id. */
            connectionId: string;
            /** @description Its organization. */
            organizationId: string;
            /** @description Our names and addresses on this connection, for the provider’s administrator. */
            serviceProvider: {
                /**
                 * Format: uri
                 * @description Our entity id.
                 */
                entityId: string;
                /**
                 * Format: uri
                 * @description Our metadata, with our certificates.
                 */
                metadataUrl: string;
                /**
                 * Format: uri
                 * @description Where responses are posted.
                 */
                consumerServiceUrl: string;
                /**
                 * Format: uri
                 * @description Where logout messages are sent.
                 */
                logoutUrl: string;
            };
            /**
             * Format: uri
             * @description Where the provider’s metadata are read; absent when they were given as a document.
             */
            metadataUrl?: string;
            inUse?: components["schemas"]["Admin.SamlMetadata"];
            /** @description A copy that names new keys or addresses, and is not used before it is approved. */
            pending?: {
                /** @description Names this copy for the approval. */
                copy: string;
                /** @description Part of what differs from the copy in use. */
                added: {
                    /** @description Fingerprints. */
                    certificates: string[];
                    /** @description Service, binding and addresses. */
                    endpoints: string[];
                };
                /** @description Part of what differs from the copy in use. */
                removed: {
                    /** @description Fingerprints. */
                    certificates: string[];
                    /** @description Service, binding and addresses. */
                    endpoints: string[];
                };
                metadata: components["schemas"]["Admin.SamlMetadata"];
            };
            /**
             * Format: date-time
             * @description When the copy in use was last confirmed by its source.
             */
            checkedAt?: string;
            /**
             * Format: date-time
             * @description When the source was last asked.
             */
            readAt?: string;
            /**
             * Format: date-time
             * @description When the source is read next.
             */
            nextCheckAt?: string;
            /** @description Checks in a row that failed. */
            failures: number;
            /** @description Reason of the last failure. */
            failure?: string;
        };
        /** @description The OpenID Connect side of a connection. */
        "Admin.OidcConnection": {
            /** @description Connection id. */
            connectionId: string;
            /** @description Its organization. */
            organizationId: string;
            /** @description What to enter at the provider. */
            client: {
                /** @description Our client id there. */
                clientId?: string;
                /** @description Redirect URIs. */
                redirectUris: string[];
                /**
                 * Format: uri
                 * @description Where the provider sends its logout tokens (`backchannel_logout_uri`).
                 */
                backchannelLogoutUri: string;
                /**
                 * Format: uri
                 * @description Where people return after a logout (`post_logout_redirect_uris`).
                 */
                postLogoutRedirectUri?: string;
            };
            /** @description What the provider says of itself. */
            provider?: {
                /** @description Its issuer; with `{tenantid}` where each tenant has one of its own. */
                issuer: string;
                /** @description Whether it sends logout tokens; absent for a provider whose metadata are not read. */
                backchannelLogoutSupported?: boolean;
                /** @description Whether they name the session (`sid`), not only the person. */
                backchannelLogoutSessionSupported?: boolean;
                /** @description Where a browser ends its session. */
                endSessionEndpoint?: string;
                /** @description Whether people are sent there: false where it is on another site than the issuer; add its origin to `trustedOrigins`. */
                endSessionTrusted?: boolean;
            };
            /** @description Why the provider’s metadata could not be read. */
            failure?: string;
        };
        /** @description One signing key. */
        "Admin.SigningKey": {
            /** @description Key id, as in the header of tokens and in the key set. */
            kid: string;
            /**
             * @description What it signs with.
             * @enum {string}
             */
            algorithm: "ES256" | "EdDSA" | "RS256";
            /**
             * @description `next` is published and will sign · `active` signs · `retired` verifies what it signed.
             * @enum {string}
             */
            status: "next" | "active" | "retired";
            /**
             * Format: date-time
             * @description When it was made and published.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description From when on every copy of the key set that may still be in use holds it.
             */
            knownFrom: string;
            /**
             * Format: date-time
             * @description When it began to sign.
             */
            activatedAt?: string;
            /**
             * Format: date-time
             * @description When it ceased to sign.
             */
            retiredAt?: string;
            /**
             * Format: date-time
             * @description When its retirement was asked for.
             */
            rotationRequestedAt?: string;
            /**
             * Format: date-time
             * @description When the active key is retired, as things are now.
             */
            rotatesAt?: string;
            /** @description Whether its private part opens under `SECRETS_KEY` or a previous one. */
            opens?: boolean;
        };
        /** @description Our signing keys. */
        "Admin.SigningKeys": {
            /** @description Newest first. */
            items: components["schemas"]["Admin.SigningKey"][];
        };
        /** @description How the signing key is rotated; without a member, as soon as the next key is known. */
        "Admin.SigningKeyRotationRequest": {
            /** @description Rotate now, although copies of the key set may not hold the next key yet. */
            force?: boolean;
            /** @description A key leaked: every key is removed now, and all that they signed is refused. Everybody signs in again. */
            compromised?: boolean;
        };
        /** @description What came of a rotation. */
        "Admin.SigningKeyRotation": {
            /**
             * @description `pending`: it happens as soon as the next key is known everywhere.
             * @enum {string}
             */
            outcome: "rotated" | "pending";
            /** @description What signed until now; after a leak, every key that is gone. */
            retired: string[];
            /** @description The key that signs. */
            active: string;
            /** @description The key that will sign next. */
            next?: string;
            /**
             * Format: date-time
             * @description When a pending rotation can happen; it does within half a minute.
             */
            rotatesAt?: string;
            /**
             * Format: date-time
             * @description From when on every copy of the key set holds the active key.
             */
            knownFrom: string;
            /** @description What to expect of it. */
            warning?: string;
        };
        /** @description One session: what came of one login. */
        "Admin.Session": {
            /** @description Session id; access tokens name it as `sid`. */
            id: string;
            /** @description Whose. */
            userId: string;
            /** @description The address that the organization knows the user by. */
            email: string;
            /** @description In which organization. */
            organizationId: string;
            /** @description Over which connection. */
            connectionId: string;
            /**
             * @description The API that it belongs to.
             * @enum {string}
             */
            dialect: "applivery" | "indee" | "pria";
            /**
             * @description The surface that it counts for.
             * @enum {string}
             */
            target: "dashboard" | "store" | "sdk";
            /** @description The API key that it was started with. */
            apiKeyId?: string;
            /**
             * @description Whether it may be used.
             * @enum {string}
             */
            state: "live" | "expired" | "ended";
            /** @description Why it ended before its time. */
            endReason?: string;
            /**
             * Format: date-time
             * @description When the login was finished.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last used, as exact as a minute.
             */
            lastUsedAt: string;
            /**
             * Format: date-time
             * @description Its absolute end.
             */
            expiresAt: string;
            /** @description It ends when it is not used for this long. */
            idleSeconds?: number;
            /**
             * Format: date-time
             * @description When it was ended, where it was ended alone.
             */
            endedAt?: string;
            /** @description Where the login came from. */
            address?: string;
            /** @description With what. */
            userAgent?: string;
        };
        /** @description A page of sessions. */
        "Admin.SessionPage": {
            /** @description Newest first. */
            items: components["schemas"]["Admin.Session"][];
            /** @description Where the next page begins, as `cursor` beside the same filters; absent on the last. */
            nextCursor?: string;
        };
        /** @description Whose sessions end. */
        "Admin.SessionsEnd": {
            /** @description The user. */
            userId: string;
            /** @description In this organization alone; absent: in all. */
            organizationId?: string;
        } | {
            /** @description The organization. */
            organizationId: string;
        } | {
            /** @description The connection. */
            connectionId: string;
        };
        /** @description All of them have ended. */
        "Admin.SessionsEnded": {
            /**
             * Format: date-time
             * @description Every session whose login was redeemed until then is over.
             */
            endedAt: string;
            /** @description Live sessions that ended with this call, among the newest 10,000. */
            sessions: number;
        };
        /** @description An API key, without the key. */
        "Admin.ApiKey": {
            /** @description Key id. */
            id: string;
            /** @description Whose. */
            organizationId: string;
            /** @description What people call it. */
            name: string;
            /** @description How the key begins. */
            prefix: string;
            /** @description APIs that it may call. */
            dialects: ("applivery" | "indee" | "pria")[];
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it stops working; absent: never.
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description When it was last used, as exact as a minute; absent: never.
             */
            lastUsedAt?: string;
            /**
             * Format: date-time
             * @description When it was revoked; absent: it was not.
             */
            revokedAt?: string;
        };
        /** @description A page of API keys. */
        "Admin.ApiKeyPage": {
            /** @description Newest first, revoked ones among them. */
            items: components["schemas"]["Admin.ApiKey"][];
            /** @description Where the next page begins, as `cursor` beside the same filters; absent on the last. */
            nextCursor?: string;
        };
        /** @description The key to make. */
        "Admin.NewApiKey": {
            /** @description What people call it, in one line; no other key of the organization in use has it. */
            name: string;
            /** @description APIs that the key may call. */
            dialects: ("applivery" | "indee" | "pria")[];
            /**
             * Format: date-time
             * @description When it stops working, RFC 3339 in UTC; `null`: never.
             */
            expiresAt?: string | null;
        };
        /** @description What changes; a member that is left out stays as it is. */
        "Admin.ApiKeyChange": {
            /** @description What people call it, in one line; no other key of the organization in use has it. */
            name?: string;
            /** @description APIs that the key may call. */
            dialects?: ("applivery" | "indee" | "pria")[];
            /**
             * Format: date-time
             * @description When it stops working, RFC 3339 in UTC; `null`: never.
             */
            expiresAt?: string | null;
        };
        /** @description A new API key. */
        "Admin.IssuedApiKey": {
            /** @description Key id. */
            id: string;
            /** @description Whose. */
            organizationId: string;
            /** @description What people call it. */
            name: string;
            /** @description How the key begins. */
            prefix: string;
            /** @description APIs that it may call. */
            dialects: ("applivery" | "indee" | "pria")[];
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it stops working; absent: never.
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description When it was last used, as exact as a minute; absent: never.
             */
            lastUsedAt?: string;
            /**
             * Format: date-time
             * @description When it was revoked; absent: it was not.
             */
            revokedAt?: string;
            /** @description The key. It is shown here and never again. */
            key: string;
        };
        /** @description Where the audit’s chain ends. */
        "Admin.AuditChainHead": {
            /** @description Records so far; 0 before the first. */
            position: number;
            /** @description Hash of the last record, SHA-256 in hex; of none, 64 zeros. */
            hash: string;
            /**
             * Format: date-time
             * @description When the last record was made.
             */
            chainedAt?: string;
        };
        /** @description A domain of an organization. */
        "Admin.Domain": {
            /** @description Domain id. */
            id: string;
            /** @description Whose. */
            organizationId: string;
            /** @description In lower-case ASCII: an international name in its IDNA form. */
            domain: string;
            /** @description Whether the organization’s connections speak for its addresses. */
            verified: boolean;
            /**
             * Format: date-time
             * @description Since when; absent: it is not verified.
             */
            verifiedAt?: string;
            /**
             * @description Who says so: the TXT record, or the operator by assertion.
             * @enum {string}
             */
            verifiedBy?: "dns" | "operator";
            /** @description The TXT record that proves it. Absent: `verify` makes one. */
            challenge?: {
                /**
                 * @description Type of the record.
                 * @constant
                 */
                type: "TXT";
                /** @description Name of the record. */
                name: string;
                /** @description Its value. */
                value: string;
                /**
                 * Format: date-time
                 * @description How long it is waited for; absent once the domain is verified.
                 */
                expiresAt?: string;
            };
            /**
             * Format: date-time
             * @description When it was last looked for.
             */
            checkedAt?: string;
        };
        /** @description A page of domains. */
        "Admin.DomainPage": {
            /** @description Newest first. */
            items: components["schemas"]["Admin.Domain"][];
            /** @description Where the next page begins, as `cursor` beside the same filters; absent on the last. */
            nextCursor?: string;
        };
        /** @description The domain to add. */
        "Admin.NewDomain": {
            /** @description A domain name; international ones in either form. */
            domain: string;
            /** @description The operator’s word that the organization owns it. For keys that reach everything. */
            verified?: boolean;
        };
        /** @description The operator’s word; a member that is left out stays. */
        "Admin.DomainChange": {
            /** @description `true` asserts the domain, for keys that reach everything; `false` takes the verification back. */
            verified?: boolean;
        };
        /** @description The domain as it is now, and what the DNS said. */
        "Admin.DomainCheck": {
            /** @description Domain id. */
            id: string;
            /** @description Whose. */
            organizationId: string;
            /** @description In lower-case ASCII: an international name in its IDNA form. */
            domain: string;
            /** @description Whether the organization’s connections speak for its addresses. */
            verified: boolean;
            /**
             * Format: date-time
             * @description Since when; absent: it is not verified.
             */
            verifiedAt?: string;
            /**
             * @description Who says so: the TXT record, or the operator by assertion.
             * @enum {string}
             */
            verifiedBy?: "dns" | "operator";
            /** @description The TXT record that proves it. Absent: `verify` makes one. */
            challenge?: {
                /**
                 * @description Type of the record.
                 * @constant
                 */
                type: "TXT";
                /** @description Name of the record. */
                name: string;
                /** @description Its value. */
                value: string;
                /**
                 * Format: date-time
                 * @description How long it is waited for; absent once the domain is verified.
                 */
                expiresAt?: string;
            };
            /**
             * Format: date-time
             * @description When it was last looked for.
             */
            checkedAt?: string;
            /**
             * @description `verified`: the record is there. `misplaced`: it stands at another name. `challenge_renewed`: the time of the old one was over.
             * @enum {string}
             */
            outcome: "verified" | "missing" | "other_value" | "misplaced" | "dns_failed" | "challenge_renewed";
            /** @description The TXT values at the name, ten at most. */
            found: string[];
            /** @description What to do now. */
            fix: string;
        };
        /** @description Who is served. */
        "Admin.ServedPage": {
            /** @description In the order of choice. */
            items: {
                /** @description Organization. */
                organizationId: string;
                /** @description Its slug. */
                organizationSlug: string;
                /**
                 * Format: date-time
                 * @description When it verified the domain; absent: a connection lists the domain, nobody verified it.
                 */
                verifiedAt?: string;
                /** @description In the order of choice: the first one serves. */
                connections: {
                    /** @description Connection. */
                    id: string;
                    /** @description Its slug. */
                    slug: string;
                    /** @description Kind of identity provider. */
                    type: string;
                    /**
                     * @description It lists the domain; or it lists none, and the domain is the organization’s, or the organization has no verified domain at all.
                     * @enum {string}
                     */
                    because: "allowed_domains" | "verified_domain" | "no_domains";
                }[];
            }[];
            /** @description Where the next page begins, as `cursor` beside the same filters; absent on the last. */
            nextCursor?: string;
        };
        /** @description A version, and members that are tried over it. */
        "Admin.SimulatedRules": {
            /** @description Version whose rules are tried, a draft for example; else the one in use. */
            version?: number;
            /** @description Any `deny` refuses, then any `require` unmet; the first that gives a role decides it. */
            rules?: {
                name?: string;
                /** @description A group; a claim with one comparison; or several of these. */
                if: {
                    /** @description The person has exactly this group. */
                    group?: string;
                    /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                    claim?: string;
                    /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                    equals?: (string | number | boolean) | (string | number | boolean)[];
                    /** @description This text is somewhere in it. */
                    contains?: string;
                    /** @description It begins so. */
                    startsWith?: string;
                    /** @description It ends so. */
                    endsWith?: string;
                    /** @description `*` stands for any characters or none, everything else for itself. */
                    matches?: string;
                    /** @description Whether there is any value. */
                    exists?: boolean;
                    /** @description Every one has to pass. */
                    all?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                    /** @description One has to pass. */
                    any?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                };
                /** @description A group; a claim with one comparison; or several of these. */
                unless?: {
                    /** @description The person has exactly this group. */
                    group?: string;
                    /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                    claim?: string;
                    /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                    equals?: (string | number | boolean) | (string | number | boolean)[];
                    /** @description This text is somewhere in it. */
                    contains?: string;
                    /** @description It begins so. */
                    startsWith?: string;
                    /** @description It ends so. */
                    endsWith?: string;
                    /** @description `*` stands for any characters or none, everything else for itself. */
                    matches?: string;
                    /** @description Whether there is any value. */
                    exists?: boolean;
                    /** @description Every one has to pass. */
                    all?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                    /** @description One has to pass. */
                    any?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                };
                role?: string;
                /**
                 * @description Refuses the login of whoever it holds for (`access_denied_by_rule`).
                 * @constant
                 */
                deny?: true;
                /**
                 * @description Refuses the login of whoever it does not hold for (`requirement_not_met`).
                 * @constant
                 */
                require?: true;
            }[];
            /** @description The first group that the person has decides the role; none: `defaultRole`. */
            groupRoles?: {
                group: string;
                role: string;
            }[];
            /** @description Role of whom no rule gives one. */
            defaultRole?: string;
            /**
             * @description How far to look back.
             * @default 30
             */
            days: number;
            /**
             * @description Changes that are listed; all are counted.
             * @default 100
             */
            limit: number;
        };
        /** @description Who would gain or lose what. */
        "Admin.RuleSimulation": {
            /**
             * Format: date-time
             * @description Logins since then were looked at.
             */
            from: string;
            /** @description False: there were more than 20,000 logins or 5,000 people, or judging them took longer than 20 seconds: the newest alone were judged. */
            complete: boolean;
            /** @description The logins. */
            logins: {
                /** @description How many there were, tests left out. */
                considered: number;
                /** @description Of these, how many kept no claims: they failed before any were verified, or had too many. */
                withoutClaims: number;
            };
            /** @description How many people were judged, each by the claims of their last login. */
            people: number;
            /** @description Of these. */
            counts: {
                /** @description Would be refused, and are not now. */
                denied: number;
                /** @description Would be let in, and are not now. */
                allowed: number;
                /** @description Would have another role. */
                role: number;
                /** @description Nothing changes. */
                unchanged: number;
            };
            /** @description Those who lose access first, then those who gain it, then roles; the newest first. */
            changes: {
                /**
                 * @description `denied`: would be refused from now on. `allowed`: would be let in. `role`: another role.
                 * @enum {string}
                 */
                change: "denied" | "allowed" | "role";
                /**
                 * Format: email
                 * @description Their address.
                 */
                email?: string;
                /** @description The user, if they are a member by now. */
                userId?: string;
                /** @description The login whose claims were judged. */
                loginId: string;
                /**
                 * Format: date-time
                 * @description When that was.
                 */
                loginAt: string;
                /** @description What the rules make of the person. */
                before: {
                    /**
                     * @description Whether the rules let them in.
                     * @enum {string}
                     */
                    outcome: "allowed" | "refused";
                    /** @description Why they are refused. */
                    reason?: string;
                    /** @description The role, of whom is let in. */
                    role?: string;
                    /** @description The rule that decided, such as `rules/0`; absent: none, so the default role, or the one there is. */
                    place?: string;
                    /** @description Its name. */
                    name?: string;
                };
                /** @description What the rules make of the person. */
                after: {
                    /**
                     * @description Whether the rules let them in.
                     * @enum {string}
                     */
                    outcome: "allowed" | "refused";
                    /** @description Why they are refused. */
                    reason?: string;
                    /** @description The role, of whom is let in. */
                    role?: string;
                    /** @description The rule that decided, such as `rules/0`; absent: none, so the default role, or the one there is. */
                    place?: string;
                    /** @description Its name. */
                    name?: string;
                };
            }[];
        };
        /** @description Every reason there is. */
        "Admin.Reasons": {
            /** @description In the order in which a login meets them. */
            items: {
                /** @description As in `reason` of a login and `code` of problem details. */
                code: string;
                /** @description The sentence of problem details. */
                sentence: string;
                /** @description Why it happens, technically. */
                cause: string;
                /** @description For whoever tried to sign in: what they can do. */
                person: string;
                /** @description For the developer of the API client, or whoever runs this server: what to change. */
                integrator: string;
                /** @description For the administrator of the customer’s identity provider: what to change there. */
                admin: string;
            }[];
        };
        /** @description A version, and members that are tried over it. */
        "Admin.TriedConfiguration": {
            /** @description Version of the login’s connection, a draft for example; else the one in use. */
            version?: number;
            /** @description Where each target is read from, in place of the usual names. */
            mapping?: {
                /** @description Claim names, in the order in which they are tried. */
                email?: string[];
                /** @description Claim names, in the order in which they are tried. */
                emailVerified?: string[];
                /** @description Claim names, in the order in which they are tried. */
                givenName?: string[];
                /** @description Claim names, in the order in which they are tried. */
                familyName?: string[];
                /** @description Claim names, in the order in which they are tried. */
                name?: string[];
                /** @description Claim names, in the order in which they are tried. */
                picture?: string[];
                /** @description Claim names, in the order in which they are tried. */
                locale?: string[];
                /** @description Claim names, in the order in which they are tried. */
                groups?: string[];
            };
            /** @description The first group that the person has decides the role; none: `defaultRole`. */
            groupRoles?: {
                group: string;
                role: string;
            }[];
            /** @description Any `deny` refuses, then any `require` unmet; the first that gives a role decides it. */
            rules?: {
                name?: string;
                /** @description A group; a claim with one comparison; or several of these. */
                if: {
                    /** @description The person has exactly this group. */
                    group?: string;
                    /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                    claim?: string;
                    /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                    equals?: (string | number | boolean) | (string | number | boolean)[];
                    /** @description This text is somewhere in it. */
                    contains?: string;
                    /** @description It begins so. */
                    startsWith?: string;
                    /** @description It ends so. */
                    endsWith?: string;
                    /** @description `*` stands for any characters or none, everything else for itself. */
                    matches?: string;
                    /** @description Whether there is any value. */
                    exists?: boolean;
                    /** @description Every one has to pass. */
                    all?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                    /** @description One has to pass. */
                    any?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                };
                /** @description A group; a claim with one comparison; or several of these. */
                unless?: {
                    /** @description The person has exactly this group. */
                    group?: string;
                    /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                    claim?: string;
                    /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                    equals?: (string | number | boolean) | (string | number | boolean)[];
                    /** @description This text is somewhere in it. */
                    contains?: string;
                    /** @description It begins so. */
                    startsWith?: string;
                    /** @description It ends so. */
                    endsWith?: string;
                    /** @description `*` stands for any characters or none, everything else for itself. */
                    matches?: string;
                    /** @description Whether there is any value. */
                    exists?: boolean;
                    /** @description Every one has to pass. */
                    all?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                    /** @description One has to pass. */
                    any?: {
                        /** @description The person has exactly this group. */
                        group?: string;
                        /** @description A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass. */
                        claim?: string;
                        /** @description This value, or one of these; `1` is not `"1"`. SAML knows texts alone. */
                        equals?: (string | number | boolean) | (string | number | boolean)[];
                        /** @description This text is somewhere in it. */
                        contains?: string;
                        /** @description It begins so. */
                        startsWith?: string;
                        /** @description It ends so. */
                        endsWith?: string;
                        /** @description `*` stands for any characters or none, everything else for itself. */
                        matches?: string;
                        /** @description Whether there is any value. */
                        exists?: boolean;
                    }[];
                };
                role?: string;
                /**
                 * @description Refuses the login of whoever it holds for (`access_denied_by_rule`).
                 * @constant
                 */
                deny?: true;
                /**
                 * @description Refuses the login of whoever it does not hold for (`requirement_not_met`).
                 * @constant
                 */
                require?: true;
            }[];
            /** @description Whether unknown people are created. */
            jit?: boolean;
            /** @description Role of whom no rule gives one. */
            defaultRole?: string;
            /** @description Email domains that may sign in; none: any. */
            allowedDomains?: string[];
        };
        /** @description What the login would come to. */
        "Admin.Evaluation": {
            /**
             * @description How it would end.
             * @enum {string}
             */
            outcome: "succeeded" | "failed";
            /** @description Why it would be refused. */
            reason?: string;
            /** @description What the reason means to the person, the integrator and the customer’s administrator. */
            texts?: {
                /** @description Why it happens, technically. */
                cause: string;
                /** @description For whoever tried to sign in: what they can do. */
                person: string;
                /** @description For the developer of the API client, or whoever runs this server: what to change. */
                integrator: string;
                /** @description For the administrator of the customer’s identity provider: what to change there. */
                admin: string;
            };
            /** @description The version that was tried, or that the members were tried over. */
            connectionVersion: number;
            /**
             * @description Whether the user is known, would be linked, or created.
             * @enum {string}
             */
            kind?: "known" | "linked" | "created";
            /** @description The user as the login would leave them. */
            user?: {
                /** @description Id; absent for a user that would be created. */
                id?: string;
                /**
                 * Format: email
                 * @description Email.
                 */
                email: string;
                /** @description Whether the email counts as verified. */
                emailVerified: boolean;
                /** @description Given name. */
                firstName?: string;
                /** @description Family name. */
                lastName?: string;
                /** @description Whole name. */
                fullName?: string;
                /** @description Address of the picture. */
                picture?: string;
                /** @description Language. */
                language?: string;
            };
            /** @description The role that the membership would have. */
            membershipRole?: string;
            /** @description All groups that the membership would have. */
            groups?: {
                /** @description Slug of the connection it comes from. */
                source: string;
                /** @description Name. */
                name: string;
            }[];
            /** @description Every check of this evaluation, in order. */
            checks: components["schemas"]["Admin.Check"][];
            /**
             * @description What was spoken with the provider.
             * @enum {string}
             */
            protocol?: "oidc" | "oauth2" | "saml";
            /** @description The verified claims, redacted. */
            claims?: {
                /** @description First letter and domain. */
                email?: string;
                /** @description Whether the provider called the email verified (SAML: whether one came). */
                emailVerified: boolean;
                /**
                 * @description How it said so. `not_said`: none of the claims that could came. `malformed`: something else than a boolean did.
                 * @enum {string}
                 */
                emailVerification?: "verified" | "not_verified" | "not_said" | "malformed";
                /** @description Our names of the claims for which the mapping found a value. */
                mapped: string[];
                /** @description The first 20 groups. */
                groups?: string[];
                /** @description How many groups came. */
                groupCount?: number;
                /** @description What the provider said by its own names: sources for a mapping. */
                received: {
                    /** @description In the provider’s spelling. */
                    name: string;
                    /** @description Kind of its value, such as `string of 12 characters`. */
                    kind: string;
                }[];
            };
            /** @description How the user was found, and what may be believed of the email. */
            provisioning?: {
                /**
                 * @description `known_identity`: this subject signed in before. `member`: a member made beforehand, linked by the verified email of a verified domain. `verified_domain`: a user of another organization, linked so. `created`: a new user. Absent where the login was refused.
                 * @enum {string}
                 */
                rule?: "known_identity" | "member" | "verified_domain" | "created";
                /** @description Whether the provider called the email verified. */
                emailVerified: boolean;
                /** @description Whether the organization has verified the email’s domain. */
                domainVerified: boolean;
            };
            /** @description How the role was chosen. */
            role?: {
                /**
                 * @description `rule`: by the rule at `place`. `default`: no rule decided. `kept`: the connection has no rules, so the member’s role stays.
                 * @enum {string}
                 */
                rule: "rule" | "default" | "kept";
                /** @description Where the rule stands, such as `rules/0` or `groupRoles/2`. */
                place?: string;
                /** @description Its name, if it has one. */
                name?: string;
                /** @description The group that it asks for, if it asks for one. */
                group?: string;
                /** @description The role. */
                role: string;
            };
        };
        /** @description Health. */
        Health: {
            /**
             * @description `ok`.
             * @constant
             */
            status: "ok";
        };
        /** @description Our public signing keys (RFC 7517 §5). */
        JsonWebKeySet: {
            /** @description Public keys. */
            keys: {
                [key: string]: unknown;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Names this request in logs, traces and audit. */
        "Request-Id": string;
        /** @description Seconds to wait before trying again. */
        "Retry-After": number;
        /** @description How to authenticate (RFC 6750 §3). */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    startAppliveryLogin: {
        parameters: {
            query?: {
                /** @description Where the identity provider sends the person; must be registered on the connection. */
                redirect_uri?: string;
                /** @description Email or user name to fill in at the identity provider. */
                login_hint?: string;
            };
            header?: never;
            path: {
                /** @description Slug or id of the organization. */
                organizationSlug: string;
                /** @description Slug of the connection; unless renamed, its type, such as `saml` or `google`. */
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The started login. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.StartResponse"];
                };
            };
            /** @description To the identity provider, for a browser. */
            302: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description The authorization request. */
                    Location?: string;
                    /** @description Binds the login to this browser. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
        };
    };
    finishAppliveryLogin: {
        parameters: {
            query?: {
                /** @description Authorization code (RFC 6749 §4.1.2). */
                code?: string;
                /** @description The `state` that the login was started with. */
                state?: string;
                /** @description Issuer of the authorization response (RFC 9207). */
                iss?: string;
                /** @description Error code of the identity provider (RFC 6749 §4.1.2.1). */
                error?: string;
                /** @description Explanation of `error`; recorded nowhere and shown to nobody. */
                error_description?: string;
            };
            header?: never;
            path: {
                /** @description Slug or id of the organization. */
                organizationSlug: string;
                /** @description Slug of the connection; unless renamed, its type, such as `saml` or `google`. */
                type: string;
            };
            cookie?: never;
        };
        /** @description At most 256 KiB; a larger one is refused (413). */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Applivery.CallbackRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["Applivery.CallbackRequest"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.SessionResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
        };
    };
    refreshAppliverySession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Applivery.RefreshRequest"];
            };
        };
        responses: {
            /** @description The next pair. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.RefreshResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
        };
    };
    endAppliverySession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Applivery.LogoutRequest"];
            };
        };
        responses: {
            /** @description The session has ended. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.LogoutResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
        };
    };
    readAppliveryProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.ProfileResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applivery.Error"];
                };
            };
        };
    };
    initiateIndeeLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Indee.InitiateRequest"];
            };
        };
        responses: {
            /** @description Started. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.InitiateResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
        };
    };
    finishIndeeLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Indee.LoginRequest"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.TokenResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
        };
    };
    refreshIndeeSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Indee.RefreshRequest"];
            };
        };
        responses: {
            /** @description Renewed. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.RefreshResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
        };
    };
    endIndeeSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Indee.LogoutRequest"];
            };
        };
        responses: {
            /** @description Ended. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.LogoutResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
        };
    };
    initiateIndeeLoginUnderApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Indee.InitiateRequest"];
            };
        };
        responses: {
            /** @description Started. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.InitiateResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
        };
    };
    finishIndeeLoginUnderApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Indee.LoginRequest"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.TokenResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
        };
    };
    refreshIndeeSessionUnderApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Indee.RefreshRequest"];
            };
        };
        responses: {
            /** @description Renewed. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.RefreshResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
        };
    };
    endIndeeSessionUnderApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Indee.LogoutRequest"];
            };
        };
        responses: {
            /** @description Ended. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.LogoutResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indee.Error"];
                };
            };
        };
    };
    startPriaLogin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or id of the organization. */
                organizationSlug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The started login, as JSON. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.StartResponse"];
                };
            };
            /** @description To the identity provider. */
            302: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description The authorization request. */
                    Location?: string;
                    /** @description Binds the login to this browser, when one navigates here. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
        };
    };
    startPriaLoginUnderApi: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or id of the organization. */
                organizationSlug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The started login, as JSON. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.StartResponse"];
                };
            };
            /** @description To the identity provider. */
            302: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description The authorization request. */
                    Location?: string;
                    /** @description Binds the login to this browser, when one navigates here. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
        };
    };
    finishPriaLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Pria.CallbackRequest"];
            };
        };
        responses: {
            /** @description Authentication successful. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.SessionResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
        };
    };
    refreshPriaProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Pria.RefreshRequest"];
            };
        };
        responses: {
            /** @description A fresh token. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.RefreshResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
        };
    };
    endPriaSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Pria.SignoutRequest"];
            };
        };
        responses: {
            /** @description Signed out. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.SignoutResponse"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pria.Error"];
                };
            };
        };
    };
    consumeSamlResponse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                connectionId: string;
            };
            cookie?: never;
        };
        /** @description At most 256 KiB; a larger one is refused (413). */
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["SAML.Response"];
            };
        };
        responses: {
            /** @description Verified. */
            303: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description The redirect URI with `code` and `state`. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    readSamlMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metadata (SAML metadata §2.4.4). */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description Version of the document. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/samlmetadata+xml": string;
                };
            };
            /** @description The copy is still good. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    postSamlRequest: {
        parameters: {
            query?: {
                /** @description The `state` that the login was started with. */
                state?: string;
            };
            header?: never;
            path: {
                /** @description Connection id. */
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    receiveRedirectedSamlLogout: {
        parameters: {
            query?: {
                /** @description LogoutRequest, deflated, base64. */
                SAMLRequest?: string;
                /** @description LogoutResponse, deflated, base64. */
                SAMLResponse?: string;
                /** @description Comes back with the answer to a request. */
                RelayState?: string;
                /** @description Algorithm of the signature, a URI: RSA or ECDSA with SHA-2. */
                SigAlg?: string;
                /** @description Signature over the octets of the other parameters, base64. */
                Signature?: string;
                /** @description DEFLATE, which it is without. */
                SAMLEncoding?: string;
            };
            header?: never;
            path: {
                /** @description Connection id. */
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page: it posts the answer to the provider, or says that the person is signed out. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description On to the provider, or to where people go after a logout. */
            302: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description The answer as an address, or the connection’s `logoutRedirectUri`. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    receivePostedSamlLogout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                connectionId: string;
            };
            cookie?: never;
        };
        /** @description At most 256 KiB; a larger one is refused (413). */
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["SAML.LogoutMessage"];
            };
        };
        responses: {
            /** @description A page: it posts the answer to the provider, or says that the person is signed out. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description On to the provider, or to where people go after a logout. */
            302: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description The answer as an address, or the connection’s `logoutRedirectUri`. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    postSamlLogout: {
        parameters: {
            query?: {
                /** @description As it stands in the address that the logout answered. */
                session?: string;
            };
            header?: never;
            path: {
                /** @description Connection id. */
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The provider takes its requests by redirect meanwhile. */
            302: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description The request. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    receiveBackchannelLogout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                connectionId: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["OIDC.Logout"];
            };
        };
        responses: {
            /** @description Carried out, also where no session was meant. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OIDC.LogoutError"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OIDC.LogoutError"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OIDC.LogoutError"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OIDC.LogoutError"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OIDC.LogoutError"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OIDC.LogoutError"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OIDC.LogoutError"];
                };
            };
        };
    };
    postOidcLogout: {
        parameters: {
            query?: {
                /** @description As it stands in the address that the logout answered. */
                session?: string;
            };
            header?: never;
            path: {
                /** @description Connection id. */
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The ID token is no longer kept, and the request goes without it. */
            302: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description The request. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    receiveConnectionTest: {
        parameters: {
            query?: {
                /** @description `state` of the authorization response. */
                state?: string;
                /** @description `code`. */
                code?: string;
                /** @description `iss` (RFC 9207). */
                iss?: string;
                /** @description `error`. */
                error?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    openConnectionTest: {
        parameters: {
            query?: {
                /** @description Present: go to the identity provider. */
                start?: string;
            };
            header?: never;
            path: {
                /** @description What stands in the link. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description To the identity provider. */
            303: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description The authorization request. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    finishConnectionTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What stands in the link. */
                token: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["ConnectionTest.Address"];
            };
        };
        responses: {
            /** @description To the page with the outcome. */
            303: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description The page. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["OAuth2.RevocationRequest"];
            };
        };
        responses: {
            /** @description The token does not work any more. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
        };
    };
    introspectToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["OAuth2.IntrospectionRequest"];
            };
        };
        responses: {
            /** @description What is known of it. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Introspection"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2.Error"];
                };
            };
        };
    };
    listAdminKeys: {
        parameters: {
            query?: {
                /** @description Rows in a page. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the filters of that page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.AdminKeyPage"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAdminKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Up to 255 visible ASCII characters, such as a UUID, in quotation marks or not. The same key with the same request gets the same answer for 24 hours. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.NewAdminKey"];
            };
        };
        responses: {
            /** @description The key, this once. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    /** @description Where it stands. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.IssuedAdminKey"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readAdminKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.AdminKey"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeAdminKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Key id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is revoked. */
            204: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateAdminKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Key id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.AdminKeyChange"];
                "application/merge-patch+json": components["schemas"]["Admin.AdminKeyChange"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.AdminKey"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConnections: {
        parameters: {
            query?: {
                /** @description Rows in a page. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the filters of that page. */
                cursor?: string;
                /** @description Only with this status. */
                status?: "draft" | "active" | "disabled";
                /** @description Kind of identity provider: any OpenID provider, SAML, or a preset that knows its endpoints. */
                type?: "oidc" | "saml" | "google" | "microsoft" | "okta" | "auth0" | "keycloak" | "github" | "gitlab";
            };
            header?: never;
            path: {
                /** @description Organization id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.ConnectionPage"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Up to 255 visible ASCII characters, such as a UUID, in quotation marks or not. The same key with the same request gets the same answer for 24 hours. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Organization id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 512 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.NewConnection"];
            };
        };
        responses: {
            /** @description The draft. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    /** @description Where it stands. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Connection"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Connection"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 512 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.ConnectionChange"];
                "application/merge-patch+json": components["schemas"]["Admin.ConnectionChange"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Connection"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConnectionVersions: {
        parameters: {
            query?: {
                /** @description Rows in a page. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the filters of that page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.ConnectionVersionPage"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readConnectionVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                id: string;
                /** @description Number of the version. */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.ConnectionVersion"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activateConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Admin.Activation"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Connection"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBackConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Admin.Rollback"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Connection"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkConnection: {
        parameters: {
            query?: {
                /** @description The version; left out: the newest. */
                version?: number;
            };
            header?: never;
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.ConnectionCheck"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Up to 255 visible ASCII characters, such as a UUID, in quotation marks or not. The same key with the same request gets the same answer for 24 hours. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Admin.ConnectionTestWish"];
            };
        };
        responses: {
            /** @description The link. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    /** @description Where it stands. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.ConnectionTest"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readConnectionTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                id: string;
                /** @description Test id. */
                testId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The test. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.ConnectionTest"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConnectionPresets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.ConnectionPresets"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readConnectionSetup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The steps. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.ConnectionSetup"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOrganizations: {
        parameters: {
            query?: {
                /** @description Rows in a page. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the filters of that page. */
                cursor?: string;
                /** @description Only the one with this slug: lower-case letters, digits, hyphens. */
                slug?: string;
                /** @description Only in this status. */
                status?: "active" | "disabled";
                /** @description Only those whose name begins so, in upper or lower case. */
                namePrefix?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.OrganizationPage"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description Up to 255 visible ASCII characters, such as a UUID, in quotation marks or not. The same key with the same request gets the same answer for 24 hours. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.NewOrganization"];
            };
        };
        responses: {
            /** @description The organization. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    /** @description Where it stands. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Organization"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Organization id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The organization. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Organization"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Organization id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Organization id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.OrganizationChange"];
                "application/merge-patch+json": components["schemas"]["Admin.OrganizationChange"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Organization"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Rows in a page. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the filters of that page. */
                cursor?: string;
                /** @description Only in this status. */
                status?: "active" | "deactivated";
                /** @description Only the member with this address. */
                email?: string;
            };
            header?: never;
            path: {
                /** @description Organization id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.UserPage"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Up to 255 visible ASCII characters, such as a UUID, in quotation marks or not. The same key with the same request gets the same answer for 24 hours. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Organization id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.NewUser"];
            };
        };
        responses: {
            /** @description The user. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    /** @description Where it stands. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.User"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description User id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.User"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description User id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.UserChange"];
                "application/merge-patch+json": components["schemas"]["Admin.UserChange"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.User"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMemberships: {
        parameters: {
            query?: {
                /** @description Rows in a page. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the filters of that page. */
                cursor?: string;
                /** @description Only in this status. */
                status?: "active" | "deactivated";
                /** @description Only with this role. */
                role?: string;
            };
            header?: never;
            path: {
                /** @description Organization id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.MembershipPage"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createMembership: {
        parameters: {
            query?: never;
            header?: {
                /** @description Up to 255 visible ASCII characters, such as a UUID, in quotation marks or not. The same key with the same request gets the same answer for 24 hours. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Organization id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.NewMembership"];
            };
        };
        responses: {
            /** @description The membership. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    /** @description Where it stands. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Membership"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMembership: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Membership id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The membership. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Membership"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateMembership: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Membership id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.MembershipChange"];
                "application/merge-patch+json": components["schemas"]["Admin.MembershipChange"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Membership"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIdentities: {
        parameters: {
            query?: {
                /** @description Rows in a page. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the filters of that page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description User id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.IdentityPage"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identity id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The identity. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Identity"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteIdentity: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Identity id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is unlinked. */
            204: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSamlConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.SamlConnection"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveSamlMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.SamlApproval"];
            };
        };
        responses: {
            /** @description Approved. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.SamlConnection"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refreshSamlMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.SamlConnection"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Bad Gateway. */
            502: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gateway Timeout. */
            504: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateSamlKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Admin.SamlRotation"];
            };
        };
        responses: {
            /** @description Rotated. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.SamlKeys"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readOidcConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.OidcConnection"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.SigningKeys"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Admin.SigningKeyRotationRequest"];
            };
        };
        responses: {
            /** @description Rotated, or about to be. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.SigningKeyRotation"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description Rows in a page. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the filters of that page. */
                cursor?: string;
                /** @description Only this user’s. */
                userId?: string;
                /** @description Only this organization’s. */
                organizationId?: string;
                /** @description Only over this connection. */
                connectionId?: string;
                /** @description Only in this state. */
                state?: "live" | "expired" | "ended";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.SessionPage"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Session id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Session"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Session id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended. */
            204: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.SessionsEnd"];
            };
        };
        responses: {
            /** @description They have ended. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.SessionsEnded"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description Rows in a page. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the filters of that page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Organization id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.ApiKeyPage"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Up to 255 visible ASCII characters, such as a UUID, in quotation marks or not. The same key with the same request gets the same answer for 24 hours. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Organization id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.NewApiKey"];
            };
        };
        responses: {
            /** @description The key, this once. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    /** @description Where it stands. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.IssuedApiKey"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.ApiKey"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Key id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is revoked. */
            204: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Key id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.ApiKeyChange"];
                "application/merge-patch+json": components["schemas"]["Admin.ApiKeyChange"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.ApiKey"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportAuditEvents: {
        parameters: {
            query?: {
                /** @description Only this organization’s. */
                organizationId?: string;
                /** @description Only this action, such as `login.failure`. */
                action?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readAuditChainHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The head. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.AuditChainHead"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDomains: {
        parameters: {
            query?: {
                /** @description Rows in a page. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the filters of that page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Organization id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.DomainPage"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDomain: {
        parameters: {
            query?: never;
            header?: {
                /** @description Up to 255 visible ASCII characters, such as a UUID, in quotation marks or not. The same key with the same request gets the same answer for 24 hours. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Organization id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.NewDomain"];
            };
        };
        responses: {
            /** @description The domain, with its challenge. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    /** @description Where it stands. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Domain"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Domain id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The domain. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Domain"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDomain: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Domain id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateDomain: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that was read: the change is refused (412) when there is another by now. */
                "if-match"?: string;
            };
            path: {
                /** @description Domain id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.DomainChange"];
                "application/merge-patch+json": components["schemas"]["Admin.DomainChange"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Domain"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. */
            412: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Domain id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.DomainCheck"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServedOrganizations: {
        parameters: {
            query: {
                /** @description A domain name; international ones in either form. */
                domain: string;
                /** @description Rows in a page. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the filters of that page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.ServedPage"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    simulateRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Connection id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 512 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.SimulatedRules"];
            };
        };
        responses: {
            /** @description Who would gain or lose what. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.RuleSimulation"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReasons: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Reasons"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    evaluateLogin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Login id. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 512 KiB; a larger one is refused (413). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admin.TriedConfiguration"];
            };
        };
        responses: {
            /** @description What it would come to. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.Evaluation"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large. */
            413: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. */
            415: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLogins: {
        parameters: {
            query?: {
                /** @description Rows in a page. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the filters of that page. */
                cursor?: string;
                /** @description Only this organization’s. */
                organizationId?: string;
                /** @description Only over this connection. */
                connectionId?: string;
                /** @description Only this user’s: their own, and those refused that would have been. */
                userId?: string;
                /** @description Only with this outcome. */
                outcome?: "succeeded" | "failed";
                /** @description Only refused for this reason: one of those of `GET /admin/v1/reasons`. */
                reason?: "input_invalid" | "body_too_large" | "content_type_unsupported" | "not_found" | "method_not_allowed" | "conflict" | "rate_limited" | "api_key_missing" | "api_key_invalid" | "api_key_forbidden" | "token_missing" | "token_invalid" | "token_expired" | "session_ended" | "session_expired" | "refresh_token_invalid" | "refresh_token_reused" | "refresh_busy" | "token_foreign" | "organization_not_found" | "organization_disabled" | "connection_not_found" | "connection_disabled" | "connection_mismatch" | "connection_misconfigured" | "dialect_mismatch" | "redirect_not_allowed" | "browser_required" | "state_missing" | "state_invalid" | "state_expired" | "state_consumed" | "code_missing" | "response_ambiguous" | "idp_error" | "idp_access_denied" | "idp_interaction_required" | "idp_consent_required" | "idp_scope_refused" | "idp_client_not_allowed" | "idp_redirect_uri_mismatch" | "idp_server_error" | "iss_missing" | "iss_mismatch" | "api_key_mismatch" | "browser_mismatch" | "nonce_mismatch" | "email_mismatch" | "url_not_allowed" | "idp_unreachable" | "idp_name_not_found" | "idp_connection_refused" | "idp_connect_timeout" | "idp_certificate_expired" | "idp_certificate_not_yet_valid" | "idp_certificate_name" | "idp_certificate_untrusted" | "idp_tls_failed" | "idp_timeout" | "idp_busy" | "idp_redirect" | "idp_unavailable" | "idp_document_missing" | "idp_document_forbidden" | "idp_bad_response" | "idp_client_auth_failed" | "idp_client_secret_expired" | "idp_client_unknown" | "idp_tenant_mismatch" | "code_exchange_failed" | "issuer_mismatch" | "metadata_changed" | "jwks_unavailable" | "jwks_timeout" | "id_token_missing" | "id_token_malformed" | "id_token_size" | "id_token_alg" | "id_token_typ" | "id_token_kid" | "id_token_signature" | "id_token_iss" | "id_token_aud" | "id_token_azp" | "id_token_exp" | "id_token_iat" | "id_token_nonce" | "id_token_sub" | "id_token_at_hash" | "id_token_tenant" | "reauth_required" | "userinfo_sub" | "subject_missing" | "logout_token" | "logout_token_replay" | "provider_session_ended" | "saml_profile" | "saml_encoding" | "saml_dtd" | "saml_structure" | "saml_multiple_assertions" | "saml_algorithm" | "saml_signature" | "saml_decryption" | "saml_encryption_required" | "saml_status" | "saml_issuer" | "saml_destination" | "saml_recipient" | "saml_audience" | "saml_conditions" | "saml_expired" | "saml_not_yet" | "saml_confirmation" | "saml_subject" | "saml_in_response_to" | "saml_unsolicited" | "saml_replay" | "saml_authn_context" | "saml_metadata" | "saml_entity_id_mismatch" | "saml_binding_unsupported" | "saml_busy" | "saml_timeout" | "email_missing" | "email_invalid" | "email_verification_required" | "domain_not_allowed" | "email_unverified" | "email_verified_missing" | "email_verified_malformed" | "domain_not_verified" | "member_email_unverified" | "account_exists_link_required" | "access_denied_by_rule" | "requirement_not_met" | "groups_overage" | "provisioning_disabled" | "user_disabled" | "membership_disabled" | "login_abandoned" | "database_unavailable" | "signing_unavailable" | "internal_error";
                /** @description The login that this `Request-Id` belongs to. */
                requestId?: string;
                /** @description Only logins that brought this email, or were started with it. It is compared by its digest, which is all that is kept. The part before the @ is ASCII; the domain may be any. */
                email?: string;
                /** @description Only logins of this subject of the provider, as its `sub`, `id` or NameID has it, case included; of several connections, unless `connectionId` says which. It is compared by its digest. */
                subject?: string;
                /** @description Only those that ended at this time or later. */
                from?: string;
                /** @description Only those that ended before this time. */
                to?: string;
                /** @description Only tests of connections, or only real logins. */
                test?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.LoginPage"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readLogin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Login id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The trace. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description For `If-Match`; changes with every member but those that use alone changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.LoginDetail"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description Rows in a page. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the filters of that page. */
                cursor?: string;
                /** @description Only this organization’s. */
                organizationId?: string;
                /** @description Only this action, such as `login.failure`. */
                action?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admin.AuditEventPage"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden. */
            403: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readJwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    /** @description Changes with the keys. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKeySet"];
                };
            };
            /** @description The keys are those that `If-None-Match` names. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Up. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metrics. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Version of the specification. */
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Unprocessable Content. */
            422: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    "Request-Id": components["headers"]["Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
