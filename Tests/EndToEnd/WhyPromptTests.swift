import Testing

/// `why` typed after a failure, as a person does it.
@Suite struct WhyPromptTests {
  @Test func thePageFitsTheWindow() throws {
    let screen = try Screen(columns: 80, rows: 60)
    try #require(screen.shows("nsh>", cursor: 5))
    screen.send("tcp connect 127.0.0.1:1\r")
    try #require(screen.shows("(?7) nsh>", cursor: 10))
    screen.send("why\r")
    try #require(screen.shows("nsh>", cursor: 5))
    let rows = screen.rows
    let order = ["FACTS", "READINGS", "nothing-listens", "NEXT"].map { word in rows.firstIndex { $0.hasPrefix(word) } }
    #expect(!order.contains(nil) && order.compactMap { $0 } == order.compactMap { $0 }.sorted(), "\(rows)")
    #expect(rows.allSatisfy { $0.unicodeScalars.count <= 80 }, "\(rows)")
    #expect(rows.contains("  sockets --listening --tcp"), "\(rows)")
  }

  @Test func tabCompletesCodes() throws {
    let terminal = try Terminal(columns: 100)
    try #require(terminal.shows("nsh> "))
    terminal.type("why ECONNREF\t")
    #expect(terminal.shows("USED "))
    terminal.type("\r")
    #expect(terminal.shows("USUAL CAUSES"))
  }
}
