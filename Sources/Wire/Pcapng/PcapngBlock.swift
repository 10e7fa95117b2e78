import Net

/// Blocks of a capture file that Wireshark opens: pcapng (draft-ietf-opsawg-pcapng §4), in little-endian order.
///
/// A file is a section's header, the description of an interface, perhaps secrets, and packets.
public enum PcapngBlock {
  /// Gives the header of the section that the rest of the file is (§4.1).
  public static func section(comment: String, application: String) -> [UInt8] {
    var body = Body()
    body.add(UInt32(0x1A2B_3C4D))
    body.add(UInt16(1))
    body.add(UInt16(0))
    // The section's length is not known before its end.
    body.add(UInt64.max)
    body.option(1, comment)
    body.option(4, application)
    return body.block(0x0A0D_0D0A)
  }

  /// Gives the interface that all packets are of: Ethernet, times in nanoseconds (§4.2).
  public static func interface(name: String, description: String) -> [UInt8] {
    var body = Body()
    body.add(UInt16(1))
    body.add(UInt16(0))
    body.add(UInt32(0))
    body.option(2, name)
    body.option(3, description)
    body.option(9, [9])
    return body.block(1)
  }

  /// Secrets of TLS sessions, lines as SSLKEYLOGFILE has them (§4.7); they stand before the packets that need them.
  public static func secrets(keyLog: [UInt8]) -> [UInt8] {
    var body = Body()
    body.add(UInt32(0x544C_534B))
    body.add(UInt32(clamping: keyLog.count))
    body.add(bytes: keyLog)
    return body.block(10)
  }

  /// Gives a packet (§4.3).
  ///
  /// - Parameters:
  ///   - length: the bytes it had on the wire, of which `bytes` are the first.
  ///   - time: nanoseconds since 1970.
  public static func packet(
    _ bytes: [UInt8], length: Int, time: Int64, isOutbound: Bool, comment: String? = nil
  ) -> [UInt8] {
    var body = Body(capacity: bytes.count + 64)
    body.add(UInt32(0))
    let time = UInt64(max(0, time))
    body.add(UInt32(truncatingIfNeeded: time >> 32))
    body.add(UInt32(truncatingIfNeeded: time))
    body.add(UInt32(clamping: bytes.count))
    body.add(UInt32(clamping: max(length, bytes.count)))
    body.add(bytes: bytes)
    if let comment { body.option(1, comment) }
    // epb_flags: which way it went.
    body.option(2, [isOutbound ? 2 : 1, 0, 0, 0])
    return body.block(6)
  }

  /// What stands between the two lengths of a block.
  private struct Body {
    private var bytes: [UInt8] = []
    private var hasOptions = false

    init(capacity: Int = 64) { bytes.reserveCapacity(capacity) }

    mutating func add(_ number: some FixedWidthInteger & UnsignedInteger) {
      var number = number.littleEndian
      withUnsafeBytes(of: &number) { bytes.append(contentsOf: $0) }
    }

    /// Adds bytes and zeros up to a multiple of 4.
    mutating func add(bytes more: [UInt8]) {
      bytes += more
      bytes += [UInt8](repeating: 0, count: (4 - more.count % 4) % 4)
    }

    /// Adds an option (§3.5); a length has 16 bits.
    mutating func option(_ code: UInt16, _ value: [UInt8]) {
      let value = Array(value.prefix(0xFFFF))
      hasOptions = true
      add(code)
      add(UInt16(value.count))
      add(bytes: value)
    }

    mutating func option(_ code: UInt16, _ text: String) { option(code, Array(text.utf8)) }

    func block(_ type: UInt32) -> [UInt8] {
      var whole = Body(capacity: bytes.count + 16)
      let length = UInt32(clamping: bytes.count + (hasOptions ? 4 : 0) + 12)
      whole.add(type)
      whole.add(length)
      whole.bytes += bytes
      if hasOptions { whole.add(UInt32(0)) }
      whole.add(length)
      return whole.bytes
    }
  }
}
