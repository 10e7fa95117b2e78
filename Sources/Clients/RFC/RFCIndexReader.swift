import Coding
import Net
import Wire

/// The index of RFCs as the RFC Editor publishes it (rfc-index.xml, schema rfc-index.xsd), read piece by piece.
///
/// A class, since the reader of XML calls it. Of the 20 MB only the facts of each RFC stay; abstracts are passed over.
final class RFCIndexReader {
  private var entries: [RFCEntry] = []
  private var entry: RFCEntry?
  /// The elements that are open, outermost first.
  private var path: [String] = []
  private var text = ""
  private var reader: XMLReader?
  /// Day, month and year of the entry.
  private var date = (year: "", month: "", day: "")

  init() throws(XMLError) {
    reader = try XMLReader { [weak self] event in self?.take(event) }
  }

  func receive(_ bytes: [UInt8]) throws(XMLError) { try reader?.receive(bytes) }

  /// Ends the reading, and gives what was read.
  func finish() throws(XMLError) -> RFCCatalogue {
    try reader?.finish()
    reader = nil
    return RFCCatalogue(entries)
  }

  private func take(_ event: XMLReader.Event) {
    switch event {
    case .start(let name):
      path.append(name)
      text = ""
      if name == "rfc-entry", path.count == 2 {
        entry = nil
        date = ("", "", "")
      }
    case .text(let more): text += more
    case .end(let name):
      close(name)
      text = ""
      if path.last == name { path.removeLast() }
    }
  }

  /// Takes the content of an element by its place below `rfc-entry`.
  private func close(_ name: String) {
    guard path.count >= 2, path[1] == "rfc-entry" else { return }
    guard path.count > 2 else {
      if var entry {
        entry.date = isoDate
        entries.append(entry)
      }
      entry = nil
      return
    }
    let value = text.utf8.split { $0 <= 0x20 }.map { String(Substring($0)) }.joined(separator: " ")
    guard !value.isEmpty else { return }
    let place = path[2...].joined(separator: "/")
    if place == "doc-id" { return entry = RFCEntry.number(value).map { RFCEntry($0) } }
    switch place {
    case "title": entry?.title = value
    case "author/name": entry?.authors.append(value)
    case "date/year": date.year = value
    case "date/month": date.month = value
    case "date/day": date.day = value
    case "page-count": entry?.pages = Int(value)
    case "keywords/kw": entry?.keywords.append(value)
    case "draft": entry?.draft = value
    case "obsoletes/doc-id": add(value, to: \.obsoletes)
    case "obsoleted-by/doc-id": add(value, to: \.obsoletedBy)
    case "updates/doc-id": add(value, to: \.updates)
    case "updated-by/doc-id": add(value, to: \.updatedBy)
    case "is-also/doc-id": entry?.also.append(Self.series(value))
    case "current-status": entry?.status = value
    case "publication-status": entry?.firstStatus = value
    case "stream": entry?.stream = value
    case "errata-url": entry?.errata = value
    case "doi": entry?.doi = value
    default: break
    }
  }

  private func add(_ value: String, to list: WritableKeyPath<RFCEntry, [Int]>) {
    guard let number = RFCEntry.number(value) else { return }
    entry?[keyPath: list].append(number)
  }

  /// `STD0097` as people write it: `STD97`.
  private static func series(_ value: String) -> String {
    let name = value.prefix { $0.isLetter }
    let digits = value.dropFirst(name.count).drop { $0 == "0" }
    return digits.isEmpty ? value : String(name + digits)
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  /// `2022-06`, or `1998-04-01` where the day is known.
  private var isoDate: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    guard let year = Int(date.year), (1900...9999).contains(year) else { return "" }
    guard let month = Self.months.firstIndex(of: date.month.lowercased()) else { return "\(year)" }
    let start = "\(year)-\(two(month + 1))"
    guard let day = Int(date.day), (1...31).contains(day) else { return start }
    return start + "-" + two(day)
  }
}
