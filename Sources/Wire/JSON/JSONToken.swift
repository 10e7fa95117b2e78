/// A piece of a JSON text, in the order in which a reader meets it.
public enum JSONToken: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int)
  /// An integer beyond 64 bits as it stands: perhaps a minus, then digits.
  case integer(String)
  case float(Double)
  case string(String)
  /// The name of the member whose value follows.
  case name(String)
  case beginArray, endArray
  case beginObject, endObject
}
