/// Where a session writes: a terminal, a pipe, or lines of JSON.
public protocol Output: AnyObject, Sendable {
  /// Writes a value that nobody used; a stream piece by piece as it comes.
  func print(_ value: Value) throws
  /// Writes text for the person, not for the program: to stderr, with one newline.
  func note(_ text: String)
  /// Tells the person of an error that stops nothing, such as that of a connection that is served.
  func report(_ failure: Failure)
  /// Writes what `input` asks: as a note, but the answer is typed behind it.
  func ask(_ text: String)
  /// Whether a program that the script runs may write to standard output itself.
  var letsProgramsWrite: Bool { get }
  /// Writes what is buffered, so that a program that writes to the same place comes after it.
  func flush() throws
  /// Shows the person how far a transfer is; nil ends that. Called for every piece, so it must be quick.
  func show(_ transfer: Transfer?)
  /// The colours for people; those who print for programs have none.
  var theme: Theme { get set }
  /// The columns in which results stand; nil for those of the window.
  var columns: Int? { get }
}

/// A choice of colours; what a terminal must not or cannot show in colours is not changed by it.
public enum Theme: String, Sendable, CaseIterable {
  /// For a dark background.
  case dark
  /// For a light background.
  case light
  /// Bold, faint and reverse, without hues.
  case mono
  case none
}

extension Output {
  public func show(_ transfer: Transfer?) {}
  public func report(_ failure: Failure) { note(failure.error.headline) }
  public var columns: Int? { nil }

  public var theme: Theme {
    get { .none }
    set {}
  }
}
