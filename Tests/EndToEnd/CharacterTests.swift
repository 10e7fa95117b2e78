import Glibc
import Testing
import TestSupport

@testable import nsh

/// Characters of several scalars in the line that is edited, on the screen of tmux.
@Suite struct CharacterTests {
  private let accent = "e\u{301}"
  private let coder = "\u{1F469}\u{200D}\u{1F4BB}"
  private let flag = "\u{1F1E9}\u{1F1EA}"
  private let hangul = "\u{1112}\u{1161}\u{11AB}"

  private func prompt(columns: Int = 80) throws -> Screen {
    let screen = try Screen(columns: columns)
    try #require(screen.shows("nsh>", cursor: 5))
    return screen
  }

  @Test func eachIsOneCellForTheCursor() throws {
    let screen = try prompt()
    screen.send("print '\(accent)|\(coder)|\(flag)|\(hangul)|x'")
    #expect(screen.shows("nsh> print '\(accent)|\(coder)|\(flag)|\(hangul)|x'", cursor: 25))
    screen.send("\u{1}" + String(repeating: "\u{6}", count: 10) + "Z")
    #expect(screen.shows("nsh> print '\(accent)|\(coder)Z|\(flag)|\(hangul)|x'", cursor: 17))
    screen.send("\u{7f}\u{7f}")
    #expect(screen.shows("nsh> print '\(accent)||\(flag)|\(hangul)|x'", cursor: 14))
    // Deleted to the right, killed, and brought back.
    screen.send("\u{6}\u{4}\u{5}\u{2}\u{2}\u{2}\u{2}\u{b}")
    #expect(screen.shows("nsh> print '\(accent)|||", cursor: 16))
    screen.send("\u{1}\u{19}")
    #expect(screen.shows("nsh> \(hangul)|x'print '\(accent)|||", cursor: 10))
  }

  @Test func aMarkTypedLaterJoinsTheCharacterBeforeIt() throws {
    let screen = try prompt()
    for part in ["print 'e", "\u{301}", "\u{308}", "\u{1F469}", "\u{200D}", "\u{1F4BB}", "\u{1F1E9}", "\u{1F1EA}"] {
      screen.send(part)
      usleep(30_000)
    }
    let text = "\(accent)\u{308}\(coder)\(flag)"
    #expect(screen.shows("nsh> print '\(text)", cursor: 17))
    screen.send("'\r")
    #expect(screen.shows(text, "nsh>", cursor: 5))
    screen.send("\u{10}\u{2}\u{7f}\u{7f}")
    #expect(screen.shows("nsh> print '\(accent)\u{308}'", cursor: 13))
  }

  @Test func historyAndSearchHaveThem() throws {
    let screen = try prompt()
    screen.send("print '\(flag)\(accent)'\r")
    #expect(screen.shows("\(flag)\(accent)", "nsh>", cursor: 5))
    screen.send("print other\r")
    #expect(screen.shows("other", "nsh>", cursor: 5))
    screen.send("\u{12}\(flag)")
    #expect(screen.shows("nsh> print '\(flag)\(accent)'", "bck:\(flag)"))
    screen.send("\u{1b}")
    usleep(100_000)
    screen.send("\r")
    #expect(screen.shows("\(flag)\(accent)", "nsh>", cursor: 5))
    screen.send("\u{10}\u{10}\u{10}")
    #expect(screen.shows("nsh> print '\(flag)\(accent)'", cursor: 16))
  }

  /// U+4E09 ends with the byte of Tab, for which libedit's search would take it.
  @Test func searchTakesNoCharacterForAKey() throws {
    let screen = try prompt()
    screen.send("print '\u{4E09}\u{65E5}'\r")
    #expect(screen.shows("\u{4E09}\u{65E5}", "nsh>", cursor: 5))
    screen.send("\u{12}\u{4E09}\u{65E5}")
    #expect(screen.shows("nsh> print '\u{4E09}\u{65E5}'", "bck:\u{4E09}\u{65E5}"))
    screen.send("\u{1b}")
    usleep(100_000)
    screen.send("\r")
    #expect(screen.shows("\u{4E09}\u{65E5}", "nsh>", cursor: 5))
  }

  /// A mark typed by itself is searched for like any other character; libedit knows nothing that it could join.
  @Test func aMarkAloneDoesNotEndTheSearch() throws {
    let screen = try prompt()
    screen.send("print 'ab'\r")
    #expect(screen.shows("ab", "nsh>", cursor: 5))
    screen.send("\u{12}a")
    #expect(screen.shows("nsh> print 'ab'", "bck:a"))
    screen.send("\u{301}")
    #expect(screen.shows("nsh> print 'ab'", "bck?a\u{25CC}\u{301}"))
    screen.send("\u{7f}b")
    #expect(screen.shows("nsh> print 'ab'", "bck:ab"))
  }

  @Test func theyWrapWithTheWindow() throws {
    let screen = try prompt()
    let cells = String(repeating: coder, count: 14)
    screen.send("print '\(cells)")
    #expect(screen.shows("nsh> print '\(cells)", cursor: 40))
    screen.resize(columns: 21)
    // A wide one does not begin in the last column.
    let first = String(repeating: coder, count: 4)
    #expect(screen.shows("nsh> print '\(first)", String(repeating: coder, count: 10), cursor: 20))
    screen.send("\u{1}\u{4}")
    #expect(screen.shows("nsh> rint '\(first)\(coder)", String(repeating: coder, count: 9), cursor: 5))
    screen.resize(columns: 60)
    #expect(screen.shows("nsh> rint '\(cells)", cursor: 5))
  }

  @Test func whatJoinsNothingIsSeen() throws {
    let screen = try prompt()
    screen.send("print '\u{202E}\u{200B}'")
    #expect(screen.shows("nsh> print '\u{25CC}\u{25CC}'", cursor: 15))
  }

  @Test func aTerminalThatDrawsThePartsApartIsBelieved() throws {
    let terminal = try Terminal()
    try #require(terminal.shows("nsh> "))
    terminal.type("print '\(coder)")
    #expect(terminal.shows("\u{1b}[6n"))
    #expect(terminal.shows("\u{1b}[6n"))
    #expect(terminal.shows("\u{1b}[6n"))
    terminal.type("\u{1b}[1;5R\u{1b}[1;5R\u{1b}[1;2R")
    #expect(terminal.answers("\u{7f}|'", "\u{1F469}\u{200D}|"))
  }

  @Test func aReportThatComesTooLateIsNotTyped() throws {
    let terminal = try Terminal()
    try #require(terminal.shows("nsh> "))
    terminal.type("print '\(coder)")
    usleep(1_000_000)
    #expect(terminal.answers("\u{1b}[1;5R\u{1b}[1;5R\u{1b}[1;2R|'", "\(coder)|"))
  }

  @Test func whateverIsEncodedIsDecoded() {
    var random = SeededRandom(seed: 4)
    let pool: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0x300...0x36F, 0x900...0x97F, 0x1100...0x11FF, 0x200B...0x200F, 0x4E00...0x4E10, 0xFE0F...0xFE0F,
      0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF, 0x1F466...0x1F469, 0x30000...0x30005, 0xF0000...0xF0005, 0xA...0xA,
    ]
    let standIns = StandIns()
    for _ in 0..<2_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let range = pool.randomElement(using: &random) ?? 0x20...0x7E
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) { text.append(scalar) }
      }
      let encoded = standIns.encode(String(text))
      #expect(standIns.decode(encoded.utf8).unicodeScalars.elementsEqual(text))
      #expect(encoded.unicodeScalars.count <= text.count)
    }
  }
}
