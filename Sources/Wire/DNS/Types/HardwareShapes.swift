/// Records that hold the address of hardware.
let hardwareShapes = [
  RecordShape(108, "RFC 7043 §3.1", .init("address", .hardware(bytes: 6))),
  RecordShape(109, "RFC 7043 §4.1", .init("address", .hardware(bytes: 8))),
]
