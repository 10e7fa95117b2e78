import Interpreter
import Wire

/// What Tab knows of RFCs, from the tables that come with the shell.
enum RFCCandidates {
  /// The well-known RFCs and those of the lab, each with its title.
  static func numbers() -> [Candidate] {
    let known = (try? RFCTables.known())?.entries ?? []
    return known.map { Candidate(String($0.number), $0.title) } + lab(beside: Set(known.map(\.number)))
  }

  /// What `rfc for` can be asked for, each with where it is written down.
  static func references() -> [Candidate] {
    ((try? RFCTables.references())?.all ?? []).filter { !$0.name.contains(" ") }.map { reference in
      Candidate(reference.name, [reference.note, reference.place].filter { !$0.isEmpty }.joined(separator: ", "))
    }
  }

  /// Reads lines such as `9997 The Greeting Protocol. H. Wellcome. May 2024.`
  private static func lab(beside known: Set<Int>) -> [Candidate] {
    guard let folder = Share.path else { return [] }
    return KnownHosts.lines(of: folder + "/lab/rfc/rfc-index.txt").compactMap { line in
      let digits = line.prefix { $0.isNumber }
      guard let number = Int(digits), !known.contains(number), line.dropFirst(digits.count).first == " " else {
        return nil
      }
      let rest = line.dropFirst(digits.count + 1)
      return Candidate(String(number), String(rest.firstRange(of: ". ").map { rest[..<$0.lowerBound] } ?? rest))
    }
  }
}
