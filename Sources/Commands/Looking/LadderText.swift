import Net

extension SequenceLadder {
  private static let stateWidth = 12
  private static let timeWidth = 9

  /// Both states, the lines beside them, and an arrow that has room for a word.
  private static let narrowest = 2 * stateWidth + 4 + 16

  /// Draws the rows into so many columns: times, our state, the arrows, their state; a narrow window goes without times,
  /// and one in which no ladder has room gets a list.
  func text(ours: String, theirs: String, width: Int) -> String {
    guard width >= Self.narrowest else { return list(ours: ours, theirs: theirs, width: width) }
    let hasTimes = width >= 64
    let sides = 2 * Self.stateWidth + 4 + (hasTimes ? Self.timeWidth : 0)
    let middle = max(12, width - sides)
    let margin = hasTimes ? String(repeating: " ", count: Self.timeWidth) : ""
    var lines = Self.ends(ours, theirs, width: width - margin.utf8.count).map { margin + $0 }
    let opening = opening
    if !rows.isEmpty, !opening.ours.isEmpty {
      lines.append(margin + Self.line(opening.ours, String(repeating: " ", count: middle), opening.theirs))
    }
    for row in rows {
      let time = row.at.map { Self.time($0) } ?? ""
      let start = hasTimes ? time.padded(to: Self.timeWidth) : ""
      lines.append(
        start + Self.line(row.ours?.name ?? "", Self.arrow(row, width: middle), row.theirs?.name ?? ""))
    }
    if let difference {
      lines.append((hasTimes ? "now".padded(to: Self.timeWidth) : "") + difference + " (so the kernel says)")
    }
    return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
  }

  /// Tells the same one below the other: what passed and which way, and each state with whose it is.
  private func list(ours: String, theirs: String, width: Int) -> String {
    var lines: [String] = []
    func add(_ text: String, indent: Int = 0) {
      for (index, line) in PacketText.wrap(text, width - indent - 2, divides: true).enumerated() {
        lines.append(String(repeating: " ", count: indent + (index == 0 ? 0 : 2)) + line)
      }
    }
    add("A ladder needs \(Self.narrowest) columns, so this is a list.")
    if !ours.isEmpty { add("we: " + ours) }
    if !theirs.isEmpty { add("they: " + theirs) }
    let opening = opening
    if !rows.isEmpty, !opening.ours.isEmpty {
      add("we \(opening.ours)", indent: 2)
      add("they \(opening.theirs)", indent: 2)
    }
    for row in rows {
      let mark = row.direction == .out ? "→ " : row.direction == .back ? "← " : ""
      add(mark + row.label)
      if let state = row.ours { add("we \(state.name)", indent: 2) }
      if let state = row.theirs { add("they \(state.name)", indent: 2) }
    }
    if let difference { add("now \(difference) (so the kernel says)") }
    return lines.joined(separator: "\n")
  }

  private static func line(_ ours: String, _ middle: String, _ theirs: String) -> String {
    ours.padded(to: stateWidth) + " │" + middle + "│ " + theirs
  }

  /// Both names, at the left and at the right; on two lines where one has no room for them.
  private static func ends(_ ours: String, _ theirs: String, width: Int) -> [String] {
    let room = width - ours.count - theirs.count
    guard room < 1 else { return [ours + String(repeating: " ", count: room) + theirs] }
    return [cut(ours, width), cut(theirs, width).indented(to: width)]
  }

  private static func cut(_ text: String, _ width: Int) -> String {
    text.count > width ? text.prefix(max(0, width - 1)) + "…" : text
  }

  /// `── label ──▶`, the label cut to what fits.
  private static func arrow(_ row: Row, width: Int) -> String {
    let room = width - 6
    let label = cut(row.label, room)
    let rest = max(0, width - label.count - 2)
    let (left, right) = (rest / 2, rest - rest / 2)
    switch row.direction {
    case .out: return line("─", left) + " \(label) " + line("─", right - 1) + "▶"
    case .back: return "◀" + line("─", left - 1) + " \(label) " + line("─", right)
    case .none: return line(" ", left) + " \(label) " + line(" ", right)
    }
  }

  private static func line(_ piece: String, _ count: Int) -> String { String(repeating: piece, count: max(0, count)) }

  /// Milliseconds with one decimal, or whole seconds with two.
  private static func time(_ nanoseconds: Int64) -> String {
    let micros = max(0, nanoseconds) / 1000
    guard micros >= 10_000_000 else { return "\(micros / 1000).\(micros % 1000 / 100)ms" }
    let hundredths = micros / 10_000
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)s"
  }
}
