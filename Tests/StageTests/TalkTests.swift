import Stage
import Testing

/// From a script to slides.
struct TalkTests {
  @Test func commentsAreNarrationAndHeadingsOpenSections() {
    let talk = talk(
      """
      #!/usr/bin/env nsh
      ## Addresses
      # They name interfaces.
      let a = 192.0.2.1
      $a + 1  # the next one
      # And now
      # networks.

      ### Masks
      print 1; print 2
      """)
    #expect(talk.title == "Addresses")
    #expect(talk.statements.map(\.text) == ["let a = 192.0.2.1", "$a + 1  # the next one", "print 1", "print 2"])
    #expect(talk.statements.map(\.line) == [4, 5, 10, 10])
    #expect(talk.slides.map(\.statements) == [0..<2, 2..<2, 2..<4])
    #expect(talk.slides.map { $0.heading?.text } == ["Addresses", "Addresses", "Masks"])
    #expect(talk.slides.map(\.opensSection) == [true, false, true])
    #expect(talk.slides[1].narration == [.text("And now networks.")])
    #expect(talk.headings.map(\.halt) == [0, 4])
    #expect(talk.headings.map(\.heading.level) == [1, 2])
    #expect(talk.halts.map(\.statement) == [nil, 0, 1, nil, nil, 2, 3])
  }

  @Test func anEmptyLineBetweenCommentsIsAnotherSlide() {
    let talk = talk("# one\n#\n# still one\n\n# two\n\nprint 1\n\n\n# end")
    #expect(talk.slides.map(\.narration) == [[.text("one"), .text("still one")], [.text("two")], [.text("end")]])
    #expect(talk.slides.map(\.statements) == [0..<0, 0..<1, 1..<1])
    #expect(talk.title == "talk")
  }

  @Test func paragraphsItemsAndDrawings() {
    let talk = talk(
      "# Text that\n# goes on\n# - first\n#   and more\n# - second\n# 12. last\n#\n#   +--+\n#     |\n# Text.")
    #expect(
      talk.slides[0].narration == [
        .text("Text that goes on"), .item(mark: "-", "first and more"), .item(mark: "-", "second"),
        .item(mark: "12.", "last"), .verbatim(["+--+", "  |"]), .text("Text."),
      ])
  }

  @Test func statementsOfSeveralLinesStayWholeWithTheirComments() {
    let talk = talk("# The server.\ndef serve [] {\n  # inside\n  print 1\n}\n[1 2 3] |\n  each {|x|\n    $x }\nserve")
    #expect(
      talk.statements.map(\.text) == [
        "def serve [] {\n  # inside\n  print 1\n}", "[1 2 3] |\n  each {|x|\n    $x }", "serve",
      ])
    #expect(talk.statements.map(\.isDefinition) == [true, false, false])
    #expect(talk.slides.count == 1)
  }

  @Test(arguments: ["", "\n\n", "#", "##", "#!x", "# only", "## only", "print 1", "\u{FEFF}# x\r\nprint 1\r\n## y\r\n"])
  func smallScriptsHaveWhatTheyHave(_ text: String) {
    let talk = talk(text)
    #expect(talk.halts.count == talk.slides.count + talk.statements.count)
    for slide in talk.slides { #expect(slide.statements.upperBound <= talk.statements.count) }
  }

  /// Whatever is cut off, each statement is shown once and in order.
  @Test func everyBeginningOfAScriptIsATalk() {
    let text = "## A\n# b\n\n#   c\nlet x = 1; print $x # d\n### E\nif true {\n  # f\n}\n# - g\n"
    for count in 0...text.count {
      let talk = talk(String(text.prefix(count)))
      #expect(talk.slides.flatMap { Array($0.statements) } == Array(talk.statements.indices))
    }
  }
}
