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

        Made \\<today>

        """)
  }

  /// GitHub's own reader of Markdown sees the headings, paragraphs, items and words that the page in HTML has.
  @Test func markdownSaysWhatHTMLSays() throws {
    let page = page(
      """
      ## List<Int> & *stars* of a_b_ [x](y) `code <b>` #
      # Text with <script>alert(1)</script>, snake_case, a * b * c, _under_, [link](/x), ~~no~~, back\\slash, &amp; $x$ and
      # `code *x*`, **strong words**, https://example.test/a_b_c?d=*e*. And ** open, and ` open.
      #
      # + no item
      #
      # > no quotation
      #
      # 1) no number
      #
      # # no heading
      #
      # ===
      #
      # ---
      #
      # ``` no fence
      # - item <i>
      # - `x
      # 10. ten
      print 1
      """, [StatementResult(.done, [.value(.string("~~~\n```\n</details>"))])])
    let found = try Python.run(
      """
      import subprocess, sys
      from html.parser import HTMLParser
      class P(HTMLParser):
        def __init__(self): super().__init__(); self.all = []; self.tag = None
        def handle_starttag(self, tag, attrs):
          if tag in ('h1', 'h2', 'p', 'li', 'em', 'strong', 'del', 'a', 'code', 'script', 'i', 'b'): self.all.append([tag, ''])
        def handle_data(self, data):
          if self.all: self.all[-1][1] += data.strip()
      def parts(html):
        p = P(); p.feed(html); p.close(); return p.all
      html, markdown = sys.stdin.read().split('\\0')
      options = '-e table -e strikethrough -e autolink --unsafe'.split()
      seen = subprocess.run(['cmark-gfm'] + options, input=markdown, capture_output=True, text=True, check=True).stdout
      html = html[html.index('<h1'):html.index('<section')]
      seen = seen[:seen.index('<pre>')]
      print(len(parts(html)), parts(html) == parts(seen), '' if parts(html) == parts(seen) else (parts(html), parts(seen)))
      """, input: Array((HTMLPage.text(page) + "\0" + MarkdownPage.text(page)).utf8))
    #expect(String(decoding: found, as: UTF8.self) == "16 True \n")
  }

  /// Every colour of text stands out from every paper on which it may be, by the formula of WCAG 2.2 (1.4.3), light and dark.
  @Test func coloursCanBeRead() throws {
    let found = try Python.run(
      """
      import re, sys
      style = re.search('<style>(.*?)</style>', sys.stdin.read(), re.S).group(1)
      light, dark = [dict(re.findall(r'--(\\w+): (#[0-9a-f]{6})', part)) for part in style.split('prefers-color-scheme: dark')]
      assert len(light) == len(dark) == 9, (light, dark)
      assert 'opacity' not in style and not re.search('[^-]color: *#', style.split('* {')[1])
      def luminance(colour):
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      inks = set(re.findall(r'[^-]color: var\\(--(\\w+)\\)', style)) | {'ink'}
      papers = set(re.findall(r'background: var\\(--(\\w+)\\)', style))
      for scheme in (light, dark):
        for ink in inks:
          for paper in papers - ({'badpaper'} if ink != 'bad' else set()):
            high, low = sorted([luminance(scheme[ink]), luminance(scheme[paper])], reverse=True)
            ratio = (high + 0.05) / (low + 0.05)
            if ratio < 4.5: print(ink, 'on', paper, round(ratio, 2))
      print(len(inks), len(papers))
      """, input: Array(HTMLPage.text(whole).utf8))
    #expect(String(decoding: found, as: UTF8.self) == "5 3\n")
  }

  @Test func markdownFoldsTheWire() {
    let text = MarkdownPage.text(whole)
    #expect(
      text.contains("<details><summary>on the wire: 1 step</summary>\n\n```text\nstep\nsend\n\n00000000  3c |<|\n```"))
    #expect(
      text.hasPrefix("# A \\<b> \\& c\n") && text.contains("- one\n- two\n") && text.contains("*failed, status 0*"))
  }

  @Test func whatWasNotRunSaysSo() {
    let page = page("print 1\nprint 2", [StatementResult(.failed), StatementResult()])
    #expect(HTMLPage.text(page).contains("<p class=\"remark\">not run</p>"))
    #expect(MarkdownPage.text(page).contains("*not run*"))
  }
}
