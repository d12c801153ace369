/** A value that is not known is left out of an answer: never null, never invented. */

import type { Static, TObject } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import type { Attributes } from '#ports/db/schema.ts';

type Lacking = null | undefined;
type Certain<T> = { [K in keyof T as Extract<T[K], Lacking> extends never ? K : never]: T[K] };
type Uncertain<T> = {
  [K in keyof T as Extract<T[K], Lacking> extends never ? never : K]?: Exclude<T[K], Lacking>;
};

/** The members of `values` that are neither null nor undefined. */
export function known<T extends object>(values: T): Certain<T> & Uncertain<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries) as Certain<T> & Uncertain<T>;
}

/** `values` without what is not known, or undefined when nothing is left. */
export function knownOrNothing<T extends object>(values: T): (Certain<T> & Uncertain<T>) | undefined {
  const rest = known(values);
  return Object.keys(rest).length > 0 ? rest : undefined;
}

/**
 * Reads attributes that the operator stored. They were validated by `model` when written; a member that
 * does not fit it (written under an older model, or by hand) is left out rather than answered.
 */
export function attributeReader<S extends TObject>(model: S): (stored: Attributes | Lacking) => Partial<Static<S>> {
  const whole = TypeCompiler.Compile(model);
  const members = Object.entries(model.properties).map(
    ([name, schema]) => [name, TypeCompiler.Compile(schema)] as const,
  );
  return (stored) => {
    if (!stored) return {};
    if (whole.Check(stored)) return stored;
    const fitting = members.filter(([name, member]) => Object.hasOwn(stored, name) && member.Check(stored[name]));
    const rest: unknown = Object.fromEntries(fitting.map(([name]) => [name, stored[name]]));
    return whole.Check(rest) ? rest : {};
  };
}
