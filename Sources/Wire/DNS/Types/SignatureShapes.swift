/// Records of DNSSEC (RFC 4034, RFC 5155, RFC 7344).
let signatureShapes =
  [
    RecordShape(
      46, "RFC 4034 §3.1", .init("covered", .type), .init("algorithm", .number(bytes: 1)),
      .init("labels", .number(bytes: 1)), .init("original-ttl", .seconds), .init("expiration", .time),
      .init("inception", .time), .init("key-tag", .number(bytes: 2)), .init("signer", .name(isCompressible: false)),
      .init("signature", .base64Rest)),
    RecordShape(47, "RFC 4034 §4.1", .init("next", .name(isCompressible: false)), .init("types", .types)),
    RecordShape(
      50, "RFC 5155 §3.2", .init("algorithm", .number(bytes: 1)), .init("flags", .number(bytes: 1)),
      .init("iterations", .number(bytes: 2)), .init("salt", .salt), .init("next", .hashedOwner),
      .init("types", .types)),
    RecordShape(
      51, "RFC 5155 §4.2", .init("algorithm", .number(bytes: 1)), .init("flags", .number(bytes: 1)),
      .init("iterations", .number(bytes: 2)), .init("salt", .salt)),
  ]
  + [(48, "RFC 4034 §2.1"), (60, "RFC 7344 §3.2")].map { type, source in
    RecordShape(
      type, source, .init("flags", .number(bytes: 2)), .init("protocol", .number(bytes: 1)),
      .init("algorithm", .number(bytes: 1)), .init("key", .base64Rest))
  }
  + [(43, "RFC 4034 §5.1"), (59, "RFC 7344 §3.1")].map { type, source in
    RecordShape(
      type, source, .init("key-tag", .number(bytes: 2)), .init("algorithm", .number(bytes: 1)),
      .init("digest-type", .number(bytes: 1)), .init("digest", .hexRest))
  }
