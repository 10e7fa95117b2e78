/// The body of a request: in memory, in files, or coming from somewhere as it is sent.
public enum HTTPContent: Sendable {
  case none
  case bytes([UInt8])
  /// One part after the other, as a multipart form has them; files are read while they are sent.
  case parts([HTTPPart])
  /// Bytes of unknown length, sent in chunks (RFC 9112 §7.1).
  case stream(HTTPSource)

  /// The content of a file as the whole body.
  public static func file(_ path: String, length: Int) -> HTTPContent { .parts([.file(path: path, length: length)]) }

  /// How many bytes it has; nil where nobody knows before the end.
  public var length: Int? {
    switch self {
    case .none: 0
    case .bytes(let bytes): bytes.count
    case .parts(let parts):
      parts.reduce(0) { sum, part in
        let (next, overflow) = sum.addingReportingOverflow(part.length)
        return overflow ? .max : next
      }
    case .stream: nil
    }
  }

  var isNone: Bool { if case .none = self { true } else { false } }

  /// Whether it can be sent a second time.
  var isReplayable: Bool { if case .stream = self { false } else { true } }
}

/// A part of a request's body.
public enum HTTPPart: Sendable {
  case bytes([UInt8])
  /// A file, and how many bytes of it are sent.
  case file(path: String, length: Int)

  var length: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .file(_, let length): length
    }
  }
}

/// Whatever gives the bytes of a body piece by piece; nil is the end.
public struct HTTPSource: Sendable {
  let next: @Sendable () throws -> [UInt8]?

  public init(_ next: @escaping @Sendable () throws -> [UInt8]?) { self.next = next }
}
