/** NameIDs of the formats that identity providers offer (SAML core §8.3). */
import { createHash } from 'node:crypto';
import type { Person } from '#dev/people.ts';
import { type NameIdParts, newId } from './document.ts';
import { NAME_ID_FORMATS } from './names.ts';

/**
 * @param format URI; undefined takes emailAddress
 * @returns undefined for a format that is not offered
 */
export function nameIdOf(person: Person, format: string | undefined, idp: string, sp: string): NameIdParts | undefined {
  switch (format) {
    case undefined:
    case NAME_ID_FORMATS.emailAddress:
      return { value: person.email, format: NAME_ID_FORMATS.emailAddress };
    case NAME_ID_FORMATS.unspecified:
      return { value: person.email, format };
    case NAME_ID_FORMATS.persistent: {
      // opaque, and another one for every service provider (SAML core §8.3.7)
      const value = createHash('sha256')
        .update(JSON.stringify([idp, sp, person.subject]))
        .digest('hex');
      return { value, format, nameQualifier: idp, spNameQualifier: sp };
    }
    case NAME_ID_FORMATS.transient:
      return { value: newId(), format, nameQualifier: idp, spNameQualifier: sp };
    default:
      return undefined;
  }
}
