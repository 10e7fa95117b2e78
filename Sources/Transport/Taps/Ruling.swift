/// What is to become of a step that was held.
public enum Ruling: Sendable {
  /// It is done as it was going to be.
  case go
  /// It is done with these bytes in the place of its own.
  case instead([UInt8])
  /// It is left out.
  case skip
  /// Whatever it belongs to stops here, as by Ctrl-C.
  case stop
}
