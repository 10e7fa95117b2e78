import Net

/// Bytes as one line that a person can edit: text with escapes such as `\r\n` and `\x00`, or, where little of it is text, `0x[16 03 01]`.
public enum EditableBytes {
  /// What cannot be read back, and where: the scalar's number in the line.
  public struct Fault: Error, Sendable, Equatable {
    public let message: String
    public let place: Int
  }

  /// Gives the line of printable ASCII for bytes; `bytes(of:)` reads it back.
  public static func line(of bytes: [UInt8]) -> String {
    let plain = bytes.count { $0 >= 0x20 && $0 < 0x7F || $0 == 0x0D || $0 == 0x0A || $0 == 0x09 }
    guard plain * 4 >= bytes.count * 3, !bytes.starts(with: "0x[".utf8) else {
      return "0x[" + bytes.hex(separator: " ") + "]"
    }
    return bytes.map { byte in
      switch byte {
      case 0x0D: "\\r"
      case 0x0A: "\\n"
      case 0x09: "\\t"
      case 0x5C: "\\\\"
      case 0x20..<0x7F: String(Character(Unicode.Scalar(byte)))
      default: "\\x" + byte.hex
      }
    }.joined()
  }

  /// Reads a line: in `0x[ ]` digits of hexadecimal, else text in UTF-8 with `\r \n \t \0 \\ \" \xNN`.
  public static func bytes(of line: String) throws(Fault) -> [UInt8] {
    let scalars = Array(line.unicodeScalars)
    if line.hasPrefix("0x[") { return try digits(scalars) }
    var bytes: [UInt8] = []
    var at = 0
    while at < scalars.count {
      let scalar = scalars[at]
      guard scalar == "\\" else {
        bytes += Array(String(scalar).utf8)
        at += 1
        continue
      }
      guard at + 1 < scalars.count else { throw Fault(message: "nothing follows the last \\", place: at) }
      switch scalars[at + 1] {
      case "r": bytes.append(0x0D)
      case "n": bytes.append(0x0A)
      case "t": bytes.append(0x09)
      case "0": bytes.append(0x00)
      case "\\": bytes.append(0x5C)
      case "\"": bytes.append(0x22)
      case "x":
        guard at + 3 < scalars.count, let high = digit(scalars[at + 2]), let low = digit(scalars[at + 3]) else {
          throw Fault(message: "\\x wants two digits of hexadecimal", place: at)
        }
        bytes.append(high << 4 | low)
        at += 2
      default: throw Fault(message: "\\\(scalars[at + 1]) is no escape: \\r \\n \\t \\0 \\\\ \\xNN are", place: at)
      }
      at += 2
    }
    return bytes
  }

  private static func digits(_ scalars: [Unicode.Scalar]) throws(Fault) -> [UInt8] {
    var bytes: [UInt8] = []
    var high: UInt8?
    for (place, scalar) in scalars.enumerated().dropFirst(3) {
      if scalar == "]" {
        guard high == nil else { throw Fault(message: "a byte has two digits", place: place) }
        guard scalars[(place + 1)...].allSatisfy({ $0 == " " }) else {
          throw Fault(message: "nothing may follow the ]", place: place + 1)
        }
        return bytes
      }
      if scalar == " " || scalar == ":" { continue }
      guard let value = digit(scalar) else { throw Fault(message: "\(scalar) is no hexadecimal digit", place: place) }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    throw Fault(message: "the ] is missing", place: scalars.count)
  }

  private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    scalar.isASCII ? Character(scalar).hexDigitValue.map { UInt8($0) } : nil
  }
}
