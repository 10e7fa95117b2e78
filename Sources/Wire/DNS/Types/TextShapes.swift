/// Records that hold text.
let textShapes = [
  RecordShape(13, "RFC 1035 §3.3.2", .init("cpu", .string), .init("os", .string)),
  RecordShape(16, "RFC 1035 §3.3.14", .init("strings", .strings)),
  RecordShape(99, "RFC 7208 §3.1", .init("strings", .strings)),
]
