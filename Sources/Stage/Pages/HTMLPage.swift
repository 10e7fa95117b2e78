import Interpreter
import Syntax
import Wire

/// The page as one HTML file that needs nothing else: its style is in it, it has no script, and it asks the network for nothing.
public struct HTMLPage {
  private let page: Page
  private var html = ""

  /// Gives the whole file.
  public static func text(_ page: Page) -> String {
    var writer = HTMLPage(page)
    writer.writePage()
    return writer.html
  }

  private init(_ page: Page) { self.page = page }

  private mutating func line(_ text: String) { html += text + "\n" }

  private mutating func writePage() {
    line("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")
    line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
    line("<meta name=\"color-scheme\" content=\"light dark\">")
    line(
      "<title>\(HTMLEscaping.escape(page.talk.title))</title>\n<style>\n\(HTMLStyle.text)</style>\n</head>\n<body>\n<main>"
    )
    line("<h1>\(HTMLText.prose(page.talk.title))</h1>")
    let headings = page.talk.headings
    // The first heading may be the title.
    let hasTitleSlide = headings.first.map { $0.halt == 0 } ?? false
    if headings.count > 2 { writeContents(Array(headings.dropFirst(hasTitleSlide ? 1 : 0))) }
    var number = 0
    for slide in page.talk.slides {
      if slide.opensSection, let heading = slide.heading {
        number += 1
        if number > 1 || !hasTitleSlide { write(heading, number) }
      }
      for paragraphs in slide.narration.lists { write(paragraphs) }
      for statement in slide.statements { write(statement) }
    }
    line("</main>\n<footer>\(HTMLEscaping.escape(page.colophon))</footer>\n</body>\n</html>")
  }

  private mutating func writeContents(_ headings: [(heading: Heading, halt: Int)]) {
    line("<nav aria-label=\"Contents\"><ol>")
    let all = page.talk.headings.map(\.halt)
    for (heading, halt) in headings {
      let number = (all.firstIndex(of: halt) ?? 0) + 1
      line("<li><a href=\"#s\(number)\">\(HTMLEscaping.escape(heading.text))</a></li>")
    }
    line("</ol></nav>")
  }

  private mutating func write(_ heading: Heading, _ number: Int) {
    let level = min(heading.level + 1, 6)
    line("<h\(level) id=\"s\(number)\">\(HTMLText.prose(heading.text))</h\(level)>")
  }

  // MARK: Narration

  private mutating func write(_ paragraphs: [Paragraph]) {
    guard case .item(let mark, _)? = paragraphs.first else {
      for paragraph in paragraphs {
        switch paragraph {
        case .text(let text): line("<p>\(HTMLText.prose(text))</p>")
        case .verbatim(let lines):
          let drawing = lines.joined(separator: "\n")
          line("<pre class=\"drawing\"\(Self.focus(for: drawing))>\(HTMLEscaping.escape(drawing))</pre>")
        case .item: break
        }
      }
      return
    }
    let isNumbered = mark != "-" && mark != "*"
    let first = isNumbered ? Int(mark.dropLast()) ?? 1 : 1
    line(isNumbered ? "<ol\(first == 1 ? "" : " start=\"\(first)\"")>" : "<ul>")
    for case .item(_, let text) in paragraphs { line("<li>\(HTMLText.prose(text))</li>") }
    line(isNumbered ? "</ol>" : "</ul>")
  }

  // MARK: Statements

  private mutating func write(_ number: Int) {
    let result = page.results[number]
    let kind = result.state == .failed ? " failed" : result.state == .waiting ? " waiting" : ""
    line("<section class=\"step\(kind)\">")
    line("<pre class=\"code\"><code>\(HTMLEscaping.escape(page.talk.statements[number].text))</code></pre>")
    if let remark = result.remark { line("<p class=\"remark\">\(HTMLEscaping.escape(remark))</p>") }
    for printed in result.printed { write(printed) }
    if result.dropped > 0 { line("<p class=\"remark\">… \(result.dropped) more that are not shown</p>") }
    if let wire = page.wires[number] { write(wire) }
    line("</section>")
  }

  private mutating func write(_ printed: Printed) {
    switch printed {
    case .value(let value): write(value, printed)
    case .items(let items): write(.list(List(items)), printed)
    case .report: pre("report", printed)
    case .note: pre("note", printed)
    case .bytes: pre("result", printed)
    }
  }

