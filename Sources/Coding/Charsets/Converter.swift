import Glibc

/// A conversion to UTF-8 by iconv(3).
///
/// A class, since the descriptor is closed once.
final class Converter {
  private let descriptor: iconv_t
  /// No character of any charset of glibc is longer; what waits longer for its rest is none.
  private static let longestCharacter = 16

  /// Opens a conversion, iconv_open(3); nil if the name is unknown.
  init?(from name: String) {
    guard let descriptor = iconv_open("UTF-8", name), Int(bitPattern: descriptor) != -1 else { return nil }
    self.descriptor = descriptor
  }

  deinit { iconv_close(descriptor) }

  /// Converts bytes; gives the text, and the beginning of a character at the end that needs more bytes.
  func convert(_ bytes: [UInt8], isLast: Bool) -> (text: String, rest: [UInt8]) {
    var output: [UInt8] = []
    var start = 0
    while start < bytes.count {
      let (taken, piece, failure) = turn(bytes[start...])
      start += taken
      output += piece
      switch failure {
      case 0, E2BIG: continue
      case EINVAL where !isLast && bytes.count - start <= Self.longestCharacter:
        return (String(decoding: output, as: UTF8.self), Array(bytes[start...]))
      case EINVAL:
        // Half a character at the end.
        output += "\u{FFFD}".utf8
        start = bytes.count
      default:
        output += "\u{FFFD}".utf8
        start += 1
      }
    }
    return (String(decoding: output, as: UTF8.self), [])
  }

  /// Makes one call of iconv(3); gives how many bytes it took, what it wrote, and errno or 0.
  private func turn(_ bytes: ArraySlice<UInt8>) -> (taken: Int, output: [UInt8], failure: Int32) {
    var taken = 0
    var failure: Int32 = 0
    let room = 65_536
    let output = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      bytes.withUnsafeBytes { source in
        // iconv(3) takes a pointer to what it only reads.
        var input = UnsafeMutablePointer(mutating: source.bindMemory(to: CChar.self).baseAddress)
        var left = source.count
        buffer.withMemoryRebound(to: CChar.self) { target in
          var place = target.baseAddress
          var free = room
          if iconv(descriptor, &input, &left, &place, &free) == -1 { failure = errno }
          count = room - free
        }
        taken = source.count - left
      }
    }
    return (taken, output, failure)
  }
}
