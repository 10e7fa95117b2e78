import Interpreter
import Net
import Wire

let rfcSearch = Command(
  "rfc search", "Finds RFCs by words of their titles, keywords and authors, in the RFC Editor's index.",
  Parameter<[String]>.rest("words", "what all of them have, in any case"),
  RFCOptions.base, RFCOptions.offline, RFCOptions.refresh, TLSOptions.authorities, TLSOptions.insecure,
  RFCOptions.timeout, gives: .table,
  examples: [
    Example("rfc search coffee pot --offline | get number | last", "2324", note: "without the index, in a small table")
  ]
) { machine, words, base, isOffline, isRefresh, authorities, isInsecure, timeout in
  guard words.contains(where: { !$0.isEmpty }) else {
    throw ValueError("missing-argument", "`rfc search` wants words to look for", layer: .command)
  }
  let access = try RFCAccess(
    machine, base: base, authorities: authorities, isInsecure: isInsecure, timeout: timeout, isOffline: isOffline,
    isRefresh: isRefresh)
  return .list(
    try access.catalogue().catalogue.search(words).map { entry in
      .record(
        Record([
          "number": .int(entry.number), "title": .string(entry.title), "date": .string(entry.date),
          "status": .string(entry.status),
          "obsoleted-by": entry.obsoletedBy.isEmpty
            ? .null : .string(entry.obsoletedBy.map(String.init).joined(separator: " ")),
        ]))
    })
}

let rfcInfo = Command(
  "rfc info",
  "Tells what the RFC Editor's index says of an RFC: title, authors, date, status, and what it replaces or is replaced by.",
  RFCOptions.number, RFCOptions.base, RFCOptions.offline, RFCOptions.refresh, TLSOptions.authorities,
  TLSOptions.insecure,
  RFCOptions.timeout, gives: .record,
  examples: [
    Example("rfc info 9112 --offline | get title", "HTTP/1.1"),
    Example("(rfc info 2616 --offline).obsoleted-by | first", "7230"),
  ]
) { machine, number, base, isOffline, isRefresh, authorities, isInsecure, timeout in
  let access = try RFCAccess(
    machine, base: base, authorities: authorities, isInsecure: isInsecure, timeout: timeout, isOffline: isOffline,
    isRefresh: isRefresh)
  let (entry, isWhole, _) = try access.entry(number)
  return .record(RFCFacts(entry, isWhole: isWhole).record)
}

let rfcTree = Command(
  "rfc tree", "Draws what an RFC replaced and changed, and what replaced or changed it.",
  RFCOptions.number, Parameter<Int>.option("depth", "how many steps away", default: 4, shown: "4"),
  RFCOptions.base, RFCOptions.offline, RFCOptions.refresh, TLSOptions.authorities, TLSOptions.insecure,
  RFCOptions.timeout, gives: .string,
  examples: [
    Example(
      "rfc tree 2606 --offline",
      """
      RFC 2606  Reserved Top Level DNS Names (BEST CURRENT PRACTICE, 1999-06)
      └─ updated by RFC 6761  Special-Use Domain Names (PROPOSED STANDARD, 2013-02)
      """)
  ]
) { machine, number, depth, base, isOffline, isRefresh, authorities, isInsecure, timeout in
  let access = try RFCAccess(
    machine, base: base, authorities: authorities, isInsecure: isInsecure, timeout: timeout, isOffline: isOffline,
    isRefresh: isRefresh)
  let (entry, _, catalogue) = try access.entry(number)
  return .string(RFCTree(of: entry.number, in: catalogue, depth: max(1, depth)).text)
}

/// What the index says of an RFC, as a record.
private struct RFCFacts {
  private let entry: RFCEntry
  private let isWhole: Bool

  init(_ entry: RFCEntry, isWhole: Bool) {
    self.entry = entry
    self.isWhole = isWhole
  }

  var record: Record {
    Record([
      "number": .int(entry.number), "title": .string(entry.title),
      "authors": .list(entry.authors.map { .string($0) }), "date": text(entry.date), "status": text(entry.status),
      "first-status": text(entry.firstStatus), "stream": text(entry.stream),
      "pages": entry.pages.map { .int($0) } ?? .null, "obsoletes": numbers(entry.obsoletes),
      "obsoleted-by": numbers(entry.obsoletedBy), "updates": numbers(entry.updates),
      "updated-by": numbers(entry.updatedBy), "also": .list(entry.also.map { .string($0) }),
      "keywords": .list(entry.keywords.map { .string($0) }), "draft": text(entry.draft), "doi": text(entry.doi),
      "errata": text(errata), "about": .string("https://www.rfc-editor.org/info/rfc\(entry.number)"),
    ])
  }

  /// The index has a link where there are errata; the small table does not know, so that one has to look.
  private var errata: String {
    isWhole ? entry.errata : "https://www.rfc-editor.org/errata_search.php?rfc=\(entry.number)"
  }

  private func text(_ text: String) -> Value { text.isEmpty ? .null : .string(text) }

  private func numbers(_ numbers: [Int]) -> Value { .list(numbers.sorted().map { .int($0) }) }
}
