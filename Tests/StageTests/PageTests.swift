import Interpreter
import Stage
import TestSupport
import Testing

/// Pages in HTML and Markdown.
struct PageTests {
  private func page(_ text: String, _ results: [StatementResult], wire: WirePart? = nil) -> Page {
    Page(talk: talk(text), results: results, wires: results.map { _ in wire }, colophon: "Made <today>")
  }

  private let script =
    "## A <b> & c\n# See `x < y` and https://example.test/a?b=1&c, **now**.\n# - one\n# - two\nprint '<script>'\nlast"

  private var whole: Page {
    let table = Value.list([.record(Record(["name": .string("<i>"), "n": .int(1)]))])
    let inner = Value.record(Record(["rows": table, "raw": .bytes([0xFF, 0])]))
    let wire = WirePart(
      summary: "on the wire: 1 step", steps: [Record(["step": .string("send")])], dump: "00000000  3c |<|")
    return page(
      script,
      [
        StatementResult(.done, [.value(.string("</pre>\u{1b}[31m<script>")), .value(table), .value(inner)]),
        StatementResult(.failed, [.note("no")]),
      ], wire: wire)
  }

  /// Python's parser sees the elements that were meant, closed in order, and none that a value brought.
  @Test func htmlIsWellFormedAndNothingLeaksIntoIt() throws {
    let html = HTMLPage.text(whole)
    let found = try Python.run(
      """
      import sys, collections
      from html.parser import HTMLParser
      class P(HTMLParser):
        def __init__(self): super().__init__(); self.open = []; self.seen = collections.Counter(); self.bad = []
        def handle_starttag(self, tag, attrs):
          self.seen[tag] += 1
          for name, value in attrs:
            if name in ('src', 'onload') or (name == 'href' and not value.startswith(('#', 'https://example.test/a?b=1&c'))): self.bad.append(value)
          if tag not in ('meta', 'br'): self.open.append(tag)
        def handle_endtag(self, tag):
          if not self.open or self.open.pop() != tag: self.bad.append('/' + tag)
      p = P(); p.feed(sys.stdin.read()); p.close()
      print(p.bad, p.open, p.seen['script'], p.seen['i'], p.seen['table'], p.seen['details'], p.seen['li'], p.seen['section'], p.seen['link'])
      """, input: Array(html.utf8))
    #expect(String(decoding: found, as: UTF8.self) == "[] [] 0 0 5 4 2 2 0\n")
    #expect(html.contains("<code>x &lt; y</code>") && html.contains("<strong>now</strong>"))
    #expect(html.contains("&lt;/pre&gt;\\x1b[31m&lt;script&gt;"))
    #expect(!html.contains("\u{1b}"))
    #expect(html.contains("<h1>A &lt;b&gt; &amp; c</h1>") && html.contains("Made &lt;today&gt;"))
    #expect(html.contains("prefers-color-scheme: dark"))
  }

  @Test func markdownFencesWhatHasFences() {
    let text = MarkdownPage.text(
      page("# Told.\n#\n#   a drawing\nprint 1", [StatementResult(.done, [.value(.string("```` four"))])]))
    #expect(
      text == """
        # talk

        Told.

        ```
        a drawing
        ```

        ```nsh
        print 1
        ```

        `````text
        ```` four
        `````

        ---

        Made <today>

        """)
  }

  @Test func markdownFoldsTheWire() {
    let text = MarkdownPage.text(whole)
    #expect(
      text.contains("<details><summary>on the wire: 1 step</summary>\n\n```text\nstep\nsend\n\n00000000  3c |<|\n```"))
    #expect(text.hasPrefix("# A <b> & c\n") && text.contains("- one\n- two\n") && text.contains("*failed, status 0*"))
  }

  @Test func whatWasNotRunSaysSo() {
    let page = page("print 1\nprint 2", [StatementResult(.failed), StatementResult()])
    #expect(HTMLPage.text(page).contains("<p class=\"remark\">not run</p>"))
    #expect(MarkdownPage.text(page).contains("*not run*"))
  }
}
