/// Records about a zone as a whole.
let zoneShapes = [
  RecordShape(
    62, "RFC 7477 §2.1", .init("serial", .number(bytes: 4)), .init("flags", .number(bytes: 2)), .init("types", .types)),
  RecordShape(
    63, "RFC 8976 §2.2", .init("serial", .number(bytes: 4)), .init("scheme", .number(bytes: 1)),
    .init("algorithm", .number(bytes: 1)), .init("digest", .hexRest)),
]
