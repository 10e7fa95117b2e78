import Glibc
import TestSupport
import Testing

/// What the stage writes: recordings that asciinema replays, pages that a browser shows.
@Suite struct StageFileTests {
  private let script = """
    ## A talk
    # Told here, with `code`.
    print first
    [{name: a, n: 1}, {name: b, n: 2}]
    ## The wire
    let l = tcp listen 127.0.0.1:0
    let c = tcp connect $l.local
    send line $c hello
    """

  @Test func asciinemaReplaysARecording() throws {
    let folder = try Folder()
    try folder.write("talk.nsh", script)
    let terminal = try Terminal(
      "demo", "--speed", "500", "--record", "\(folder.path)/talk.cast", "\(folder.path)/talk.nsh", columns: 80, rows: 24
    )
    #expect(terminal.shows("1/7"))
    #expect(Folder.text("\(folder.path)/talk.cast") == nil, "it has its name only when it is whole")
    terminal.type(" ")
    #expect(terminal.shows("2/7"))
    terminal.resize(columns: 90, rows: 30)
    #expect(terminal.shows("2/7"))
    terminal.type("i")
    #expect(terminal.shows("nsh> "))
    terminal.type("40 + 2\r")
    #expect(terminal.shows("42\r\n") && terminal.shows("nsh> "))
    terminal.type("resume\r")
    #expect(terminal.shows("2/7"))
    terminal.type("q")
    #expect(terminal.child.wait() == 0)
    let replay = try Terminal(
      words: ["asciinema", "cat", "\(folder.path)/talk.cast"],
      environment: Child.environment.filter { !$0.hasPrefix("HOME=") } + ["HOME=\(folder.path)"])
    for text in ["Told here", "1/7", "\u{276f} print first", "first", "2/7", "nsh> ", "42", "2/7"] {
      #expect(replay.shows(text, within: 20_000), "\(text)")
    }
    #expect(replay.child.wait() == 0)
    let cast = Folder.text("\(folder.path)/talk.cast") ?? ""
    #expect(cast.contains("\"r\", \"90x30\""))
    // A header with the size, then events with times that never go back.
    let shape = try Python.run(
      """
      import json, sys
      head, *events = [json.loads(line) for line in sys.stdin]
      times = [e[0] for e in events]
      print(head['version'], head['width'], head['height'], times == sorted(times), times[0] >= 0,
        all(len(e) == 3 and e[1] in 'or' and type(e[2]) is str for e in events))
      """, input: Array(cast.utf8))
    #expect(String(decoding: shape, as: UTF8.self) == "2 80 24 True True True\n")
  }

  @Test func aRecordingNeedsNoTerminalWhenItGoesOnByItself() throws {
    let folder = try Folder()
    try folder.write("talk.nsh", script + "\nfail 'at the end'")
    let run = try Run(
      "demo", "--auto", "--speed", "900", "--record", "\(folder.path)/talk.cast", "\(folder.path)/talk.nsh")
    #expect(run.status == 1 && run.output.isEmpty && run.errors.isEmpty)
    let cast = Folder.text("\(folder.path)/talk.cast") ?? ""
    #expect(cast.hasPrefix("{\"version\":2,\"width\":100,\"height\":30,") && cast.contains("8/8"))
    #expect(cast.contains("at the end"))
  }

  @Test(arguments: ["/dev/full", "/proc/none.cast"]) func whatCannotBeWrittenIsSaid(_ path: String) throws {
    let folder = try Folder()
    try folder.write("talk.nsh", script)
    let run = try Run("demo", "--auto", "--speed", "900", "--record", path, "\(folder.path)/talk.nsh")
    #expect(run.status == 1 && run.errors.contains("cannot write \(path)") && run.errors.contains("system"))
    let page = try Run("export", "--html", "--output", path, "\(folder.path)/talk.nsh")
    #expect(page.status == 1 && page.errors.contains("cannot write \(path)"))
  }

  /// A page as chromium sees it: its elements, and the colour of its paper in both schemes.
  @Test func aBrowserShowsThePage() throws {
    let folder = try Folder()
    try folder.write("talk.nsh", script + "\nprint '<script>document.title = 1</script>'")
    let page = "\(folder.path)/page.html"
    #expect(try Run("export", "--html", "\(folder.path)/talk.nsh", "--output", page).status == 0)
    func chromium(_ options: String...) throws -> Run {
      try Run(
        words: [
          "timeout", "-s", "KILL", "25", "chromium", "--headless", "--no-sandbox", "--disable-gpu",
          "--user-data-dir=\(folder.path)/profile", "--window-size=900,700",
        ] + options + ["file://\(page)"],
        environment: Child.environment.filter { !$0.hasPrefix("HOME=") } + ["HOME=\(folder.path)"])
    }
    let dom = try chromium("--dump-dom").output
    #expect(dom.contains("<title>A talk</title>") && dom.contains("<h1>A talk</h1>"))
    #expect(dom.contains("<h2 id=\"s2\">The wire</h2>") && dom.contains("<code>code</code>"))
    #expect(dom.contains("<td class=\"number\">2</td>"))
    #expect(dom.contains("1 step, 7 bytes sent, 0 received</summary>") && dom.contains("|hello..|"))
    #expect(dom.contains("&lt;script&gt;document.title = 1&lt;/script&gt;"))
    for (scheme, paper) in [("1", "253 253 251"), ("0", "20 23 27")] {
      let picture = "\(folder.path)/\(scheme).png"
      _ = try chromium("--blink-settings=preferredColorScheme=\(scheme)", "--screenshot=\(picture)")
      // The first pixel stands in the filtered data as it is (PNG §9.2), behind the byte that names the filter.
      let colour = try Python.run(
        """
        import sys, zlib
        data, at, body = open('\(picture)', 'rb').read(), 8, b''
        while at < len(data):
          size, kind = int.from_bytes(data[at:at+4], 'big'), data[at+4:at+8]
          if kind == b'IDAT': body += data[at+8:at+8+size]
          at += size + 12
        print(*zlib.decompress(body)[1:4])
        """, input: [])
      #expect(String(decoding: colour, as: UTF8.self) == paper + "\n", "scheme \(scheme)")
    }
  }

  @Test func aPageEndsWhereTheScriptFails() throws {
    let folder = try Folder()
    try folder.write("talk.nsh", "print one\nfail 'no'\nprint three")
    let run = try Run("export", "--markdown", "\(folder.path)/talk.nsh")
    #expect(run.status == 1 && run.errors.contains("error: no"))
    #expect(run.output.contains("*failed, status 1*") && run.output.contains("print three\n```\n\n*not run*"))
    let onwards = try Run("export", "--markdown", "--keep-going", "\(folder.path)/talk.nsh")
    #expect(onwards.status == 1 && onwards.output.contains("```text\nthree\n```"))
    #expect(try Run("export", "\(folder.path)/talk.nsh").status == 2)
    #expect(try Run("export", "--html", "--output", "/nonexistent/x", "\(folder.path)/talk.nsh").status == 1)
  }
}
