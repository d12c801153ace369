/** Calls a provider whose certificate comes from a private authority. Runs on either runtime; alone it prints what came of it. */
import { SsoError } from '#error';
import { createOutbound } from '#ports/http/client.ts';

const [host = ''] = process.argv.slice(2);
const client = createOutbound({ allow: [host] });
const limits = { deadlineMs: 5_000, maxBytes: 1_024, circuit: 'connection' };
try {
  const { status } = await client({ ...limits, url: `https://${host}/` });
  console.log(status);
} catch (error) {
  console.log(error instanceof SsoError ? error.code : 'another error');
} finally {
  client.close();
}
