/**
 * A `fetch` that differs for the calls of one scope only.
 *
 * Why: Arctic calls the global `fetch` and offers no way to hand in another. Every call to the world has to
 * go through our outbound client (addresses vetted, redirects refused, sizes and times limited), so the
 * global is wrapped, and the wrapper looks whether the caller runs inside `withFetch`. Everything else in
 * the process reaches the function that was there before.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

type Fetch = (request: Request) => Promise<Response>;

const scope = new AsyncLocalStorage<Fetch | undefined>();
let wrapper: typeof globalThis.fetch | undefined;

/** Runs `work` with `replacement` in place of the global `fetch`, in its whole asynchronous extent. */
export function withFetch<T>(replacement: Fetch, work: () => Promise<T>): Promise<T> {
  install();
  return scope.run(replacement, work);
}

/** Wraps whatever is the global `fetch` now; again if someone replaced it since, or the scope would be lost. */
function install(): void {
  if (wrapper && globalThis.fetch === wrapper) return;
  wrapper = new Proxy(globalThis.fetch, {
    apply(original, thisArgument, parameters: Parameters<typeof fetch>) {
      const replacement = scope.getStore();
      if (!replacement) return Reflect.apply(original, thisArgument, parameters);
      // out of the scope again, so that a replacement which itself uses `fetch` gets the real one
      return scope.run(undefined, () => replacement(new Request(...parameters)));
    },
  });
  globalThis.fetch = wrapper;
}
