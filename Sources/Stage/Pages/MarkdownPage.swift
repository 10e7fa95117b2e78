import Interpreter
import Syntax
import Wire

/// The page as Markdown (CommonMark, with the `<details>` that its HTML blocks allow for what is folded).
public struct MarkdownPage {
  private let page: Page
  private var text = ""

  /// Gives the whole file.
  public static func text(_ page: Page) -> String {
    var writer = MarkdownPage(page)
    writer.writePage()
    return writer.text
  }

  private init(_ page: Page) { self.page = page }

  private mutating func line(_ line: String = "") { text += line + "\n" }

  private mutating func writePage() {
    // The first heading may be the title.
    var hasTitle = page.talk.headings.first?.halt != 0
    if hasTitle {
      line("# " + MarkdownText.heading(page.talk.title))
      line()
    }
    for slide in page.talk.slides {
      if slide.opensSection, let heading = slide.heading {
        let level = hasTitle ? min(heading.level + 1, 6) : 1
        hasTitle = true
        line(String(repeating: "#", count: level) + " " + MarkdownText.heading(heading.text))
        line()
      }
      for (number, paragraph) in slide.narration.enumerated() {
        write(paragraph)
        // Items of one list stand below each other.
        if case .item = paragraph, case .item? = slide.narration.dropFirst(number + 1).first { continue }
        line()
      }
      for statement in slide.statements { write(statement) }
    }
    line("---")
    line()
    line(MarkdownText.prose(page.colophon))
  }

  private mutating func write(_ paragraph: Paragraph) {
    switch paragraph {
    case .text(let words): line(MarkdownText.prose(words))
    case .item(let mark, let words): line("\(mark) \(MarkdownText.prose(words))")
    case .verbatim(let lines): fence(lines.joined(separator: "\n"))
    }
  }

  private mutating func write(_ number: Int) {
    let result = page.results[number]
    fence(page.talk.statements[number].text, "nsh")
    line()
    if let remark = result.remark {
      line("*\(remark)*")
      line()
    }
    var plain = result.printed.map { $0.plain(columns: Page.columns) }.joined()
    if result.dropped > 0 { plain += "… \(result.dropped) more that are not shown\n" }
    if !plain.isEmpty {
      fence(plain, "text")
      line()
    }
    guard let wire = page.wires[number] else { return }
    line("<details><summary>\(HTMLEscaping.escape(wire.summary))</summary>")
    line()
    fence(Printed.items(wire.steps.map { .record($0) }).plain(columns: 200) + "\n" + wire.dump, "text")
    line()
    line("</details>")
    line()
  }

  /// Writes a block of code between fences that are longer than any in it (CommonMark §4.5).
  private mutating func fence(_ code: String, _ language: String = "") {
    var (longest, run) = (0, 0)
    for character in code {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let mark = String(repeating: "`", count: max(3, longest + 1))
    line(mark + language)
    text += code
    if !code.hasSuffix("\n") { line() }
    line(mark)
  }
}
