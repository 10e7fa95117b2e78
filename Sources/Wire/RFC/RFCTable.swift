import Net

/// A catalogue as lines of fields between tabs: the shell's own table, and what is kept of the index.
///
/// The first line that does not begin with `#` names the columns; a reader looks them up by name, so that a table may have fewer. Lists have
/// `;` between their items.
public enum RFCTable {
  private static let columns: [(name: String, field: Field)] = [
    ("title", .text(\.title)), ("authors", .texts(\.authors)), ("date", .text(\.date)), ("status", .text(\.status)),
    ("first-status", .text(\.firstStatus)), ("stream", .text(\.stream)), ("obsoletes", .numbers(\.obsoletes)),
    ("obsoleted-by", .numbers(\.obsoletedBy)), ("updates", .numbers(\.updates)), ("updated-by", .numbers(\.updatedBy)),
    ("also", .texts(\.also)), ("keywords", .texts(\.keywords)), ("draft", .text(\.draft)), ("errata", .text(\.errata)),
    ("doi", .text(\.doi)),
  ]

  /// Where a column's field is kept, and what it is.
  private enum Field {
    case text(WritableKeyPath<RFCEntry, String> & Sendable)
    case texts(WritableKeyPath<RFCEntry, [String]> & Sendable)
    case numbers(WritableKeyPath<RFCEntry, [Int]> & Sendable)

    func read(_ text: Substring, into entry: inout RFCEntry) {
      switch self {
      case .text(let path): entry[keyPath: path] = String(text)
      case .texts(let path): entry[keyPath: path] = text.split(separator: ";").map(String.init)
      case .numbers(let path): entry[keyPath: path] = text.split(separator: ";").compactMap { RFCEntry.number($0) }
      }
    }

    func write(_ entry: RFCEntry) -> String {
      switch self {
      case .text(let path): RFCTable.plain(entry[keyPath: path])
      case .texts(let path):
        entry[keyPath: path].map { RFCTable.plain($0).replacing(";", with: ",") }.joined(separator: ";")
      case .numbers(let path): entry[keyPath: path].map(String.init).joined(separator: ";")
      }
    }
  }

  /// Reads a table; lines without a number are passed over.
  public static func read(_ bytes: [UInt8]) -> RFCCatalogue {
    var fields: [Int: Field] = [:]
    var pages: Int?
    var isFirst = true
    var entries: [RFCEntry] = []
    for line in String(decoding: bytes, as: UTF8.self).utf8.split(separator: ASCII.lf) where line.first != 0x23 {
      let cells = line.split(separator: ASCII.tab, omittingEmptySubsequences: false).map { Substring($0) }
      if isFirst {
        isFirst = false
        for (place, name) in cells.enumerated() {
          if name == "pages" { pages = place }
          fields[place] = columns.first { $0.name == name }?.field
        }
        continue
      }
      guard let number = cells.first.flatMap({ RFCEntry.number($0) }) else { continue }
      var entry = RFCEntry(number)
      for (place, cell) in cells.enumerated() where !cell.isEmpty { fields[place]?.read(cell, into: &entry) }
      if let pages, pages < cells.count { entry.pages = Int(cells[pages]) }
      entries.append(entry)
    }
    return RFCCatalogue(entries)
  }

  /// Gives the table of a catalogue.
  public static func write(_ catalogue: RFCCatalogue) -> [UInt8] {
    var text = (["number"] + columns.map(\.name) + ["pages"]).joined(separator: "\t") + "\n"
    for entry in catalogue.entries {
      let cells = [String(entry.number)] + columns.map { $0.field.write(entry) } + [entry.pages.map(String.init) ?? ""]
      text += cells.joined(separator: "\t") + "\n"
    }
    return Array(text.utf8)
  }

  /// Gives the text with single spaces for all white space, so that it stays in its cell.
  private static func plain(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 }) else { return text }
    return text.utf8.split { $0 <= 0x20 }.map { String(Substring($0)) }.joined(separator: " ")
  }
}
