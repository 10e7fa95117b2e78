/// Records that hold an address.
let addressShapes = [
  RecordShape(1, "RFC 1035 §3.4.1", .init("address", .ipv4)),
  RecordShape(28, "RFC 3596 §2.2", .init("address", .ipv6)),
]
