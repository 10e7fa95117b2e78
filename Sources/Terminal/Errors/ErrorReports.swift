import Diagnostics
import Interpreter
import Net
import Wire

extension Report {
  /// Of a recursion a few calls tell as much as all of them.
  private static let shownCalls = 8

  /// Tells of an error that nobody caught: its layers, a hint, and the calls that led to it.
  public init(_ failure: Failure) {
    let layers = failure.error.layers
    var rows: [Row] = []
    // Where one layer has said all, its row would only say it again.
    if layers.count > 1 {
      rows = layers.enumerated()
        .filter { $0.offset > 0 || !Self.own.contains($0.element.layer) }
        .map { Row($0.element.layer.rawValue, $0.element.message) }
    }
    for hint in Self.hints(of: layers) { rows.append(Row("hint", hint)) }
    for call in failure.calls.prefix(Self.shownCalls) {
      let (line, column) = call.place.source.position(of: call.place.span.start)
      rows.append(Row("called", "`\(call.name)` at \(call.place.source.name):\(line):\(column)"))
    }
    if failure.calls.count > Self.shownCalls { rows.append(Row("called", "… from further calls")) }
    self.init(
      failure.error.headline, in: failure.place?.source, at: failure.place?.span ?? Span(0, 0), rows: rows
    )
  }

  /// Tells of an error that has no place in a script, such as output that could not be written.
  public init(_ error: any LayeredError) {
    let layers = error.layers
    let rows = layers.dropFirst().map { Row($0.layer.rawValue, $0.message) }
    self.init(error.headline, rows: rows + Self.hints(of: layers).map { Row("hint", $0) })
  }

  /// The layers whose own sentence is the headline already.
  private static let own: Set<Layer> = [.value, .command, .file, .job]

  /// Gives the hint of the outermost layer that has one, else that of the table for the innermost code it knows.
  private static func hints(of layers: [any LayeredError]) -> [String] {
    if let hint = layers.lazy.compactMap(\.hint).first { return [hint] }
    // Of a connection or datagrams more can be found out than an error has.
    let isOfTransport = layers.contains { $0.layer == .tcp || $0.layer == .udp }
    let hint = layers.reversed().lazy.compactMap { layer in
      isOfTransport ? Hints.reported(for: layer.code) : Hints.hint(for: layer.code)
    }.first
    return hint.map { [$0] } ?? []
  }
}

extension Console {
  /// Writes a report to standard error.
  public func report(_ report: Report) {
    guard errors.isTerminal || errors.hasColor else {
      return self.report(untouched: Renderer.render(report, show: { $0 }, width: DisplayWidth.of).map(\.text).joined())
    }
    var text = text(forErrors: true)
    text.add(report, escaped: errors.isTerminal)
    self.report(text)
  }
}

extension StyledText {
  /// Adds a report; where no terminal shows it, its source may stay as it is.
  public mutating func add(_ report: Report, escaped: Bool = true) {
    let pieces = Renderer.render(
      report, show: { escaped ? SafeText.escaping($0, .singleLine) : $0 }, width: DisplayWidth.of)
    for piece in pieces { add(piece.text, Role(piece.part), layout: .lines) }
  }
}

extension Role {
  fileprivate init?(_ part: Renderer.Part) {
    switch part {
    case .plain: return nil
    case .severity, .underline: self = .error
    case .headline: self = .header
    case .place: self = .place
    case .gutter: self = .faint
    case .label: self = .warning
    case .name: self = .key
    case .hint: self = .hint
    }
  }
}
