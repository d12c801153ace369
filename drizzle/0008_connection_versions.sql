CREATE TABLE "connection_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"connection_id" text NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"configuration" jsonb NOT NULL,
	"sealed_client_secret" text,
	"sealed_client_key" text,
	"pinned_metadata" jsonb,
	"metadata_document" jsonb,
	"source" text NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"activated_at" timestamp (3) with time zone,
	"tested_at" timestamp (3) with time zone,
	"test_login_id" text
);
--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "disabled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "connection_versions" ADD CONSTRAINT "connection_versions_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "connection_versions_number" ON "connection_versions" USING btree ("connection_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "connection_versions_one_active" ON "connection_versions" USING btree ("connection_id") WHERE state = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "connection_versions_one_open" ON "connection_versions" USING btree ("connection_id") WHERE state in ('draft', 'tested');--> statement-breakpoint
INSERT INTO "connection_versions" (id, connection_id, version, state, configuration, sealed_client_secret, sealed_client_key, pinned_metadata, metadata_document, source, activated_at)
SELECT substr(md5(c.id), 1, 24), c.id, c.version, case when c.status = 'draft' then 'draft' else 'active' end,
  jsonb_build_object('type', c.type, 'target', c.target, 'redirectUris', c.redirect_uris, 'issuer', c.issuer, 'clientId', c.client_id, 'clientAuthentication', c.client_authentication, 'scopes', c.scopes, 'idTokenAlgs', c.id_token_algs, 'trustedAudiences', c.trusted_audiences, 'trustedOrigins', c.trusted_origins, 'tenants', c.tenants, 'maxAgeSeconds', c.max_age_seconds, 'maxSessionSeconds', c.max_session_seconds, 'logoutRedirectUri', c.logout_redirect_uri, 'requireIss', c.require_iss, 'requireBrowser', c.require_browser, 'mapping', c.mapping, 'groupRoles', c.group_roles, 'jit', c.jit, 'defaultRole', c.default_role, 'allowedDomains', c.allowed_domains, 'saml', c.saml),
  c.sealed_client_secret, c.sealed_client_key, c.pinned_metadata, m.document, 'declaration', case when c.status <> 'draft' then c.updated_at end
FROM "connections" c LEFT JOIN "saml_metadata" m ON m.connection_id = c.id;
