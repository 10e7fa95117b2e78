import TestSupport
import Testing

@testable import Wire

/// The table of well-known RFCs, and what is found and drawn from it.
@Suite struct RFCCatalogueTests {
  private static let shipped = Result {
    RFCTable.read(Array(try Tree.read(Tree.root + "/share/nsh/data/rfcs.tsv").utf8))
  }

  private func entry(_ number: Int, _ title: String, obsoletes: [Int] = [], updates: [Int] = []) -> RFCEntry {
    var entry = RFCEntry(number)
    entry.title = title
    entry.obsoletes = obsoletes
    entry.updates = updates
    return entry
  }

  @Test func numbersAsTheyAreWritten() {
    for (text, number) in [("2324", 2324), ("RFC2324", 2324), ("rfc 2324", 2324), ("RFC0001", 1), ("000793", 793)] {
      #expect(RFCEntry.number(text) == number, "\(text)")
    }
    for text in ["", "rfc", "0", "-1", "1.5", "2324a", "1000000", "99999999999999999999", "STD97", "٣"] {
      #expect(RFCEntry.number(text) == nil, "\(text)")
    }
  }

  @Test func inversesAreAdded() {
    let catalogue = RFCCatalogue([entry(3, "c", obsoletes: [1], updates: [2]), entry(1, "a"), entry(2, "b")])
    #expect(catalogue.entries.map(\.number) == [1, 2, 3])
    #expect(catalogue[1]?.obsoletedBy == [3] && catalogue[2]?.updatedBy == [3] && catalogue[4] == nil)
  }

  @Test func tableThereAndBack() {
    var full = entry(9000, "A\tTitle\nwith; breaks", obsoletes: [1, 2], updates: [3])
    full.authors = ["A. One", "B; Two"]
    full.date = "2022-06"
    full.status = "INFORMATIONAL"
    full.pages = 7
    full.also = ["STD97"]
    full.errata = "https://errata.test/"
    full.doi = "10.1/x"
    let back = RFCTable.read(RFCTable.write(RFCCatalogue([full])))
    var expected = full
    expected.title = "A Title with; breaks"
    expected.authors = ["A. One", "B, Two"]
    #expect(back.entries == [expected])
    #expect(RFCTable.read([]).entries.isEmpty && RFCTable.read(Array("x\ty\nno\tnumber\n".utf8)).entries.isEmpty)
  }

  @Test func searchWantsAllWords() {
    let catalogue = RFCCatalogue([
      entry(1, "Lamps and Ferries"), entry(2, "A Lamp"), entry(3, "Clamped"), entry(4, "Old Lamp"),
      entry(5, "New Lamp", obsoletes: [4]),
    ])
    #expect(catalogue.search(["lamp"]).map(\.number) == [5, 2, 4, 3, 1])
    #expect(catalogue.search(["LAMP", "rfc4"]).map(\.number) == [4])
    #expect(catalogue.search(["ferries lamp"]).map(\.number) == [1])
    #expect(catalogue.search([]).isEmpty && catalogue.search(["nothing"]).isEmpty)
  }

  @Test func treeOfRelations() {
    let catalogue = RFCCatalogue([
      entry(1, "a"), entry(2, "b", obsoletes: [1]), entry(3, "c", obsoletes: [2], updates: [9]), entry(9, "i"),
      entry(4, "d", updates: [3]), entry(5, "e", obsoletes: [3]), entry(6, "f", obsoletes: [5]),
    ])
    #expect(
      RFCTree(of: 3, in: catalogue, depth: 9).lines == [
        "RFC 3  c", "├─ obsoletes RFC 2  b", "│  └─ obsoletes RFC 1  a", "├─ updates RFC 9  i",
        "├─ obsoleted by RFC 5  e",
        "│  └─ obsoleted by RFC 6  f", "└─ updated by RFC 4  d",
      ])
    #expect(RFCTree(of: 3, in: catalogue, depth: 1).lines.count == 5)
    #expect(RFCTree(of: 77, in: catalogue, depth: 4).lines == ["RFC 77"])
  }

  @Test func circlesEnd() {
    let circle = RFCCatalogue([entry(1, "a", obsoletes: [2]), entry(2, "b", obsoletes: [1])])
    #expect(
      RFCTree(of: 1, in: circle, depth: 16).lines == [
        "RFC 1  a", "├─ obsoletes RFC 2  b", "│  └─ obsoletes RFC 1, see above", "└─ obsoleted by RFC 2, see above",
      ])
    let all = RFCCatalogue((1...600).map { entry($0, "t", obsoletes: Array(1...600)) })
    #expect(RFCTree(of: 1, in: all, depth: 16).lines.count <= 501)
  }

  /// What can be checked of facts without their source: that they do not contradict each other.
  @Test func theShippedTableIsSound() throws {
    let catalogue = try Self.shipped.get()
    #expect(catalogue.entries.count > 500)
    let statuses: Set<String> = [
      "INTERNET STANDARD", "DRAFT STANDARD", "PROPOSED STANDARD", "BEST CURRENT PRACTICE", "INFORMATIONAL",
      "EXPERIMENTAL", "HISTORIC", "UNKNOWN", "",
    ]
    for entry in catalogue.entries {
      #expect(!entry.title.isEmpty && statuses.contains(entry.status), "RFC \(entry.number)")
      #expect(entry.date.wholeMatch(of: /(19|20)\d\d-(0[1-9]|1[0-2])/) != nil, "RFC \(entry.number)")
      for older in entry.obsoletes + entry.updates { #expect(older < entry.number, "RFC \(entry.number)") }
      for newer in entry.obsoletedBy + entry.updatedBy {
        #expect(catalogue[newer].map { $0.date >= entry.date } ?? true, "RFC \(entry.number) and \(newer)")
      }
    }
    #expect(catalogue[2616]?.obsoletedBy == [7230, 7231, 7232, 7233, 7234, 7235])
    #expect(catalogue[793]?.obsoletedBy == [9293] && catalogue[9110]?.also == ["STD97"])
  }
}
