/** The names and addresses that we give ourselves as a service provider, one set a connection. */

export interface ServiceProvider {
  /** Also the address of the metadata (SAML metadata §4.1.1). */
  readonly entityId: string;
  /** HTTP-POST only. */
  readonly consumerServiceUrl: string;
  /** HTTP-Redirect by GET, HTTP-POST by POST. */
  readonly logoutUrl: string;
}

/** @param publicUrl the origin; a path or a trailing slash is not expected there */
export function serviceProvider(publicUrl: string, connectionId: string): ServiceProvider {
  const base = `${publicUrl.replace(/\/+$/, '')}/saml/${connectionId}`;
  return { entityId: `${base}/metadata`, consumerServiceUrl: `${base}/acs`, logoutUrl: `${base}/slo` };
}
