/**
 * What the verifier's workers do: one function a kind of task. Importing this loads the XML library, so the main
 * thread takes no more than types from here.
 */
import type { VerifiedLogoutMessage, VerifiedResponse } from './assertion.ts';
import type { ResponsePolicy } from './verifier.ts';
import { type LogoutPolicy, verifyLogoutMessage } from './xml/logout-message.ts';
import { type MetadataChoice, type MetadataReading, readMetadata } from './xml/metadata.ts';
import { verifyResponse } from './xml/response.ts';
import type { Outcome } from './xml/trail.ts';

export type Task =
  | { readonly kind: 'response'; readonly bytes: Uint8Array; readonly policy: ResponsePolicy }
  | { readonly kind: 'logout'; readonly bytes: Uint8Array; readonly policy: LogoutPolicy }
  | { readonly kind: 'metadata'; readonly bytes: Uint8Array; readonly policy: MetadataChoice };

export type Answer =
  | { readonly kind: 'response'; readonly outcome: Outcome<VerifiedResponse> }
  | { readonly kind: 'logout'; readonly outcome: Outcome<VerifiedLogoutMessage> }
  | { readonly kind: 'metadata'; readonly outcome: Outcome<MetadataReading> };

const KINDS = new Set<unknown>(['response', 'logout', 'metadata'] satisfies Task['kind'][]);

export function isTask(task: unknown): task is Task {
  if (typeof task !== 'object' || task === null) return false;
  if (!('kind' in task && 'bytes' in task && 'policy' in task)) return false;
  return KINDS.has(task.kind) && task.bytes instanceof Uint8Array && typeof task.policy === 'object';
}

/** @throws Error only for faults of ours: what is wrong with a message is in the outcome */
export async function perform(task: Task): Promise<Answer> {
  switch (task.kind) {
    case 'response':
      return { kind: task.kind, outcome: await verifyResponse(task.bytes, task.policy) };
    case 'logout':
      return { kind: task.kind, outcome: await verifyLogoutMessage(task.bytes, task.policy) };
    case 'metadata':
      return { kind: task.kind, outcome: await readMetadata(task.bytes, task.policy) };
  }
}
