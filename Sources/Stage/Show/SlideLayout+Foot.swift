import Interpreter
import Terminal

/// What stands below the slide, and what lies over it: where the talk is, and what the speaker may do.
extension SlideLayout {
  /// What the speaker wants to know at the moment.
  struct Note {
    var text: String
    var role: Role
  }

  /// The last row with the note beside where the talk is; nil where both have no room in one.
  func foot(of scene: Scene, note: Note, _ shown: Range<Int>, of count: Int) -> [[UInt8]]? {
    let halts = scene.performance.talk.halts.count
    var right = "\(min(scene.performance.view + 1, max(1, halts)))/\(halts)"
    if shown.upperBound < count { right = "↓\(count - shown.upperBound) " + right }
    if shown.lowerBound > 0 { right = "↑\(shown.lowerBound) " + right }
    // The number says that the next key is waited for.
    if scene.typed != nil || scene.running != nil { right = "…" }
    right = DisplayWidth.cut(right, to: content)
    let left = DisplayWidth.of(note.text)
    guard note.text.isEmpty || left + 2 + right.count <= content else { return nil }
    return [
      row {
        $0.add(note.text, note.role)
        $0.addSpaces(content - left - right.count)
        $0.add(right, .faint)
      }
    ]
  }

  func note(of scene: Scene, below: Int) -> Note {
    let performance = scene.performance
    if let message = scene.message { return Note(text: StyledText.visible(message), role: .warning) }
    if scene.typed != nil { return Note(text: "", role: .faint) }
    if let running = scene.running {
      let text = running < 1_000_000_000 ? "" : "running \(running / 1_000_000_000) s: Ctrl-C stops it"
      return Note(text: text, role: .faint)
    }
    var note = waitingNote(of: scene)
    if below > 0, !performance.isLookingBack || !note.text.isEmpty {
      note.text += (note.text.isEmpty ? "" : " · ") + "↓ scrolls to the rest"
    }
    return note
  }

  private func waitingNote(of scene: Scene) -> Note {
    let performance = scene.performance
    if let statement = performance.halt?.statement {
      let rehearsal = scene.hasRehearsal ? " · f shows the rehearsal's result" : ""
      switch performance.results[statement].state {
      case .failed: return Note(text: "failed: r tries again\(rehearsal) · space goes on", role: .error)
      case .skipped: return Note(text: "skipped: r runs it\(rehearsal) · space goes on", role: .warning)
      case .rehearsed:
        return Note(text: "this is the rehearsal's result: r tries again · space goes on", role: .warning)
      case .waiting, .running, .done: break
      }
    }
    if performance.isLookingBack { return Note(text: "looking back: space comes forward", role: .warning) }
    return Note(text: performance.isAtEnd ? "the end: q leaves" : "", role: .faint)
  }

  // MARK: Help

  /// The keys and what they do, in rows of their own where they do not fit beside each other.
  private var helpRows: [[UInt8]] {
    let names = Cue.bindings.reduce(0) { max($0, DisplayWidth.of($1.names)) }
    let isWide = content >= names + 2 + 30
    return Cue.bindings.flatMap { binding in
      let indent = isWide ? names + 2 : 2
      let sentence = Folding(binding.sentence, columns: max(4, content - indent)).lines
      let first =
        isWide ? [] : Folding(binding.names, columns: content).lines.map { line in row { $0.add(line, .key) } }
      return first
        + sentence.enumerated().map { index, line in
          row {
            if isWide, index == 0 { $0.add(binding.names, .key) }
            $0.addSpaces(isWide && index == 0 ? indent - DisplayWidth.of(binding.names) : indent)
            $0.add(line)
          }
        }
    }
  }

  private var helpHead: [[UInt8]] { hasMuchRoom ? [[], row { $0.add("Keys", .header) }, []] : [] }

  private var helpRoom: Int { max(1, rows - helpHead.count - 1) }

  /// How many screens the keys take.
  public var helpPages: Int { (helpRows.count + helpRoom - 1) / helpRoom }

  func help(page: Int) -> Frame {
    let (all, pages) = (helpRows, helpPages)
    let page = min(max(0, page), pages - 1)
    let shown = all.dropFirst(page * helpRoom).prefix(helpRoom)
    let isLast = page == pages - 1
    let foot = Folding(isLast ? "any key goes back" : "space shows more keys", columns: content, atMost: 1).lines
    return Frame(
      rows: helpHead + shown + Array(repeating: [], count: helpRoom - shown.count)
        + [row { $0.add(foot.first ?? "", .faint) }])
  }
}
