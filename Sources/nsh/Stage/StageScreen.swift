import Net
import Stage
import Synchronization
import Terminal

/// The terminal of a talk: the scene that is to be seen, and what of it is seen already. Any thread may draw.
final class StageScreen: Sendable {
  private struct State {
    var scene: Scene
    var layout: SlideLayout
    var size: (columns: Int, rows: Int)
    var shown: Frame?
    var isHeld = false
  }
  private let state: Mutex<State>
  private let console: Console
  private let hasTerminal: Bool
  private let cast: CastFile?

  /// The window of a recording without a terminal.
  private static let virtual = (columns: 100, rows: 30)

  init(_ performance: Performance, console: Console, hasTerminal: Bool, cast: CastFile?) {
    self.console = console
    self.hasTerminal = hasTerminal
    self.cast = cast
    let size = Self.size(of: console, hasTerminal: hasTerminal)
    state = Mutex(State(scene: Scene(performance), layout: Self.layout(size, console), size: size))
  }

  private static func layout(_ size: (columns: Int, rows: Int), _ console: Console) -> SlideLayout {
    SlideLayout(columns: size.columns, rows: size.rows, theme: console.text().theme)
  }

  /// The window in which a recording begins.
  static func size(of console: Console, hasTerminal: Bool) -> (columns: Int, rows: Int) {
    hasTerminal ? (console.width, console.height) : virtual
  }

  /// The columns that results take.
  var columns: Int { Self.layout(Self.size(of: console, hasTerminal: hasTerminal), console).content }

  var scene: Scene { state.withLock { $0.scene } }

  /// Changes the scene and shows it.
  func draw(_ change: (inout Scene) -> Void = { _ in }) {
    state.withLock { state in
      change(&state.scene)
      guard !state.isHeld else { return }
      let size = Self.size(of: console, hasTerminal: hasTerminal)
      if size != state.size {
        state.size = size
        state.layout = Self.layout(size, console)
        state.shown = nil
        cast?.resize(columns: size.0, rows: size.1)
      }
      let frame = state.layout.frame(of: state.scene)
      let bytes = frame.changes(from: state.shown)
      state.shown = frame
      write(bytes)
    }
  }

  /// Shows all anew, for the terminal may show anything.
  func redraw() {
    state.withLock { state in
      state.shown = nil
      state.isHeld = false
      // The person may have chosen other colours meanwhile.
      state.layout = Self.layout(state.size, console)
    }
    draw()
  }

  /// Leaves the terminal to somebody else until `redraw`.
  func hold(clearing: Bool) {
    state.withLock { state in
      state.isHeld = true
      // CUP, ED and DECTCEM, as in `Frame`.
      if clearing { write(Array("\u{1b}[0m\u{1b}[H\u{1b}[2J\u{1b}[?25h".utf8)) }
    }
  }

  /// Scrolls what is looked at by so many rows, or by screens of which one row stays in sight.
  func scroll(by count: Int, screens: Bool = false) {
    state.withLock { state in
      let (now, last, room) = state.layout.scroll(of: state.scene)
      state.scene.performance.scroll(to: min(max(0, now + count * (screens ? max(1, room - 1) : 1)), last))
    }
    draw()
  }

  /// Takes away what lies over the slide; help that has another page shows that if the talk was to go on.
  func uncover(_ cue: Cue?) {
    draw { [pages = state.withLock { $0.layout.helpPages }] scene in
      if case .help(let page) = scene.cover, page + 1 < pages, cue == .next || cue == .scrollDown {
        scene.cover = .help(page: page + 1)
      } else {
        scene.cover = .none
      }
    }
  }

  private func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    guard hasTerminal else {
      cast?.add(bytes)
      return
    }
    // A terminal that went away shows as the end of the input.
    try? DescriptorWriter(1, name: "the terminal").writeNow(bytes)
  }
}
