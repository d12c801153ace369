import { ADMIN_ERRORS, type AdminErrorCode } from '#error';

/** For an error table: what no login gives. Should one come all the same, it is `look`. */
export function adminOnly<Look>(look: Look): Record<AdminErrorCode, Look> {
  const codes = Object.keys(ADMIN_ERRORS) as AdminErrorCode[];
  return Object.fromEntries(codes.map((code) => [code, look])) as Record<AdminErrorCode, Look>;
}
