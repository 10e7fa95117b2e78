/// What a record came of, where that knows more than the record holds: a response, whose text is decoded when it is asked for.
public protocol RecordOrigin: Sendable {
  /// The names of the fields that it makes when they are asked for.
  var names: [String] { get }

  /// Gives the field of one of these names; nil for any other.
  func field(_ name: String, of record: Record) throws(ValueError) -> Value?

  /// How many bytes the stream among the fields will give, where that is known.
  var length: Int? { get }

  /// Gives the fields that are only known now that all streams of the record were read, to stand behind its own.
  func lateFields() -> [(String, Value)]
}
