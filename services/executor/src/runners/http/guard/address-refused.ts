/** A call that may not be made because of where it would go. Nothing was sent. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'ADDRESS_REFUSED';
}
