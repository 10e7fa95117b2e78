import Net
import Wire

/// Which parts of a file a client wants (RFC 9110 §14).
enum ByteRanges: Equatable {
  /// All of it: nothing was asked for, or nothing that can be understood.
  case whole
  case parts([Range<Int>])
  /// Only what lies behind the end; 416.
  case unsatisfiable

  /// More of them than this are not meant well (RFC 9110 §14.2, §17.15).
  private static let limit = 64

  /// Reads a field's value for a file of a length. What is malformed, or of another unit, is as if it were not there.
  ///
  ///     bytes-range = "bytes" "=" 1#( first-pos "-" [ last-pos ] / "-" suffix-length )
  init(_ value: String, length: Int) {
    self = ByteRanges.parse(value, length) ?? .whole
  }

  private static func parse(_ value: String, _ length: Int) -> ByteRanges? {
    let halves = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, ASCII.same(String(halves[0]), "bytes") else { return nil }
    var ranges: [Range<Int>] = []
    let specifiers = halves[1].utf8.split(separator: ASCII.comma).map { ASCII.trimmed(Array($0)[...]) }
    let asked = specifiers.filter { !$0.isEmpty }
    guard !asked.isEmpty, asked.count <= limit else { return nil }
    for specifier in asked {
      let ends = specifier.split(separator: 0x2d, omittingEmptySubsequences: false)
      guard ends.count == 2, let first = number(ends[0]), let last = number(ends[1]) else { return nil }
      switch (first, last) {
      case (nil, nil): return nil
      case (nil, let suffix?): if suffix > 0, length > 0 { ranges.append(max(0, length - suffix)..<length) }
      case (let first?, let last):
        if let last, last < first { return nil }
        if first < length { ranges.append(first..<min(last ?? length, length - 1) + 1) }
      }
    }
    guard !ranges.isEmpty else { return .unsatisfiable }
    ranges = merged(ranges.map { $0.clamped(to: 0..<length) })
    return ranges == [0..<length] ? .whole : .parts(ranges)
  }

  /// 1*DIGIT, which may be larger than any file; an empty one is none.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int?? {
    guard !digits.isEmpty else { return .some(nil) }
    guard digits.allSatisfy(\.isDigit) else { return nil }
    return .some(Int(String(decoding: digits, as: UTF8.self)) ?? .max)
  }

  /// Joins those that overlap, whose bytes would be sent several times; the others keep the order in which they were asked for.
  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
    guard zip(sorted, sorted.dropFirst()).contains(where: { $0.overlaps($1) }) else { return ranges }
    var joined: [Range<Int>] = []
    for range in sorted {
      if let last = joined.last, last.overlaps(range) {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    return joined
  }
}
