import Net

/// What the index of RFCs says of one document.
public struct RFCEntry: Hashable, Sendable {
  public let number: Int
  public var title = ""
  public var authors: [String] = []
  /// `2022-06`, with a day where the index has one; empty if it is not known.
  public var date = ""
  /// The status now, in the index's own words: `PROPOSED STANDARD`.
  public var status = ""
  /// The status that it was published with.
  public var firstStatus = ""
  public var stream = ""
  public var pages: Int?
  public var obsoletes: [Int] = []
  public var obsoletedBy: [Int] = []
  public var updates: [Int] = []
  public var updatedBy: [Int] = []
  /// Its numbers in the series of standards and best practices: `STD97`.
  public var also: [String] = []
  public var keywords: [String] = []
  /// The draft that it was.
  public var draft = ""
  /// Where its errata are kept; empty if there are none.
  public var errata = ""
  public var doi = ""

  public init(_ number: Int) { self.number = number }

  /// `RFC 9110  HTTP Semantics (INTERNET STANDARD, 2022-06)`
  public var line: String {
    let facts = [status, date].filter { !$0.isEmpty }
    return "RFC \(number)" + (title.isEmpty ? "" : "  \(title)")
      + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
  }

  /// Reads `RFC2324`, `RFC0001` or `2324`; nil for what is no number of an RFC.
  public static func number(_ text: some StringProtocol) -> Int? {
    var digits = Array(text.utf8)[...]
    if digits.prefix(3).map(\.lowercased).elementsEqual("rfc".utf8) { digits = digits.dropFirst(3).drop { $0.isBlank } }
    guard (1...8).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return limits.contains(number) ? number : nil
  }

  /// The numbers that an RFC can have for a long time to come.
  public static let limits = 1...999_999
}
