/// An option in the header of a TCP segment (RFC 9293 §3.2 and IANA's registry of TCP option kinds).
public struct TCPOption: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    case end
    case noOperation
    case maximumSegmentSize(UInt16)
    /// The number of bits by which windows are to be shifted (RFC 7323 §2.2).
    case windowScale(UInt8)
    case selectiveAcknowledgementPermitted
    /// The edges of blocks that came out of order (RFC 2018 §3).
    case selectiveAcknowledgement([UInt32])
    case timestamps(value: UInt32, echo: UInt32)
    /// The cookie (RFC 7413 §4.1.1); empty where one is asked for.
    case fastOpen([UInt8])
    case other(kind: UInt8, [UInt8])
    /// What stands behind the end.
    case padding([UInt8])
    /// A length that is less than two or more than what is left: nothing after it can be read.
    case malformed([UInt8])
  }

  public let content: Content
  /// Where it stands behind the fixed header, and how many bytes it has.
  public let offset: Int
  public let length: Int

  /// Parses options up to their end or the first that cannot be read.
  static func parse(_ bytes: ArraySlice<UInt8>) -> [TCPOption] {
    var options: [TCPOption] = []
    var offset = 0
    while offset < bytes.count {
      let kind = bytes.byte(offset)
      if kind < 2 {
        options.append(TCPOption(content: kind == 0 ? .end : .noOperation, offset: offset, length: 1))
        offset += 1
        guard kind == 0 else { continue }
        if offset < bytes.count {
          let rest = Array(bytes.dropFirst(offset))
          options.append(TCPOption(content: .padding(rest), offset: offset, length: rest.count))
        }
        break
      }
      let length = Int(bytes.byte(offset + 1))
      guard length >= 2, let whole = bytes.piece(at: offset, count: length) else {
        let rest = Array(bytes.dropFirst(offset))
        options.append(TCPOption(content: .malformed(rest), offset: offset, length: rest.count))
        break
      }
      options.append(TCPOption(content: read(kind, whole.dropFirst(2)), offset: offset, length: length))
      offset += length
    }
    return options
  }

  private static func read(_ kind: UInt8, _ value: ArraySlice<UInt8>) -> Content {
    switch (kind, value.count) {
    case (2, 2): return .maximumSegmentSize(value.bigEndian(UInt16.self, at: 0) ?? 0)
    case (3, 1): return .windowScale(value.byte(0))
    case (4, 0): return .selectiveAcknowledgementPermitted
    case (5, let count) where count % 8 == 0 && count > 0:
      return .selectiveAcknowledgement((0..<(count / 4)).map { value.bigEndian(UInt32.self, at: $0 * 4) ?? 0 })
    case (8, 8):
      return .timestamps(
        value: value.bigEndian(UInt32.self, at: 0) ?? 0, echo: value.bigEndian(UInt32.self, at: 4) ?? 0)
    case (34, _): return .fastOpen(Array(value))
    default: return .other(kind: kind, Array(value))
    }
  }

  /// Makes options that stand one behind the other.
  public static func list(_ contents: [Content]) -> [TCPOption] {
    var offset = 0
    return contents.map { content in
      let option = TCPOption(content: content, offset: offset, length: bytes(content).count)
      offset += option.length
      return option
    }
  }

  public var bytes: [UInt8] { Self.bytes(content) }

  private static func bytes(_ content: Content) -> [UInt8] {
    func option(_ kind: UInt8, _ value: [UInt8]) -> [UInt8] { [kind, UInt8(clamping: value.count + 2)] + value }
    func number(_ number: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
      var bytes: [UInt8] = []
      bytes.append(number: number)
      return bytes
    }
    switch content {
    case .end: return [0]
    case .noOperation: return [1]
    case .maximumSegmentSize(let size): return option(2, number(size))
    case .windowScale(let shift): return option(3, [shift])
    case .selectiveAcknowledgementPermitted: return option(4, [])
    case .selectiveAcknowledgement(let edges): return option(5, edges.flatMap { number($0) })
    case .timestamps(let value, let echo): return option(8, number(value) + number(echo))
    case .fastOpen(let cookie): return option(34, cookie)
    case .other(let kind, let value): return option(kind, value)
    case .padding(let bytes), .malformed(let bytes): return bytes
    }
  }

  public var name: String {
    switch content {
    case .end: "end"
    case .noOperation: "nop"
    case .maximumSegmentSize: "mss"
    case .windowScale: "window-scale"
    case .selectiveAcknowledgementPermitted: "sack-permitted"
    case .selectiveAcknowledgement: "sack"
    case .timestamps: "timestamps"
    case .fastOpen: "fast-open"
    case .other(let kind, _): "kind \(kind)"
    case .padding: "padding"
    case .malformed: "malformed"
    }
  }

  public var meaning: String {
    switch content {
    case .end: "the options end here"
    case .noOperation: "padding to a word"
    case .maximumSegmentSize(let size): "segments of at most \(size) bytes of data, please"
    case .windowScale(let shift): "windows of mine are to be multiplied by \(UInt64(1) << UInt64(min(shift, 14)))"
    case .selectiveAcknowledgementPermitted: "may be told of gaps (RFC 2018)"
    case .selectiveAcknowledgement(let edges): "\(edges.count / 2) blocks came out of order"
    case .timestamps(let value, let echo): "my clock \(value), yours as last seen \(echo) (RFC 7323)"
    case .fastOpen(let cookie): cookie.isEmpty ? "asks for a cookie (RFC 7413)" : "a cookie of \(cookie.count) bytes"
    case .other(_, let bytes): "\(bytes.count) bytes"
    case .padding(let bytes): "\(bytes.count) bytes behind the end"
    case .malformed(let bytes): "\(bytes.count) bytes that are no option"
    }
  }
}

extension ArraySlice<UInt8> {
  /// Gives the byte at an offset from the start, 0 beyond the end.
  fileprivate func byte(_ offset: Int) -> UInt8 { bigEndian(UInt8.self, at: offset) ?? 0 }
}
