/** Client authentication at the scripted provider's token endpoint, checked for real (RFC 6749 §2.3, RFC 7523 §2.2). */
import { importJWK, type JWK, jwtVerify } from 'jose';

export interface ScriptedClient {
  readonly clientId: string;
  readonly clientSecret?: string;
  /** Public JWK of a client that signs its assertions. */
  readonly publicJwk?: JWK;
  /** The only method it may use; any that proves the secret when absent. */
  readonly method?: string;
}

/** What the token endpoint got, parsed. */
export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
  /** Accepted audiences of a client assertion. */
  readonly audiences: readonly string[];
  readonly now: Date;
}

/** @returns the client, or undefined when it did not prove itself */
export async function authenticateClient(
  request: TokenRequest,
  clients: readonly ScriptedClient[],
): Promise<ScriptedClient | undefined> {
  const presented = readCredentials(request);
  const client = clients.find(({ clientId }) => clientId === presented.clientId);
  if (!client || (client.method && client.method !== presented.method)) return undefined;
  switch (presented.method) {
    case 'private_key_jwt':
      return (await isSignedBy(client, request)) ? client : undefined;
    case 'none':
      return client.clientSecret === undefined && client.publicJwk === undefined ? client : undefined;
    default:
      return client.clientSecret !== undefined && client.clientSecret === presented.secret ? client : undefined;
  }
}

interface Presented {
  readonly method: string;
  readonly clientId: string | null;
  readonly secret?: string | null;
}

function readCredentials({ authorization, form }: TokenRequest): Presented {
  const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (basic) {
    const [clientId = '', secret = ''] = new TextDecoder().decode(Uint8Array.fromBase64(basic)).split(':');
    return { method: 'client_secret_basic', clientId: formDecode(clientId), secret: formDecode(secret) };
  }
  const clientId = form.get('client_id');
  if (form.has('client_assertion')) return { method: 'private_key_jwt', clientId };
  if (form.has('client_secret')) return { method: 'client_secret_post', clientId, secret: form.get('client_secret') };
  return { method: 'none', clientId };
}

async function isSignedBy({ clientId, publicJwk }: ScriptedClient, request: TokenRequest): Promise<boolean> {
  const assertion = request.form.get('client_assertion');
  if (!publicJwk || !assertion) return false;
  try {
    await jwtVerify(assertion, await importJWK(publicJwk), {
      issuer: clientId,
      subject: clientId,
      audience: [...request.audiences],
      currentDate: request.now,
      requiredClaims: ['exp', 'jti'],
    });
    return true;
  } catch {
    return false;
  }
}

function formDecode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
