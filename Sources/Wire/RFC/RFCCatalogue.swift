import Net

/// The RFCs that are known, by number, with the relations between them.
public struct RFCCatalogue: Sendable {
  /// In the order of their numbers.
  public let entries: [RFCEntry]
  private let places: [Int: Int]

  /// Takes entries; what only one side of a relation says is added to the other.
  public init(_ given: some Sequence<RFCEntry>) {
    var entries: [RFCEntry] = []
    var places: [Int: Int] = [:]
    for entry in given.sorted(by: { $0.number < $1.number }) where places[entry.number] == nil {
      places[entry.number] = entries.count
      entries.append(entry)
    }
    func add(_ number: Int, to list: WritableKeyPath<RFCEntry, [Int]>, of other: Int) {
      guard let place = places[other], !entries[place][keyPath: list].contains(number) else { return }
      entries[place][keyPath: list].append(number)
    }
    for entry in entries {
      for other in entry.obsoletes { add(entry.number, to: \.obsoletedBy, of: other) }
      for other in entry.updates { add(entry.number, to: \.updatedBy, of: other) }
      for other in entry.obsoletedBy { add(entry.number, to: \.obsoletes, of: other) }
      for other in entry.updatedBy { add(entry.number, to: \.updates, of: other) }
    }
    self.entries = entries
    self.places = places
  }

  public subscript(number: Int) -> RFCEntry? { places[number].map { entries[$0] } }

  /// Finds the RFCs that have all of the words, in any case, in title, keywords, authors, number or status; those whose title has
  /// them whole come first, and among equals the newest.
  public func search(_ words: [String]) -> [RFCEntry] {
    let wanted = words.flatMap { $0.split(separator: " ") }.map { $0.lowercased() }
    guard !wanted.isEmpty else { return [] }
    var found: [(score: Int, entry: RFCEntry)] = []
    for entry in entries {
      let title = entry.title.lowercased()
      let whole = Set(title.utf8.split { !$0.isLetter && !$0.isDigit && $0 < 0x80 }.map { String(Substring($0)) })
      let rest = Self.text(entry)
      var score = 0
      let hasAll = wanted.allSatisfy { word in
        if whole.contains(word) {
          score += 4
        } else if title.contains(word) {
          score += 2
        } else if !rest.contains(word) {
          return false
        }
        return true
      }
      // What is out of date is wanted less.
      if hasAll { found.append((score * 2 + (entry.obsoletedBy.isEmpty ? 1 : 0), entry)) }
    }
    return found.sorted { ($0.score, $0.entry.number) > ($1.score, $1.entry.number) }.map(\.entry)
  }

  private static func text(_ entry: RFCEntry) -> String {
    (entry.keywords + entry.authors + entry.also + ["rfc\(entry.number)", entry.status, entry.date, entry.draft])
      .joined(separator: "\n").lowercased()
  }
}
