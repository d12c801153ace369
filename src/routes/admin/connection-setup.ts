/** The admin API of what is to be done at the identity provider: the presets, and the steps for one connection. */
import { Elysia } from 'elysia';
import { reachConnection } from '#core/admin-caller.ts';
import { viewConnection } from '#core/connection-review.ts';
import type { Ports } from '#ports/ports.ts';
import { callerOf } from '#routes/http/admin-caller.ts';
import { problemModels } from '#routes/http/problem.ts';
import { presets, setup, setupModels } from './connection-setup-docs.ts';
import { presentPresets, presentSetup } from './connection-setup-resources.ts';

/** Mounted behind the check of the caller. */
export const connectionSetupAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin connection setup' })
    .model({ ...problemModels, ...setupModels })
    .get('/connection-presets', () => presentPresets(), presets)
    .get(
      '/connections/:id/setup',
      async ({ params, request }) => {
        await reachConnection(ports, callerOf(request), params.id);
        const { connection } = await viewConnection(ports, params.id);
        return presentSetup(connection, ports.config.PUBLIC_URL);
      },
      setup,
    );
