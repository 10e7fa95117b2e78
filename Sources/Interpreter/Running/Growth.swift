import Net

/// The limit to which texts, bytes and lists grow: 1 GiB each.
enum Growth {
  static func check(_ count: Int, _ more: Int, each size: Int = 1) throws(ValueError) {
    guard count + more <= collectLimit / size else {
      throw ValueError("too-large", "the result would have over \(ByteSize(bytes: Int64(collectLimit)))")
    }
  }

  /// Repeats a text, piece by piece so that Ctrl-C stops it; the length was checked.
  static func repeated(_ text: String, _ count: Int) throws(ValueError) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count * count)
    let (piece, pieces, rest) = pieces(of: text.utf8.count, count)
    let block = String(repeating: text, count: piece)
    for _ in 0..<pieces {
      try Watch.check()
      result += block
    }
    return result + String(repeating: text, count: rest)
  }

  /// Repeats bytes as `repeated` does a text.
  static func repeated(_ bytes: [UInt8], _ count: Int) throws(ValueError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * count)
    let (piece, pieces, rest) = pieces(of: bytes.count, count)
    let block = Array(repeatElement(bytes, count: piece).joined())
    for _ in 0..<pieces {
      try Watch.check()
      result += block
    }
    return result + Array(repeatElement(bytes, count: rest).joined())
  }

  /// Gives how many copies of so many bytes make a piece, how many such pieces there are, and the copies that are left.
  private static func pieces(of size: Int, _ count: Int) -> (copies: Int, pieces: Int, rest: Int) {
    let copies = max(1, Watch.stride / max(1, size))
    return (copies, count / copies, count % copies)
  }
}
