/**
 * The last line of a run, from the JUnit report (first argument) and the names of the steps that failed:
 * `N passed, N failed`, and how many were skipped if any. Ends with 1 unless everything passed.
 */
import { readdir, readFile } from 'node:fs/promises';

const [path = '', ...failedSteps] = process.argv.slice(2);

const report = await readFile(path, 'utf8').catch(() => '');
const totals = /<testsuites\s[^>]*>/.exec(report)?.[0] ?? '';
const count = (name: string) => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(totals)?.[1] ?? 0);

const skipped = count('skipped');
const failedTests = count('failures') + count('errors');
const passed = Math.max(0, count('tests') - failedTests - skipped);

// a file that throws before its first test leaves no trace in the report
const files = (await readdir('tests', { recursive: true })).filter((name) => name.endsWith('.test.ts'));
const untold = report ? files.filter((name) => !report.includes(`file="tests/${name}"`)) : [];
// a suite that failed is told by its tests; one that failed without a failed test (it crashed) by itself
const isTold = failedTests + untold.length > 0;
const failures = failedSteps.filter((name) => name !== 'tests' || !isTold);
failures.push(...untold.map((name) => `tests/${name} did not run`));
if (passed + failedTests + failures.length === 0) failures.push('no test ran');
for (const failure of failures) console.log(`failed beside the tests: ${failure}`);

const failed = failedTests + failures.length;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
