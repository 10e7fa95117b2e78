import Syntax

/// Where a show of a talk is: how far it went, what is looked at, and what came of each statement.
///
/// It runs nothing: it says what is to be run, and is told what came of it.
public struct Performance: Sendable {
  public let talk: Talk
  /// The number of the halt that is looked at, and of the furthest one that was reached.
  public private(set) var view = 0
  public private(set) var live = 0
  public private(set) var results: [StatementResult]
  /// The statement that ran last.
  private var latest: Int?
  /// The result that is looked at was scrolled by so many rows; nil shows what fits best.
  public private(set) var scroll: Int?

  public init(_ talk: Talk) {
    self.talk = talk
    results = Array(repeating: StatementResult(), count: talk.statements.count)
  }

  public var isLookingBack: Bool { view < live }
  public var isAtEnd: Bool { live + 1 >= talk.halts.count }

  /// The halt that is looked at; nil only for a script without anything.
  public var halt: Halt? { talk.halts.indices.contains(view) ? talk.halts[view] : nil }

  /// The statement that the next key would run; nil if another slide comes, or the end.
  public var upcoming: Int? {
    live + 1 < talk.halts.count ? talk.halts[live + 1].statement : nil
  }

  /// The statements of the slide that is looked at, up to the halt.
  public var seen: [Int] {
    guard let halt, let last = halt.statement else { return [] }
    return talk.slides[halt.slide].statements.filter { $0 <= last }
  }

  // MARK: Going on

  /// Goes one halt on; gives the statement that is to be run there.
  public mutating func next() -> Int? {
    scroll = nil
    guard !isLookingBack else {
      view += 1
      return nil
    }
    guard !isAtEnd else { return nil }
    live += 1
    view = live
    return halt?.statement
  }

  /// Looks one halt back; false at the beginning.
  public mutating func back() -> Bool {
    guard view > 0 else { return false }
    view -= 1
    scroll = nil
    return true
  }

  public mutating func look(at halt: Int) {
    view = min(max(0, halt), live)
    scroll = nil
  }

  /// Passes over the next statement; false if none comes.
  public mutating func skip() -> Bool {
    guard let statement = upcoming else { return false }
    results[statement].state = .skipped
    live += 1
    look(at: live)
    return true
  }

  /// Jumps to a heading, from 1; what lies between is skipped. False if there is none of this number.
  public mutating func jump(toHeading number: Int) -> Bool {
    guard number > 0, number <= talk.headings.count else { return false }
    let target = talk.headings[number - 1].halt
    while live < target {
      live += 1
      if let statement = talk.halts[live].statement { results[statement].state = .skipped }
    }
    look(at: target)
    return true
  }

  /// Gives the statement that is looked at if it failed or was skipped, for another try.
  public var retriable: Int? {
    guard let statement = halt?.statement else { return nil }
    switch results[statement].state {
    case .failed, .skipped, .rehearsed: return statement
    case .waiting, .running, .done: return nil
    }
  }

  public mutating func scroll(to row: Int) { scroll = max(0, row) }

  // MARK: Results

  /// Says that a statement runs from now on.
  public mutating func begin(_ statement: Int) {
    results[statement] = StatementResult()
    results[statement].state = .running
    latest = statement
    scroll = nil
  }

  /// Takes what the statement that ran last, or still runs, has printed so far, also by jobs that go on behind it.
  public mutating func show(_ printed: [Printed], dropped: Int) {
    guard let statement = latest else { return }
    results[statement].printed = printed
    results[statement].dropped = dropped
  }

  public mutating func end(_ statement: Int, with result: StatementResult) {
    results[statement] = result
    // What comes yet does not belong to what stands in for it.
    if case .rehearsed = result.state { latest = nil }
    scroll = nil
  }
}
