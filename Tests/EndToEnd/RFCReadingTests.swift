import TestSupport
import Testing

/// An RFC at the prompt: in the pager, without what only paper needs, and with Tab for its number.
@Suite struct RFCReadingTests {
  private static let mirror = "RFC_DIR=\(Tree.root)/Tests/RFC/mirror"

  /// In tmux(1), a terminal that others wrote, with less(1) as the pager.
  @Test func inThePagerOfATerminal() throws {
    let folder = try Folder()
    let screen = try Screen(
      columns: 76, rows: 12, environment: [Self.mirror, "XDG_CACHE_HOME=\(folder.path)", "PAGER=less", "LESS="])
    #expect(screen.shows("nsh>"))
    screen.type("rfc 90001\r")
    // less stands at the top of the document, which has more rows than the window.
    #expect(screen.shows("                              Crossings", "", "Status of this Memo", "", ":"))
    screen.type("/the page, so\r")
    // What the page break had cut is one paragraph, without header and footer in between.
    #expect(
      screen.shows(
        "   the page, so that a reader has to put both halves together.", "", "2.  Tidings", "", "2.1.  Syntax", "",
        "   A tiding is a line:", "", "      tiding    = sender SP recipient SP text CRLF ; one line",
        "      sender    = name", "      recipient = name / \"all\"", ":"))
    screen.type("q")
    #expect(screen.shows("nsh>"))
    // Into a pipe it is what was served, page breaks and all.
    screen.type("rfc 90001 | len\r")
    #expect(screen.shows("nsh> rfc 90001 | len", "3265", "nsh>"))
  }

  /// Other values of a script are not paged; a document is there to be read.
  @Test func inThePagerFromACommandLine() throws {
    let folder = try Folder()
    let environment =
      Child.environment + [Self.mirror, "XDG_CACHE_HOME=\(folder.path)", "PAGER=sed s/^/paged:/"]
    let terminal = try Terminal("-c", "1..40 | sort; rfc 90001", rows: 10, environment: environment)
    #expect(terminal.shows("\n40\r\n"))
    #expect(terminal.shows("paged:2.1.  Syntax\r\n"))
    #expect(terminal.child.wait(seconds: 30) == 0)
    #expect(!String(decoding: terminal.screen, as: UTF8.self).contains("paged:40"))
  }

  @Test func completionKnowsNumbersAndTerms() throws {
    let terminal = try Terminal("--no-config")
    try #require(terminal.shows("nsh> "))
    #expect(terminal.answers("rfc info 9112\u{9}--offline | get title", "HTTP/1.1"))
    #expect(terminal.answers("rfc for Content-Le\u{9}| get section", "8.6"))
  }
}
