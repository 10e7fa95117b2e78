/// The relations of an RFC to others, drawn as a tree: what it replaced and what that had replaced, and what came after it.
public struct RFCTree: Sendable {
  public private(set) var lines: [String] = []
  private let catalogue: RFCCatalogue
  private var drawn: Set<Int> = []

  /// More lines than this no one reads.
  private static let longest = 500
  /// How deep it is drawn at most.
  public static let deepest = 16

  /// - Parameter depth: how many steps away an RFC may be, at most `deepest`.
  public init(of number: Int, in catalogue: RFCCatalogue, depth: Int) {
    self.catalogue = catalogue
    lines.append((catalogue[number] ?? RFCEntry(number)).line)
    drawn.insert(number)
    draw(below: number, margin: "", depth: min(depth, Self.deepest), along: Relation.allCases)
  }

  public var text: String { lines.joined(separator: "\n") }

  private enum Relation: String, CaseIterable {
    case obsoletes, updates
    case obsoletedBy = "obsoleted by"
    case updatedBy = "updated by"

    var path: KeyPath<RFCEntry, [Int]> {
      switch self {
      case .obsoletes: \.obsoletes
      case .updates: \.updates
      case .obsoletedBy: \.obsoletedBy
      case .updatedBy: \.updatedBy
      }
    }

    /// What is followed from there: backwards only to what was replaced, forwards to whatever replaced or changed that.
    var next: [Relation] {
      switch self {
      case .obsoletes: [.obsoletes]
      case .updates: []
      case .obsoletedBy: [.obsoletedBy, .updatedBy]
      case .updatedBy: [.obsoletedBy]
      }
    }
  }

  private mutating func draw(below number: Int, margin: String, depth: Int, along relations: [Relation]) {
    guard depth > 0, let entry = catalogue[number] else { return }
    let branches = relations.flatMap { relation in entry[keyPath: relation.path].sorted().map { (relation, $0) } }
    for (place, (relation, other)) in branches.enumerated() {
      guard lines.count < Self.longest else { return }
      let isLast = place == branches.count - 1
      let isNew = drawn.insert(other).inserted
      let branch = "\(margin)\(isLast ? "└─ " : "├─ ")\(relation.rawValue) "
      lines.append(branch + (isNew ? (catalogue[other] ?? RFCEntry(other)).line : "RFC \(other), see above"))
      guard isNew else { continue }
      draw(below: other, margin: margin + (isLast ? "   " : "│  "), depth: depth - 1, along: relation.next)
    }
  }
}
