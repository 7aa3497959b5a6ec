/**
 * The fields of a protobuf message by their number, in the order in which they came; what they mean is for who reads
 * them.
 */
export class ProtobufMessage {
  readonly #fields = new Map<number, (bigint | Buffer)[]>();

  /** @throws When the bytes are no protobuf. */
  constructor(bytes: Buffer) {
    let at = 0;
    const varint = (): bigint => {
      let value = 0n;
      for (let shift = 0n; ; shift += 7n) {
        const byte = bytes.readUInt8(at++);
        value |= BigInt(byte & 0x7f) << shift;
        if (byte < 0x80) return value;
      }
    };
    const take = (length: number): Buffer => {
      if (at + length > bytes.length) throw new Error('a field ends after its message');
      return bytes.subarray(at, (at += length));
    };
    while (at < bytes.length) {
      const tag = Number(varint());
      this.#add(tag >> 3, value(tag & 7));
    }

    function value(wireType: number): bigint | Buffer {
      switch (wireType) {
        case 0:
          return varint();
        case 1:
          return take(8);
        case 2:
          return take(Number(varint()));
        case 5:
          return take(4);
        default:
          throw new Error(`there is no wire type ${String(wireType)}`);
      }
    }
  }

  messages(field: number): ProtobufMessage[] {
    return this.#bytes(field).map((bytes) => new ProtobufMessage(bytes));
  }

  message(field: number): ProtobufMessage {
    return this.messages(field)[0] ?? new ProtobufMessage(Buffer.alloc(0));
  }

  /** Undefined when it is not there, as what is empty. */
  bytes(field: number): Buffer | undefined {
    return this.#bytes(field).at(-1);
  }

  text(field: number): string | undefined {
    return this.bytes(field)?.toString('utf8');
  }

  number(field: number): number | undefined {
    const value = this.#fields.get(field)?.at(-1);
    return typeof value === 'bigint' ? Number(value) : undefined;
  }

  #bytes(field: number): Buffer[] {
    return (this.#fields.get(field) ?? []).filter((value) => typeof value !== 'bigint');
  }

  #add(field: number, value: bigint | Buffer): void {
    const values = this.#fields.get(field);
    if (values) values.push(value);
    else this.#fields.set(field, [value]);
  }
}
