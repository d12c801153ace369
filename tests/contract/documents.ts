/**
 * The JSON examples of the three published contracts, cut out of these pages and kept as they were printed:
 *
 * - `applivery-callback.*.json`: Applivery API, “SSO Callback”, POST /v1/auth/sso/:organizationSlug/:type/callback
 * - `indee-login.*.json`: Indee developer site, `admin.auth.session.sso.login`
 * - `pria-callback.*.json`: Praxis AI API reference, “SSO callback”, POST /api/auth/sso_callback
 *
 * Their typesetting faults are mended here, one by one, so that it stays visible what was changed.
 */
import appliveryCallback from './applivery-callback.200.json';
import appliveryRefusal from './applivery-callback.400.json';
import indeeLogin from './indee-login.200.json';
import indeeLoginRequest from './indee-login.request.json';
import priaCallback from './pria-callback.200.json';
import priaCallbackRequest from './pria-callback.request.json';

const ID = '6430736fd62d650040420674';
const JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

/** The Pria page prints `<string>` for every text, even where its prose says more. */
const PRIA_TEXTS: Readonly<Record<string, string>> = {
  _id: ID,
  id: ID,
  accountType: 'user',
  picture: 'https://example.com/a.png',
  picture_bg: 'https://example.com/b.png',
  picture_dark_bg: 'https://example.com/c.png',
  picture_animated: 'https://example.com/d.gif',
};

/** A blank after the hour (`T00: 00:00Z`) and an address that a web page's spam protection replaced. */
export function mendApplivery(text: string): string {
  return text.replace(/T(\d\d): (\d\d:\d\dZ)/, 'T$1:$2').replace('[email protected]', 'john.doe@example.com');
}

function mend<T>(value: T, mendText: (text: string, member: string) => string, member?: string): T;
function mend(value: unknown, mendText: (text: string, member: string) => string, member = ''): unknown {
  if (typeof value === 'string') return mendText(value, member);
  if (Array.isArray(value)) return value.map((item) => mend(item, mendText, member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mend(item, mendText, name)]));
}

export const printed = { appliveryCallback, indeeLogin, priaCallback };

export const documents = {
  appliveryCallback: mend(appliveryCallback, mendApplivery),
  appliveryRefusal,
  indeeLogin: mend(indeeLogin, (text) => text.replace('<JWT>', JWT)),
  indeeLoginRequest,
  priaCallback: mend(priaCallback, (text, member) => (text === '<string>' ? (PRIA_TEXTS[member] ?? 'text') : text)),
  priaCallbackRequest: mend(priaCallbackRequest, (text) => text.replace('<string>', 'text')),
};
