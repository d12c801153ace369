/** A real browser. It is no part of the project; where there is none, standard error says what was not tested. */
import { test } from 'bun:test';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

export interface FoundBrowser {
  /** A test that is left out where there is no browser. */
  readonly inBrowser: typeof test;
  launch(args: string[]): Promise<Browser | undefined>;
}

/** @param what is not tested without one */
export function findBrowser(what: string): FoundBrowser {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  if (!executablePath)
    process.stderr.write(`SKIPPED: ${what}, because no Chromium is installed (Debian: apt-get install chromium).\n`);
  return {
    inBrowser: test.skipIf(!executablePath),
    launch: async (args) => (executablePath ? chromium.launch({ executablePath, args }) : undefined),
  };
}
