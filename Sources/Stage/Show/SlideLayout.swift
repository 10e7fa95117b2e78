import Interpreter
import Syntax
import Terminal

/// The laying out of a scene for a window: few columns, wide margins, and the last row for what the speaker wants to know.
public struct SlideLayout {
  private let columns: Int
  let rows: Int
  private let theme: Theme
  /// The results as rows, kept as long as neither they nor the window change.
  private var cache: [Int: (extent: Int, state: StatementResult.State, rows: [[UInt8]])] = [:]

  /// Text wider than this is hard to read.
  private static let widestText = 76

  public init(columns: Int, rows: Int, theme: Theme) {
    self.columns = max(columns, 8)
    self.rows = max(rows, 4)
    self.theme = theme
  }

  /// Where there is room a hexdump, of 78 columns, stays whole.
  private var margin: Int { columns >= 80 ? min(8, (columns - 78) / 2) : columns >= 60 ? 4 : columns >= 40 ? 2 : 0 }
  /// The columns that text and results take.
  public var content: Int { columns - 2 * margin }
  var hasMuchRoom: Bool { rows >= 14 }

  /// Lays a scene out.
  public mutating func frame(of scene: Scene) -> Frame {
    switch scene.cover {
    case .blank: return Frame(rows: Array(repeating: [], count: rows))
    case .help(let page): return help(page: page)
    case .none: break
    }
    var (slide, head, place) = placed(scene)
    var shown = head
    shown += slide.rows[place.shown]
    shown += Array(repeating: [], count: max(0, rows - place.foot.count - shown.count))
    shown = shown.prefix(max(0, rows - place.foot.count)) + place.foot
    if let cursor = slide.cursor {
      let row = cursor.row - place.shown.lowerBound + head.count
      slide.cursor = place.shown.contains(cursor.row) ? Frame.Place(row: row, column: cursor.column) : nil
    }
    return Frame(rows: shown, cursor: slide.cursor)
  }

  /// Which rows of a slide are shown, and the last rows of the screen below them.
  private struct Placement {
    var shown: Range<Int>
    var foot: [[UInt8]]
  }

  /// Lays out the parts of a scene, which share the rows of the screen.
  private mutating func placed(_ scene: Scene) -> (slide: Body, head: [[UInt8]], Placement) {
    let slide = body(of: scene)
    let head = head(of: scene)
    var room = rows - head.count - 1
    func shown() -> Range<Int> {
      let start = firstRow(of: slide, scene, room: max(1, room))
      return start..<min(slide.rows.count, start + max(1, room))
    }
    var range = shown()
    let note = note(of: scene, below: slide.rows.count - range.upperBound)
    var foot = foot(of: scene, note: note, range, of: slide.rows.count)
    if foot == nil {
      // It stands in rows of its own, above the one that says where the talk is.
      let lines = Folding(note.text, columns: content, atMost: max(1, room - 1)).lines
      room -= lines.count
      range = shown()
      let last = self.foot(of: scene, note: Note(text: "", role: .faint), range, of: slide.rows.count)
      foot = lines.map { line in row { $0.add(line, note.role) } } + (last ?? [[]])
    }
    return (slide, head, Placement(shown: range, foot: foot ?? [[]]))
  }

  /// Gives by how many rows the slide is scrolled: as wanted, else so that the end of what came last can be seen, from its beginning on.
  private func firstRow(of slide: Body, _ scene: Scene, room: Int) -> Int {
    let last = max(0, slide.rows.count - room)
    if let wanted = scene.performance.scroll { return min(wanted, last) }
    return scene.running == nil && scene.typed == nil ? min(slide.lastStatement, last) : last
  }

  /// Gives how far the slide is scrolled, how far it can be, and how many rows of it are seen.
  public mutating func scroll(of scene: Scene) -> (now: Int, last: Int, room: Int) {
    let (slide, _, place) = placed(scene)
    return (place.shown.lowerBound, max(0, slide.rows.count - place.shown.count), place.shown.count)
  }

  // MARK: Parts

  private struct Body {
    var rows: [[UInt8]] = []
    /// The row on which the last statement that is seen begins.
    var lastStatement = 0
    var cursor: Frame.Place?
  }

  private func text() -> StyledText { StyledText(theme: theme) }

  func row(_ fill: (inout StyledText) -> Void) -> [UInt8] {
    var text = text()
    text.addSpaces(margin)
    fill(&text)
    return text.bytes
  }

  /// The heading with a line under it; one that is long takes some rows, but leaves most of them to the slide.
  private func head(of scene: Scene) -> [[UInt8]] {
    let talk = scene.performance.talk
    let heading = scene.performance.halt.flatMap { talk.slides[$0.slide].heading }
    let title = Folding(
      StyledText.visible(heading?.text ?? talk.title), columns: content, atMost: max(1, rows / 5))
    let titleRows = title.lines.map { line in row { $0.add(line, .header) } }
    let rule = row { $0.add(String(repeating: "─", count: content), .faint) }
    return hasMuchRoom ? [[]] + titleRows + [rule, []] : titleRows + [[]]
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
      for line in lines {
        for part in StyledRows.fold(StyledText.visible(line), columns: content) {
          body.rows.append(row { $0.add(part) })
        }
      }
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
    let extent = result.extent
    if result.state != .running, let known = cache[number], known.extent == extent, known.state == result.state {
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
    if result.state != .running { cache[number] = (extent, result.state, rows) }
    return rows
  }

  private func line(_ words: String, _ role: Role, to text: inout StyledText) {
    text.add(words, role)
    text.endLine()
  }
}
