import Testing

/// Ladders and what stands for them in windows of every width.
@Suite struct LadderTests {
  private let shell = Shell()

  init() {
    let printed = shell.run(
      """
      let l = tcp listen [::1]:0
      let c = tcp connect $l.local
      let a = accept $l
      send $c "one line that is longer than the arrow of most ladders\r\n"
      let got = recv line $a
      send --crlf $a yes
      shutdown $a
      let answer = recv all $c
      close $c
      """)
    #expect(printed.isEmpty, "\(printed)")
  }

  @Test(arguments: 20...120) func everyLineFits(_ width: Int) {
    for command in ["ladder $c", "wire --ladder"] {
      let lines = shell.run("\(command) --width \(width)").split(separator: "\n", omittingEmptySubsequences: false)
      for line in lines { #expect(line.count <= width, "\(line)") }
      #expect(lines.count > 8, "\(lines)")
      // The arrows of the ladder, or the marks of the list.
      #expect(lines.contains { $0.contains("│ LISTEN") } == (width >= 44))
      #expect(lines.contains { $0.contains("A ladder needs") } == (width < 44))
    }
  }

  /// A list has all that a ladder has, and of what was sent no less than its beginning.
  @Test func aListTellsTheSame() {
    let words = shell.run("ladder $c --width 20").split(whereSeparator: { $0 == " " || $0 == "\n" }).joined(
      separator: " ")
    for part in [
      "A ladder needs 44 columns, so this is a list.", "we CLOSED they LISTEN", "→ SYN we SYN-SENT they SYN-RECEIVED",
      "← SYN, ACK we ESTABLISHED", "→ ACK they ESTABLISHED",
      "→ 56 bytes: one line that is longer than the arrow of most ladders", "← 3 bytes: yes",
    ] {
      #expect(words.contains(part), "\(part) in \(words)")
    }
  }
}
