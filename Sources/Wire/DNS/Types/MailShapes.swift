/// Records about where mail and responsible people are.
let mailShapes = [
  RecordShape(
    15, "RFC 1035 §3.3.9", .init("preference", .number(bytes: 2)), .init("exchange", .name(isCompressible: true))),
  RecordShape(
    14, "RFC 1035 §3.3.7", .init("responsible", .name(isCompressible: true)),
    .init("errors", .name(isCompressible: true))),
  RecordShape(
    17, "RFC 1183 §2.2", .init("mailbox", .name(isCompressible: false)), .init("text", .name(isCompressible: false))),
  RecordShape(
    18, "RFC 1183 §1", .init("subtype", .number(bytes: 2)), .init("target", .name(isCompressible: false))),
  RecordShape(
    36, "RFC 2230 §3.1", .init("preference", .number(bytes: 2)), .init("exchanger", .name(isCompressible: false))),
]
