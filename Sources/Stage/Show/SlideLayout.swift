import Interpreter
import Syntax
import Terminal

/// The laying out of a scene for a window: few columns, wide margins, and the last row for what the speaker wants to know.
public struct SlideLayout {
  private let columns: Int
  private let rows: Int
  private let theme: Theme
  /// The results as rows, kept as long as neither they nor the window change.
  private var cache: [Int: (size: Int, state: StatementResult.State, rows: [[UInt8]])] = [:]

  /// Text wider than this is hard to read.
  private static let widestText = 76

  public init(columns: Int, rows: Int, theme: Theme) {
    self.columns = max(columns, 8)
    self.rows = max(rows, 4)
    self.theme = theme
  }

  /// Where there is room a hexdump, of 78 columns, stays whole.
  private var margin: Int { columns >= 80 ? min(8, (columns - 78) / 2) : columns >= 60 ? 4 : columns >= 40 ? 2 : 0 }
  private var content: Int { columns - 2 * margin }
  /// How many rows the slide has between its heading and the last row.
  private var room: Int { max(1, rows - (hasMuchRoom ? 5 : 3)) }
  private var hasMuchRoom: Bool { rows >= 14 }

  /// Lays a scene out.
  public mutating func frame(of scene: Scene) -> Frame {
    switch scene.cover {
    case .blank: return Frame(rows: Array(repeating: [], count: rows))
    case .help: return help()
    case .none: break
    }
    var slide = body(of: scene)
    let start = firstRow(of: slide, scene)
    let end = min(slide.rows.count, start + room)
    var shown = head(of: scene)
    let top = shown.count
    shown += slide.rows[start..<end]
    shown += Array(repeating: [], count: max(0, rows - 1 - shown.count))
    shown = Array(shown.prefix(rows - 1))
    shown.append(foot(of: scene, above: start, below: slide.rows.count - end))
    if let cursor = slide.cursor {
      let row = cursor.row - start + top
      slide.cursor = (start..<end).contains(cursor.row) ? Frame.Place(row: row, column: cursor.column) : nil
    }
    return Frame(rows: shown, cursor: slide.cursor)
  }

  /// Gives by how many rows the slide is scrolled: as wanted, else so that the end of what came last can be seen, from its beginning on.
  private func firstRow(of slide: Body, _ scene: Scene) -> Int {
    let last = max(0, slide.rows.count - room)
    if let wanted = scene.performance.scroll { return min(wanted, last) }
    return scene.running == nil && scene.typed == nil ? min(slide.lastStatement, last) : last
  }

  /// Gives how far the slide is scrolled and how far it can be.
  public mutating func scroll(of scene: Scene) -> (now: Int, last: Int) {
    let slide = body(of: scene)
    return (firstRow(of: slide, scene), max(0, slide.rows.count - room))
  }

  // MARK: Parts

  private struct Body {
    var rows: [[UInt8]] = []
    /// The row on which the last statement that is seen begins.
    var lastStatement = 0
    var cursor: Frame.Place?
  }

  private func text() -> StyledText { StyledText(theme: theme) }

  private func row(_ fill: (inout StyledText) -> Void) -> [UInt8] {
    var text = text()
    text.addSpaces(margin)
    fill(&text)
    return text.bytes
  }

  /// The heading with a line under it.
  private func head(of scene: Scene) -> [[UInt8]] {
    let talk = scene.performance.talk
    let heading = scene.performance.halt.flatMap { talk.slides[$0.slide].heading }
    let title = DisplayWidth.cut(StyledText.visible(heading?.text ?? talk.title), to: content)
    let rule = row { $0.add(String(repeating: "─", count: content), .faint) }
    let titleRow = row { $0.add(title, .header) }
    return hasMuchRoom ? [[], titleRow, rule, []] : [titleRow, []]
  }

  private mutating func body(of scene: Scene) -> Body {
    var body = Body()
    let performance = scene.performance
    guard let halt = performance.halt else { return body }
    let narration = performance.talk.slides[halt.slide].narration
    for (number, paragraph) in narration.enumerated() {
      add(paragraph, to: &body)
      // Items of one list stand close.
      if case .item = paragraph, case .item? = narration.dropFirst(number + 1).first { continue }
      body.rows.append([])
    }
    for number in performance.seen { add(number, scene, to: &body) }
    let isWaiting = !performance.isLookingBack && scene.typed == nil && scene.running == nil
    if isWaiting, let next = performance.upcoming, performance.talk.slides[halt.slide].statements.contains(next) {
      body.cursor = Frame.Place(row: body.rows.count, column: margin + 2)
      body.rows.append(row { $0.add("❯", .success) })
    }
    while body.rows.last?.isEmpty == true { body.rows.removeLast() }
    if scene.isAsking, let last = body.rows.last {
      let column = DisplayWidth.of(String(decoding: StyledRows.plain(last), as: UTF8.self))
      body.cursor = Frame.Place(row: body.rows.count - 1, column: min(column, columns - 1))
    }
    return body
  }

