import Net

/// The heading of a section: `3.1.  Title`, `A.1.  Title`, `Appendix B.  Title`.
struct RFCHeading: Hashable {
  /// `1.2` or `A.1`, without a final dot; empty for `Abstract` and the like.
  let number: String
  var title: String

  init(number: String, title: String) {
    self.number = number
    self.title = title
  }

  /// Reads a line, however far it is indented; nil if it begins with no number of a section.
  init?(_ line: String) {
    var rest = ASCII.trimmed(Array(line.utf8)[...])
    let appendix = rest.prefix(9).map(\.lowercased).elementsEqual("appendix ".utf8)
    if appendix { rest = rest.dropFirst(9).drop { $0.isBlank } }
    let label = rest.prefix { !$0.isBlank }
    let title = ASCII.trimmed(rest.dropFirst(label.count))
    var parts = label.split(separator: 0x2E, omittingEmptySubsequences: false)
    let hadDot = parts.count > 1
    if let last = parts.last, last.last == ASCII.colon { parts[parts.count - 1] = last.dropLast() }
    if let last = parts.last, last.isEmpty { parts.removeLast() }
    guard let first = parts.first, !title.isEmpty, title.first != ASCII.equals else { return nil }
    let isLetter = first.count == 1 && first.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
    // "A man …" is no heading: a lone letter needs its dot or the word Appendix before it.
    guard (isLetter && (hadDot || appendix)) || Self.isNumber(first), parts.count <= 9,
      parts.dropFirst().allSatisfy(Self.isNumber)
    else { return nil }
    number = parts.map { text(of: $0) }.joined(separator: ".")
    self.title = text(of: title)
  }

  private static func isNumber(_ part: ArraySlice<UInt8>) -> Bool {
    (1...3).contains(part.count) && part.allSatisfy(\.isDigit)
  }

  /// The parts of the number as they are ordered: letters of appendices come behind all digits.
  var path: [Int] { Self.path(of: number) }

  static func path(of number: String) -> [Int] {
    number.split(separator: ".").map { part in
      Int(part) ?? 1_000 + Int(part.unicodeScalars.first.map(\.value) ?? 0)
    }
  }

  /// Tells whether it can be the next heading behind one with this path: one further at some level, or the first one level deeper.
  ///
  /// Numbered items of a list, which look the same, mostly cannot. A heading or two may have been missed.
  func follows(_ last: [Int]) -> Bool {
    guard !last.isEmpty else { return true }
    for (place, part) in path.enumerated() {
      guard place < last.count else { return place == path.count - 1 && part <= 2 }
      guard part == last[place] else {
        guard place == path.count - 1 || path[(place + 1)...].allSatisfy({ $0 <= 2 }) else { return false }
        return part > last[place] && (part - last[place] <= 3 || part >= 1_000 && last[place] < 1_000)
      }
    }
    return false
  }

  /// Gives the title without differences that do not count.
  static func plain(_ title: String) -> String {
    title.lowercased().split { $0 == " " || $0 == "\t" }.joined(separator: " ")
  }
}
