/** `vestibule export …`: what the database holds, for other tools. */
import { exportAudit } from '#core/audit-export.ts';
import { type Command, optionOf } from './command.ts';

const audit: Command = {
  name: 'export audit',
  summary: 'Print the audit as lines of JSON, oldest first, each event with its position and hash in the chain.',
  options: {
    organization: { value: 'ID', description: 'only events of this organization' },
    action: { value: 'ACTION', description: 'only this action, such as login.failure' },
  },
  examples: ['export audit > audit.jsonl', 'export audit --action connection.updated'],
  async run(ports, given) {
    const filter = { organizationId: optionOf(given, 'organization'), action: optionOf(given, 'action') };
    return { value: undefined, lines: [], texts: exportAudit(ports, filter) };
  },
};

export const exportCommands: readonly Command[] = [audit];
