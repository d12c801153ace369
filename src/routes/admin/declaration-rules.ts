/** The `rules` member of a declared connection. Which members belong together, `core/declaration-rules.ts` says. */
import { Type } from '@sinclair/typebox';
import { t } from 'elysia';
import { WRITTEN_LINE } from '#routes/dialects/fields.ts';
import { text } from './declaration-field.ts';

const closed = { additionalProperties: false };
const written = (description: string) =>
  t.Optional(t.String({ minLength: 1, maxLength: 1024, pattern: WRITTEN_LINE, description }));
const value = t.Union([text(1024), Type.Number(), Type.Boolean()]);

const test = {
  group: written('The person has exactly this group.'),
  claim: written(
    'A target of the mapping (`email`, `groups`, `name`, …; also `subject`, `issuer`) as mapped; any other name is the provider’s own, with dots into objects. Of several values one has to pass.',
  ),
  equals: t.Optional(
    t.Union([value, t.Array(value, { minItems: 1, maxItems: 100 })], {
      description: 'This value, or one of these; `1` is not `"1"`. SAML knows texts alone.',
    }),
  ),
  contains: written('This text is somewhere in it.'),
  startsWith: written('It begins so.'),
  endsWith: written('It ends so.'),
  matches: written('`*` stands for any characters or none, everything else for itself.'),
  exists: t.Optional(t.Boolean({ description: 'Whether there is any value.' })),
};
const RuleTest = t.Object(test, closed);
const tests = (description: string) => t.Optional(t.Array(RuleTest, { minItems: 1, maxItems: 50, description }));

const RuleCondition = t.Object(
  { ...test, all: tests('Every one has to pass.'), any: tests('One has to pass.') },
  { ...closed, description: 'A group; a claim with one comparison; or several of these.' },
);

const only = (description: string) => t.Optional(t.Literal(true, { description }));
export const DeclaredRules = t.Array(
  t.Object(
    {
      name: t.Optional(text(128)),
      if: RuleCondition,
      unless: t.Optional(RuleCondition),
      role: t.Optional(text(64)),
      deny: only('Refuses the login of whoever it holds for (`access_denied_by_rule`).'),
      require: only('Refuses the login of whoever it does not hold for (`requirement_not_met`).'),
    },
    { ...closed, description: 'A condition, and one of `role`, `deny`, `require`.' },
  ),
  {
    maxItems: 100,
    description: 'Any `deny` refuses, then any `require` unmet; the first that gives a role decides it.',
  },
);
