/// All that is to be seen on the stage at one moment.
public struct Scene: Sendable {
  /// What lies over the slide.
  public enum Cover: Sendable, Equatable { case none, blank, help(page: Int) }

  public var performance: Performance
  public var cover = Cover.none
  /// How many characters of the statement that is being typed are seen; nil if none is typed.
  public var typed: Int?
  /// How long the statement has been running, in nanoseconds; nil if none runs.
  public var running: Int64?
  /// Whether the statement that runs asked for a line, which is typed behind what it printed last.
  public var isAsking = false
  /// What stands in the last row instead of the keys.
  public var message: String?
  /// Whether the rehearsal has something for the statement that is looked at.
  public var hasRehearsal = false

  public init(_ performance: Performance) { self.performance = performance }
}
