/** `docs/reasons.md`, the catalogue of all reasons, made from their texts: `bun run docs` writes it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { REASON_CHAPTERS, REASONS } from '#core/reasons/reasons.ts';
import { SSO_ERRORS, type SsoErrorCode } from '#error';

const HEAD = `# Reasons

Why a login was refused: what its trace names as \`reason\`, problem details as \`code\`, and the log. Each with its cause, what the
person who signs in is told, what the integrator (the developer of the API client, or whoever runs this server) does, and what the
administrator of the customer’s identity provider changes. \`GET /admin/v1/reasons\` answers the same as JSON, and one login
(\`GET /admin/v1/logins/<id>\`) carries the texts of its own reason beside the checks that led to it.

This page is made by \`bun run docs\` from \`src/core/reasons/\`; a test fails when it is not what they say.
`;

/** The whole page, Markdown. */
export function reasonCatalogue(): string {
  const chapters = Object.entries(REASON_CHAPTERS).map(([title, codes]) => [`## ${title}`, ...codes.map(section)]);
  return `${[HEAD.trimEnd(), ...chapters.flat()].join('\n\n')}\n`;
}

function section(code: SsoErrorCode): string {
  const { cause, person, integrator, admin } = REASONS[code];
  return [
    `### ${code}`,
    `${SSO_ERRORS[code]} ${cause}`,
    [
      `- **The person is told:** ${person}`,
      `- **The integrator:** ${integrator}`,
      `- **The customer’s administrator:** ${admin}`,
    ].join('\n'),
  ].join('\n\n');
}

if (import.meta.main) {
  await mkdir('docs', { recursive: true });
  await writeFile('docs/reasons.md', reasonCatalogue());
}
