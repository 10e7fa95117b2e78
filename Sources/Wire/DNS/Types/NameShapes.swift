/// Records whose data is another name, and the one that begins a zone.
let nameShapes = [
  RecordShape(2, "RFC 1035 §3.3.11", .init("target", .name(isCompressible: true))),
  RecordShape(3, "RFC 1035 §3.3.4", .init("target", .name(isCompressible: true))),
  RecordShape(4, "RFC 1035 §3.3.5", .init("target", .name(isCompressible: true))),
  RecordShape(5, "RFC 1035 §3.3.1", .init("target", .name(isCompressible: true))),
  RecordShape(7, "RFC 1035 §3.3.3", .init("target", .name(isCompressible: true))),
  RecordShape(8, "RFC 1035 §3.3.6", .init("target", .name(isCompressible: true))),
  RecordShape(9, "RFC 1035 §3.3.8", .init("target", .name(isCompressible: true))),
  RecordShape(12, "RFC 1035 §3.3.12", .init("target", .name(isCompressible: true))),
  RecordShape(39, "RFC 6672 §2.1", .init("target", .name(isCompressible: false))),
  RecordShape(
    6, "RFC 1035 §3.3.13", .init("mname", .name(isCompressible: true)), .init("rname", .name(isCompressible: true)),
    .init("serial", .number(bytes: 4)), .init("refresh", .seconds), .init("retry", .seconds),
    .init("expire", .seconds), .init("minimum", .seconds)),
]
