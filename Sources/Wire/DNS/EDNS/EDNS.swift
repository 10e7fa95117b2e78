/// The extension of a message by an OPT record (RFC 6891 §6.1): sizes, flags and options.
public struct EDNS: Sendable, Hashable {
  /// How many bytes of UDP payload the sender can take.
  public var payloadSize: UInt16
  public var version: UInt8
  /// The upper eight bits of the response code.
  var extendedCode: UInt8 = 0
  /// All sixteen flags; DO is the highest.
  public var flags: UInt16
  public var options: [EDNSOption]

  public init(payloadSize: UInt16 = 1232, version: UInt8 = 0, dnssecOK: Bool = false, options: [EDNSOption] = []) {
    self.payloadSize = payloadSize
    self.version = version
    flags = dnssecOK ? 0x8000 : 0
    self.options = options
  }

  /// DO: signatures are wanted (RFC 3225).
  public var dnssecOK: Bool { flags & 0x8000 != 0 }
}

extension MessageReader {
  /// Reads the rest of an OPT record, behind its type (RFC 6891 §6.1.2 and §6.1.3).
  mutating func edns(label: String) throws(DNSError) -> EDNS {
    var start = position
    var edns = EDNS(payloadSize: try uint16())
    note(from: start, "\(label), UDP payload size", String(edns.payloadSize), "RFC 6891 §6.1")
    start = position
    edns.extendedCode = try uint8()
    note(from: start, "\(label), extended response code", String(edns.extendedCode), "RFC 6891 §6.1")
    start = position
    edns.version = try uint8()
    note(from: start, "\(label), version", String(edns.version), "RFC 6891 §6.1")
    start = position
    edns.flags = try uint16()
    note(from: start, "\(label), flags", edns.dnssecOK ? "DO" : "none", "RFC 6891 §6.1")
    start = position
    let length = Int(try uint16())
    note(from: start, "\(label), length of the options", String(length), "RFC 6891 §6.1")
    let end = position + length
    guard end <= bytes.count else { throw error(.cutOff, at: bytes.count) }
    while position < end {
      start = position
      guard end - position >= 4 else { throw error(.cutOff) }
      let code = try uint16()
      let size = Int(try uint16())
      let option = EDNSOption(code: code, data: Array(try take(size, until: end)))
      guard option.isWellFormed else { throw error(.option(code), at: start) }
      edns.options.append(option)
      note(from: start, "\(label), option \(option.name)", option.text, "RFC 6891 §6.1")
    }
    return edns
  }
}

extension MessageWriter {
  mutating func write(_ edns: EDNS, code: ResponseCode) {
    write(UInt8(0))
    write(RecordType.opt.rawValue)
    write(edns.payloadSize)
    write(UInt8(truncatingIfNeeded: code.rawValue >> 4))
    write(edns.version)
    write(edns.flags)
    let lengthAt = count
    write(UInt16(0))
    for option in edns.options {
      write(option.code)
      write(UInt16(truncatingIfNeeded: option.data.count))
      write(option.data)
    }
    put(UInt16(truncatingIfNeeded: count - lengthAt - 2), at: lengthAt)
  }
}
