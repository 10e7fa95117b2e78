/// Records about certificates and keys of other protocols.
let certificateShapes = [
  RecordShape(257, "RFC 8659 §4.1", .init("flags", .number(bytes: 1)), .init("tag", .tag), .init("value", .quotedRest)),
  RecordShape(
    52, "RFC 6698 §2.1", .init("usage", .number(bytes: 1)), .init("selector", .number(bytes: 1)),
    .init("matching", .number(bytes: 1)), .init("association", .hexRest)),
  RecordShape(
    53, "RFC 8162 §2", .init("usage", .number(bytes: 1)), .init("selector", .number(bytes: 1)),
    .init("matching", .number(bytes: 1)), .init("association", .hexRest)),
  RecordShape(
    44, "RFC 4255 §3.1", .init("algorithm", .number(bytes: 1)), .init("kind", .number(bytes: 1)),
    .init("fingerprint", .hexRest)),
  RecordShape(61, "RFC 7929 §2.1", .init("key", .base64Rest)),
]
