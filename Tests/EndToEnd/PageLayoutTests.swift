import TestSupport
import Testing

/// Pages of `nsh export` as readers have them: in windows of several widths, and of every lesson and example.
@Suite struct PageLayoutTests {
  /// The lessons with what they walk where there are no networks, and the examples.
  private static let scripts = ["share/nsh/lessons", "examples"].flatMap { folder in
    ((try? Tree.files(below: folder, ending: ".nsh")) ?? []).filter { !$0.contains("/exercises/") }
  }

  @Test func thereAreLessonsAndExamples() { #expect(Self.scripts.count > 25) }

  /// It needs no network, and its elements are closed in order.
  @Test(arguments: scripts) func everyLessonAndExampleIsExported(_ script: String) throws {
    let folder = try Folder()
    let (html, markdown) = (folder.path + "/page.html", folder.path + "/page.md")
    for (form, file) in [("--html", html), ("--markdown", markdown)] {
      let run = try Run("export", form, "--output", file, "\(Tree.root)/\(script)")
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    }
    let found = try Python.run(
      """
      import subprocess
      from html.parser import HTMLParser
      class P(HTMLParser):
        def __init__(self): super().__init__(); self.open = []; self.bad = []; self.main = 0
        def handle_starttag(self, tag, attrs):
          self.main += tag == 'main'
          for name, value in attrs:
            if name in ('src', 'srcset', 'style') or name.startswith('on'): self.bad.append((name, value))
          if tag in ('script', 'link', 'img', 'iframe'): self.bad.append(tag)
          if tag not in ('meta', 'br'): self.open.append(tag)
        def handle_endtag(self, tag):
          if not self.open or self.open.pop() != tag: self.bad.append('/' + tag)
      text = open('\(html)', encoding='utf-8').read()
      p = P(); p.feed(text); p.close()
      markdown = open('\(markdown)', encoding='utf-8').read()
      seen = subprocess.run(['cmark-gfm', '--unsafe', '-e', 'table'], input=markdown, capture_output=True, text=True, check=True).stdout
      # Every statement of the one page is in the other, and each fold is closed again. (What a job does counts to the statement
      # that runs meanwhile, so that two runs may not have the same number of folds.)
      print(p.bad, p.open, p.main, 'url(' in text, '@import' in text, text.count('<pre class="code"') == seen.count('language-nsh'),
        seen.count('<details>') == seen.count('</details>'),
        bool(text.count('<details class')) == bool(seen.count('<details>')))
      """, input: [])
    #expect(String(decoding: found, as: UTF8.self) == "[] [] 1 False False True True True\n")
  }

  /// Nothing but what scrolls by itself is wider than the window.
  @Test func noWindowIsTooNarrow() throws {
    let folder = try Folder()
    let long = String(repeating: "long", count: 60)
    try folder.write(
      "talk.nsh",
      """
      ## A heading \(long)
      # Told with `\(long)` and https://example.test/\(long) and \(long).
      # - item \(long)
      #
      #   drawing \(long)
      print '\(long)'
      [{name: '\(long)', note: 'many words that can be folded in a cell of a table', n: 123456789012345678901234567890}]
      {name: '\(long)', inner: {a: '\(long)'}}
      0x[\(String(repeating: "00ff", count: 40))]
      let l = tcp listen 127.0.0.1:0
      let c = tcp connect $l.local
      send $c '\(long)'
      ## Two
      ## Three
      fail '\(long)'
      """)
    let run = try Run("export", "--html", "--output", "\(folder.path)/page.html", "\(folder.path)/talk.nsh")
    #expect(run.status == 1)
    // The page in frames of some widths; each tells the frame around it of what is wider than it should be.
    let page = Folder.text("\(folder.path)/page.html") ?? ""
    let widths = [320, 400, 700, 1400]
    try folder.write(
      "measured.html",
      page.replacing(
        "</body>",
        with: """
          <script>
          document.querySelectorAll('details').forEach(d => d.open = true);
          const window_width = document.documentElement.clientWidth;
          const wide = [...document.querySelectorAll('main *')].filter(e => !e.parentElement.closest('.wide, pre')
            && e.getBoundingClientRect().right > window_width + 1).map(e => e.tagName);
          parent.postMessage('frame ' + innerWidth + ': ' + (document.documentElement.scrollWidth <= window_width) + wide + '.', '*');
          </script></body>
          """))
    try folder.write(
      "frames.html",
      "<pre id=o></pre><script>onmessage = e => { o.textContent += e.data + '\\n' }</script>"
        + widths.map { "<iframe src=measured.html width=\($0) height=600></iframe>" }.joined())
    let dom = try Run(
      words: [
        "timeout", "-s", "KILL", "60", "chromium", "--headless", "--no-sandbox", "--disable-gpu",
        "--allow-file-access-from-files", "--virtual-time-budget=20000", "--user-data-dir=\(folder.path)/profile",
        "--dump-dom", "file://\(folder.path)/frames.html",
      ], environment: Child.environment.filter { !$0.hasPrefix("HOME=") } + ["HOME=\(folder.path)"]
    ).output
    for width in widths { #expect(dom.contains("frame \(width): true."), "\(width): \(dom.prefix(600))") }
  }
}