  private mutating func write(_ value: Value, _ printed: Printed) {
    switch value {
    case .null: return
    case .list(let list) where list.count <= Printed.itemLimit:
      guard let columns = Table.columns(of: list) else { return pre("result", printed) }
      write(columns, list.compactMap { if case .record(let row) = $0 { row } else { nil } })
    case .record(let record) where record.face == nil: write(record)
    case .resource(let resource): write(resource.fields)
    default: pre("result", printed)
    }
  }

  private mutating func pre(_ kind: String, _ printed: Printed) {
    let text = printed.plain(columns: Page.columns)
    line("<pre class=\"\(kind)\"\(Self.focus(for: text))>\(HTMLEscaping.escape(text))</pre>")
  }

  /// What a small window scrolls must be reached by keys, too (WCAG 2.2, 2.1.1).
  private static func focus(for text: String) -> String {
    text.split(separator: "\n").contains { $0.utf8.count > 40 } ? " tabindex=\"0\"" : ""
  }

  private mutating func write(_ columns: [String], _ rows: [Record]) {
    line("<div class=\"wide\" tabindex=\"0\">\(table(columns, rows, level: 0))</div>")
  }

  private mutating func write(_ record: Record) {
    guard !record.isEmpty else { return line("<pre class=\"result\">{}</pre>") }
    line("<div class=\"wide\" tabindex=\"0\">\(table(record, level: 0))</div>")
  }

  private func table(_ columns: [String], _ rows: [Record], level: Int) -> String {
    let head = columns.map { "<th scope=\"col\">\(cell(.string($0)))</th>" }.joined()
    let body = rows.map { row in "<tr>\(columns.map { data(row[$0] ?? .null, level) }.joined())</tr>" }
    return "<table><thead><tr>\(head)</tr></thead><tbody>\n\(body.joined(separator: "\n"))</tbody></table>"
  }

  private func table(_ record: Record, level: Int) -> String {
    let body = record.pairs.map { "<tr><th scope=\"row\">\(cell(.string($0.name)))</th>\(data($0.value, level))</tr>" }
    return "<table class=\"record\"><tbody>\n\(body.joined(separator: "\n"))</tbody></table>"
  }

  /// How deep tables stand in each other; what is deeper is on one line.
  private static let nesting = 3

  private func data(_ value: Value, _ level: Int) -> String {
    switch value {
    case .int, .big, .float, .size, .duration: return "<td class=\"number\">\(cell(value))</td>"
    case .record(let record) where level < Self.nesting && !record.isEmpty:
      return "<td>\(table(record, level: level + 1))</td>"
    case .list(let list) where level < Self.nesting && list.count <= Printed.itemLimit:
      guard let columns = Table.columns(of: list) else { break }
      let rows = list.compactMap { if case .record(let row) = $0 { row } else { nil } }
      return "<td>\(table(columns, rows, level: level + 1))</td>"
    default: break
    }
    return "<td>\(cell(value))</td>"
  }

  /// Gives a value as HTML on one line, or on several where its text has them.
  private func cell(_ value: Value) -> String {
    if case .bytes(let bytes) = value, String(validating: bytes, as: UTF8.self) == nil {
      return "<code>\(bytes.prefix(64).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " "))"
        + (bytes.count > 64 ? " … (\(bytes.count) bytes)</code>" : "</code>")
    }
    // Only NaN and a stream that fails have no text.
    let text = (try? PlainText.cell(value)) ?? value.described
    let limit = 4_000
    let shown = text.utf8.count > limit ? String(text.prefix(limit)) + "…" : text
    return HTMLEscaping.escape(SafeText.escaping(shown, .lines)).replacing("\n", with: "<br>")
  }

  // MARK: The wire

  private mutating func write(_ wire: WirePart) {
    line("<details class=\"wire\"><summary>\(HTMLEscaping.escape(wire.summary))</summary>")
    if let first = wire.steps.first { write(first.names, wire.steps) }
    if !wire.dump.isEmpty {
      line("<details><summary>the bytes</summary><pre tabindex=\"0\">\(HTMLEscaping.escape(wire.dump))</pre></details>")
    }
    line("</details>")
  }
}

extension [Paragraph] {
  /// The paragraphs in groups: items of one list together, every other one alone.
  fileprivate var lists: [[Paragraph]] {
    reduce(into: []) { groups, paragraph in
      if case .item(let mark, _) = paragraph, case .item(let before, _)? = groups.last?.first,
        (mark.last == ".") == (before.last == ".")
      {
        groups[groups.count - 1].append(paragraph)
      } else {
        groups.append([paragraph])
      }
    }
  }
}
