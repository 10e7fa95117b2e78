import Interpreter
import Testing

@testable import Terminal

@Suite struct ThemeTests {
  private func shown(_ theme: Theme, _ role: Role) -> String {
    var text = StyledText(theme: theme)
    text.add("x", role)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  @Test func themesDiffer() {
    #expect(shown(.dark, .number) == "\u{1b}[33mx\u{1b}[0m")
    #expect(shown(.light, .number) == "\u{1b}[35mx\u{1b}[0m")
    #expect(shown(.mono, .number) == "x")
    #expect(shown(.mono, .error) == "\u{1b}[1;7mx\u{1b}[0m")
    for role in Role.allCases { #expect(shown(.none, role) == "x") }
  }

  /// Bright and yellow letters cannot be read on white, nor blue ones of the sixteen on black in bold alone.
  @Test func lightHasNoYellowAndNoBrightLetters() {
    for role in Role.allCases {
      let parameters = (Theme.light.graphicRendition(of: role) ?? "").split(separator: ";")
      #expect(!parameters.contains { ["33", "93", "97", "37"].contains($0) })
    }
  }

  @Test(arguments: [("15;0", Theme.dark), ("0;15", .light), ("0;default;15", .light), ("7;8", .dark), ("x", .dark)])
  func theTerminalTellsItsBackground(_ variable: String, _ theme: Theme) {
    #expect(Theme.fitting(colorFGBG: variable) == theme)
  }

  @Test func whereColoursAreForbiddenNoThemeBringsThem() throws {
    let (never, always) = (Capture(color: .never), Capture(color: .always))
    for capture in [never, always] {
      capture.console.theme = .light
      var text = capture.console.text()
      text.add("x", .number)
      try capture.console.print(text)
    }
    #expect(try never.outputText() == "x")
    #expect(try always.outputText() == "\u{1b}[35mx\u{1b}[0m")
  }
}
