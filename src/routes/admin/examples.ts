/** Examples for the OpenAPI document: one login, one event, and a page of each. */
const organizationId = '507f1f77bcf86cd799439024';
const userId = '507f1f77bcf86cd799439023';
const requestId = '6735a1c09f3b2e4d8c7a6b50';
const address = '203.0.113.7';
const userAgent = 'Mozilla/5.0';

export const login = {
  id: '6735a1c19f3b2e4d8c7a6b51',
  createdAt: '2026-02-03T15:30:00.123Z',
  outcome: 'failed',
  reason: 'id_token_aud',
  detail: 'check idToken.aud failed',
  dialect: 'applivery',
  organizationId,
  connectionId: '507f1f77bcf86cd799439029',
  connectionVersion: 1,
  checks: [
    { name: 'state.unused', outcome: 'passed' },
    { name: 'request.browser', outcome: 'skipped', expected: 'the client keeps the state itself' },
    { name: 'idToken.aud', outcome: 'failed', expected: 'vestibule', actual: 'another-client' },
  ],
  address,
  userAgent,
  requestId,
  durationMs: 84,
  test: false,
  protocol: 'oidc',
  clockSkews: [
    { source: 'http_date', seconds: 0 },
    { source: 'id_token', seconds: 1 },
  ],
  calls: [{ to: 'token', durationMs: 41 }],
};
export const loginPage = { items: [login], nextCursor: `${login.id}.w7Hk2-Qe` };

const auditEvent = {
  id: '6735a1c19f3b2e4d8c7a6b52',
  createdAt: '2026-02-03T15:31:00.123Z',
  action: 'session.ended',
  actorType: 'user',
  actorId: userId,
  organizationId,
  targetType: 'session',
  targetId: '6735a1c19f3b2e4d8c7a6b53',
  reason: 'logout',
  details: {},
  address,
  userAgent,
  requestId,
};
export const auditPage = { items: [auditEvent], nextCursor: `${auditEvent.id}.w7Hk2-Qe` };

export const chainHead = {
  position: 48_213,
  hash: '5f2c1d9b0a7e4c3f8d6b2a19e0c4f7d85b3a6e1f9c2d4b7a0e8f3c6d1a5b9e27',
  chainedAt: '2026-02-03T15:31:02.456Z',
};
export const exportedLine = `${JSON.stringify({ position: chainHead.position, hash: chainHead.hash, event: auditEvent })}\n`;
