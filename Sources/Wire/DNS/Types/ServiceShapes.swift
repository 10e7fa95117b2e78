/// Records that say where a service is.
let serviceShapes = [
  RecordShape(
    33, "RFC 2782", .init("priority", .number(bytes: 2)), .init("weight", .number(bytes: 2)),
    .init("port", .number(bytes: 2)), .init("target", .name(isCompressible: false))),
  RecordShape(
    35, "RFC 3403 §4.1", .init("order", .number(bytes: 2)), .init("preference", .number(bytes: 2)),
    .init("flags", .string), .init("services", .string), .init("regexp", .string),
    .init("replacement", .name(isCompressible: false))),
  RecordShape(
    256, "RFC 7553 §4", .init("priority", .number(bytes: 2)), .init("weight", .number(bytes: 2)),
    .init("target", .quotedRest)),
  RecordShape(
    64, "RFC 9460 §2.2", .init("priority", .number(bytes: 2)), .init("target", .name(isCompressible: false)),
    .init("parameters", .parameters)),
  RecordShape(
    65, "RFC 9460 §9", .init("priority", .number(bytes: 2)), .init("target", .name(isCompressible: false)),
    .init("parameters", .parameters)),
]
