/// How many bytes a recorder keeps of each direction of a connection.
public enum Keeping: Sendable, Hashable {
  /// None; steps and counts are kept all the same.
  case off
  /// The first and the last so many.
  case size(Int)
  case all

  /// The rule of a new session: the first and the last 64 KiB.
  public static let standard = Keeping.size(65_536)
}
