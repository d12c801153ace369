/** Examples of signing keys for the OpenAPI document: two of them, and the ways a rotation goes. */
const active = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
const next = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs';
const after = '7jgfzYmOKE9BoBkzdUm0iqtxJ1aLh2ZrZqcOw3ZQ1iE';

export const signingKeys = {
  items: [
    {
      kid: next,
      algorithm: 'ES256',
      status: 'next',
      createdAt: '2026-02-03T15:30:00.123Z',
      knownFrom: '2026-02-03T15:36:20.123Z',
      opens: true,
    },
    {
      kid: active,
      algorithm: 'ES256',
      status: 'active',
      createdAt: '2025-11-05T15:30:00.123Z',
      knownFrom: '2025-11-05T15:36:20.123Z',
      activatedAt: '2026-02-03T15:30:00.123Z',
      rotatesAt: '2026-05-04T15:30:00.123Z',
      opens: true,
    },
  ],
};

export const rotationRequest = { force: false };
export const rotated = {
  outcome: 'rotated',
  retired: [active],
  active: next,
  next: after,
  knownFrom: '2026-02-03T15:36:20.123Z',
};
export const pending = {
  outcome: 'pending',
  retired: [],
  active,
  next,
  rotatesAt: '2026-02-03T15:36:20.123Z',
  knownFrom: '2025-11-05T15:36:20.123Z',
};
