/** Why a request is not answered to the service provider but shown to the person, with status 400. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';
}