  private func add(_ paragraph: Paragraph, to body: inout Body) {
    let width = min(content, Self.widestText)
    switch paragraph {
    case .text(let words):
      for line in Folding(Self.plain(words), columns: width).lines { body.rows.append(row { $0.add(line) }) }
    case .item(let mark, let words):
      let indent = mark.count + 1
      for (index, line) in Folding(Self.plain(words), columns: max(4, width - indent)).lines.enumerated() {
        body.rows.append(
          row {
            if index == 0 { $0.add(mark == "-" || mark == "*" ? "•" : mark, .key) } else { $0.addSpaces(mark.count) }
            $0.addSpaces(1)
            $0.add(line)
          })
      }
    case .verbatim(let lines):
      for line in lines { body.rows.append(row { $0.add(DisplayWidth.cut(StyledText.visible(line), to: content)) }) }
    }
  }

  /// Text as it is told; a page shows the marks of strong words as weight.
  private static func plain(_ words: String) -> String { StyledText.visible(words.replacing("**", with: "")) }

  private mutating func add(_ number: Int, _ scene: Scene, to body: inout Body) {
    let performance = scene.performance
    let result = performance.results[number]
    let isLast = number == performance.seen.last
    var code = performance.talk.statements[number].text
    let isTyped = isLast && scene.typed != nil
    if isTyped, let typed = scene.typed { code = String(code.prefix(typed)) }
    body.lastStatement = isLast ? body.rows.count : body.lastStatement
    var end = 0
    for (index, line) in code.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let folded = StyledRows.fold(StyledText.visible(String(line)), columns: max(4, content - 2))
      for (part, piece) in folded.enumerated() {
        body.rows.append(
          row {
            if index == 0, part == 0 { $0.add("❯ ", .success) } else { $0.addSpaces(2) }
            $0.add(piece, .header)
          })
        end = margin + 2 + DisplayWidth.of(piece)
      }
    }
    if isTyped { body.cursor = Frame.Place(row: body.rows.count - 1, column: min(end, columns - 1)) }
    guard !isTyped else { return }
    body.rows += rows(of: result, number)
    body.rows.append([])
  }

  private mutating func rows(of result: StatementResult, _ number: Int) -> [[UInt8]] {
    let size = result.printed.count
    if result.state != .running, let known = cache[number], known.size == size, known.state == result.state {
      return known.rows
    }
    var text = text()
    switch result.state {
    case .rehearsed(let date): line("from the rehearsal of \(date)", .warning, to: &text)
    case .skipped: line("skipped", .faint, to: &text)
    case .waiting, .running, .done, .failed: break
    }
    result.add(to: &text, columns: content)
    var rows = StyledRows.rows(of: text, columns: content)
    for index in rows.indices where !rows[index].isEmpty {
      rows[index].insert(contentsOf: repeatElement(0x20, count: margin), at: 0)
    }
    if result.state != .running { cache[number] = (size, result.state, rows) }
    return rows
  }

  private func line(_ words: String, _ role: Role, to text: inout StyledText) {
    text.add(words, role)
    text.endLine()
  }

  /// The last row: where the talk is, and what the speaker may do.
  private func foot(of scene: Scene, above: Int, below: Int) -> [UInt8] {
    let performance = scene.performance
    let count = performance.talk.halts.count
    var right = "\(min(performance.view + 1, max(1, count)))/\(count)"
    if below > 0 { right = "↓\(below) " + right }
    if above > 0 { right = "↑\(above) " + right }
    // The number says that the next key is waited for.
    if scene.typed != nil || scene.running != nil { right = "…" }
    right = DisplayWidth.cut(right, to: content)
    let (left, role) = note(of: scene)
    let room = max(0, content - right.count - 2)
    let shown = DisplayWidth.cut(left, to: room)
    return row {
      $0.add(shown, role)
      $0.addSpaces(content - DisplayWidth.of(shown) - right.count)
      $0.add(right, .faint)
    }
  }

  private func note(of scene: Scene) -> (String, Role) {
    let performance = scene.performance
    if let message = scene.message { return (StyledText.visible(message), .warning) }
    if scene.typed != nil { return ("", .faint) }
    if let running = scene.running {
      return running < 1_000_000_000 ? ("", .faint) : ("running \(running / 1_000_000_000) s: Ctrl-C stops it", .faint)
    }
    if let statement = performance.halt?.statement {
      let rehearsal = scene.hasRehearsal ? " · f shows the rehearsal's result" : ""
      switch performance.results[statement].state {
      case .failed: return ("failed: r tries again\(rehearsal) · space goes on", .error)
      case .skipped: return ("skipped: r runs it\(rehearsal) · space goes on", .warning)
      case .rehearsed: return ("this is the rehearsal's result: r tries again · space goes on", .warning)
      case .waiting, .running, .done: break
      }
    }
    if performance.isLookingBack { return ("looking back: space comes forward", .warning) }
    return (performance.isAtEnd ? "the end: q leaves" : "", .faint)
  }

  /// The keys and what they do.
  private func help() -> Frame {
    let names = Cue.bindings.reduce(0) { max($0, DisplayWidth.of($1.names)) }
    var rows = hasMuchRoom ? [[], row { $0.add("Keys", .header) }, []] : []
    for binding in Cue.bindings {
      guard content > names + 12 else {
        rows.append(row { $0.add(DisplayWidth.cut(binding.names + ": " + binding.sentence, to: content)) })
        continue
      }
      rows.append(
        row {
          $0.add(binding.names, .key)
          $0.addSpaces(names - DisplayWidth.of(binding.names) + 2)
          $0.add(DisplayWidth.cut(binding.sentence, to: content - names - 2))
        })
    }
    rows = Array(rows.prefix(self.rows))
    return Frame(rows: rows + Array(repeating: [], count: max(0, self.rows - rows.count)))
  }
}
