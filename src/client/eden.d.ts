/**
 * `vestibule/client`: the whole API as typed calls (Eden). Types come from the application itself, so a member that a
 * route does not take, or does not answer, is an error of the compiler.
 */
import type { Treaty } from '@elysiajs/eden';
import type { App } from '#app';

export type Vestibule = Treaty.Create<App>;

/**
 * @param origin of the server, such as `https://login.example.com`
 * @param options headers, such as `authorization`, and the rest of what Eden takes
 */
export function createClient(origin: string, options?: Treaty.Config): Vestibule;
